"""What a batch comes to: totals by category, merchant and month, as bars that lead to their rows."""
