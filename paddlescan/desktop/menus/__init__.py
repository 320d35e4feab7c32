"""The entries "Scan with Paddle" in the menus of file managers, put in for one user or written for a package.

A module for each file manager; `manager.py` says what each offers. Knows nothing of windows and of the command line:
the folders and the command are handed in.
"""
