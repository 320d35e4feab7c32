"""Cells of a CSV that a spreadsheet opens by a double click, or that is pasted into one: no text of a receipt runs.

A spreadsheet guesses what a cell is. Two marks stop it: an apostrophe before a text that would start
a formula (OWASP, "CSV injection"), a TAB behind one that would lose digits or zeros, or become a date or a time.
Dates are known as English and Chinese spreadsheets know them; those of other languages have month names of their own.
"""

from __future__ import annotations

import re
import unicodedata

from paddlescan.document import AMOUNT_FIELDS
from paddlescan.steering import steering

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""A text that starts a formula in some spreadsheet, perhaps behind apostrophes of its own.

Those are counted in so that taking one apostrophe away always gives the text back."""

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")

_MANGLED = re.compile(
    r"""\d{12,}                             # shown as 1.23E+11, rounded from the 16th digit on
      | 0\d+                                # loses its zero
      | \d+E\d+                             # a train of digits with one letter: taken for a power of ten
      | \d+\.\d*0                          # 1.10 becomes 1.1
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_MONTH = (
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?"
    r"|dec(ember)?)\.?"
)
_DAY = rf"""(
        \d{{1,4}}\s*[-/]\s*\d{{1,2}}(\s*[-/]\s*\d{{1,4}})?      # 7-11 becomes a day in July
      | \d{{1,4}}\.\d{{1,2}}\.\d{{1,4}}
      | \d{{1,4}}[\s\-/.,]*{_MONTH}([\s\-/.,]*\d{{1,4}})?        # 10 MAR, 5-Mar-26
      | {_MONTH}[\s\-/.,]*\d{{1,4}}([\s\-/.,]+\d{{1,4}})?        # MARCH1, Mar 10, 2026
      | \d{{2,4}}\s*年(\s*\d{{1,2}}\s*月(\s*\d{{1,2}}\s*日)?)?
      | \d{{1,2}}\s*月(\s*\d{{1,2}}\s*日)?
    )"""
_TIME = r"""(
        (上午|下午)?\s*\d{1,4}:\d{1,2}(:\d{1,2}(\.\d*)?)?\s*([ap]m?)?
      | \d{1,2}\s*[ap]m?
      | (上午|下午)?\s*\d{1,2}\s*[时時](\s*\d{1,2}\s*分(\s*\d{1,2}\s*秒)?)?
    )"""
_WHEN = re.compile(rf"{_DAY}([\sT]\s*{_TIME})?|{_TIME}(\s+{_DAY})?", re.VERBOSE | re.IGNORECASE | re.ASCII)
"""What becomes a date or a time."""

_NOT_HELD = frozenset({"control", "no character"})
_NEWLINE = re.compile(r"\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")


def text_cell(text: str) -> str:
    """A cell that shows this text and nothing else. Line breaks become LF, other control characters go."""
    clean = clean_text(text)
    if _FORMULA.match(clean):
        return "'" + clean
    meant = unicodedata.normalize("NFKC", clean).strip()
    return clean + "\t" if _MANGLED.fullmatch(meant) or _WHEN.fullmatch(meant) else clean


def harmless_cell(text: str) -> str:
    """A text for a program or a sheet, as it is unless a sheet would take it for a formula; amounts are none."""
    is_amount = _NUMBER.fullmatch(text) and text.isascii()
    return text if is_amount or not _FORMULA.match(text) else "'" + text


def amount_cell(text: str) -> str:
    """A cell that counts as a number where the text is one, a minus before it too; else as `text_cell`."""
    clean = clean_text(text)
    return clean if _NUMBER.fullmatch(clean) and clean.isascii() else text_cell(clean)


def date_cell(text: str) -> str:
    """A cell that a spreadsheet may take for a date where the text is one; else as `text_cell`."""
    clean = clean_text(text)
    return clean if re.fullmatch(r"\d{4}-\d{2}-\d{2}", clean, re.ASCII) else text_cell(clean)


def field_cell(name: str, value: str) -> str:
    """The cell of a field, by the kind of its column."""
    if name == "date":
        return date_cell(value)
    return amount_cell(value) if name in AMOUNT_FIELDS else text_cell(value)


def plain_text(cell: str) -> str:
    """The text that `text_cell` made this cell of, cleaned."""
    if _FORMULA.match(cell) and cell.startswith("'"):
        return cell[1:]
    return cell.rstrip("\t")


def clean_text(text: str) -> str:
    """The text as UTF-8 and XML can hold it: without control characters other than TAB and LF, and without what is no
    character. TABs at its end go, too. Marks of direction stay: they are part of Arabic and Hebrew texts, and a cell is
    a frame of its own."""
    if text.isprintable():  # nearly all are, and then nothing is to be done
        return text
    whole = text.encode("utf-8", "replace").decode("utf-8")
    lines = _NEWLINE.sub("\n", whole)
    return "".join(c for c in lines if c in "\t\n" or steering(c) not in _NOT_HELD).rstrip("\t")
