"""Handing in: what is written, how it will look, and where it goes."""
