"""Pages straight from a scanner."""
