"""What goes out of the window by hand: pages as files and text, rows as cells."""
