"""The settings: what a person may choose, applied at once and kept at once; what is kept of receipts, and its end."""
