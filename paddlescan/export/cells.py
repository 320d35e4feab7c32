"""Cells of a CSV that a spreadsheet opens by a double click: nothing runs, nothing is rounded, nothing becomes a date.

A spreadsheet guesses what a cell is. Two marks stop it: an apostrophe before a text that would start
a formula (OWASP, "CSV injection"), a TAB behind digits that would be rounded or turned into a date.
"""

from __future__ import annotations

import re
import unicodedata

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""A text that starts a formula in some spreadsheet, perhaps behind apostrophes of its own.

Those are counted in so that taking one apostrophe away always gives the text back."""

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")

_MANGLED = re.compile(
    r"""\d{12,}                             # shown as 1.23E+11, rounded from the 16th digit on
      | 0\d+                                # loses its zero
      | \d+E\d+                             # a train of digits with one letter: taken for a power of ten
      | \d{1,4}[-/]\d{1,2}([-/]\d{1,4})?    # 7-11 becomes a day in July
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_NEWLINE = re.compile(r"\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")


def text_cell(text: str) -> str:
    """A cell that shows this text and nothing else. Line breaks become LF, other control characters go."""
    clean = _clean(text)
    if _FORMULA.match(clean):
        return "'" + clean
    return clean + "\t" if _MANGLED.fullmatch(unicodedata.normalize("NFKC", clean)) else clean


def amount_cell(text: str) -> str:
    """A cell that counts as a number where the text is one, a minus before it too; else as `text_cell`."""
    clean = _clean(text)
    return clean if _NUMBER.fullmatch(clean) and clean.isascii() else text_cell(clean)


def date_cell(text: str) -> str:
    """A cell that a spreadsheet may take for a date where the text is one; else as `text_cell`."""
    clean = _clean(text)
    return clean if re.fullmatch(r"\d{4}-\d{2}-\d{2}", clean, re.ASCII) else text_cell(clean)


def plain_text(cell: str) -> str:
    """The text that `text_cell` made this cell of, cleaned."""
    if _FORMULA.match(cell) and cell.startswith("'"):
        return cell[1:]
    return cell.rstrip("\t")


def _clean(text: str) -> str:
    """The text as UTF-8 can hold it, without control characters other than TAB and LF, and without TABs at its end."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    lines = _NEWLINE.sub("\n", whole)
    return "".join(c for c in lines if c in "\t\n" or unicodedata.category(c) != "Cc").rstrip("\t")
