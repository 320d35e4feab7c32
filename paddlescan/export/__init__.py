"""Sheets and files for other programs. Reads rows of `document.export`, knows no store and no window."""
