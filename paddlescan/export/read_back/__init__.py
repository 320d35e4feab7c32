"""The way back: an export that somebody edited, as rows of cells.

Knows no store: `pipeline.returning` says what changed. Whatever comes in is a stranger's file: it is bounded before it
is read, nothing in it is run, and what a cell means is not guessed.
"""

from paddlescan.export.read_back.reading import read_table
from paddlescan.export.read_back.table import ReadCell, ReadRow, ReadTable, Trouble

__all__ = ["ReadCell", "ReadRow", "ReadTable", "Trouble", "read_table"]
