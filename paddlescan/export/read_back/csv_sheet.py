"""A CSV as Excel, WPS and LibreOffice save it: whichever encoding and separator their country gives it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

from paddlescan.errors import TableKind, TableTooLarge, TableUnknown
from paddlescan.export.read_back.grid import HEADER_WITHIN, Line, find_header, rows_below
from paddlescan.export.read_back.headers import Header, Pairs
from paddlescan.export.read_back.limits import MAX_COLUMNS, MAX_ROWS, MAX_SEPARATORS, Look, no_look
from paddlescan.export.read_back.table import ReadCell, ReadTable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t"
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""A first line by which Excel tells the separator."""
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")


def read_csv(data: bytes, file: str, templates: Iterable[Pairs] = (), look: Look = no_look) -> ReadTable:
    """The table in the bytes of a CSV; file is its name for a person. Raises what `read_table` does."""
    text, unicode = decoded(data)
    if _NO_TEXT.search(text[:4096]):
        raise TableKind(file=file)
    said = _SAID.match(text)
    first = 2 if said else 1
    body = text[said.end() :] if said else text
    found = _separated(body, (said[1],) if said else _SEPARATORS, file, tuple(templates))
    if found is None:
        raise TableUnknown(file=file)
    separator, index, header = found
    lines = list(_lines(body, separator, file, first, look=look))
    return ReadTable("csv", header.fields, header.ignored, rows_below(lines[index + 1 :], header), unicode)


def decoded(data: bytes) -> tuple[str, bool]:
    """The text of the bytes, and whether its encoding knows every letter. Never fails: what is no text looks so."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), True
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    try:
        chinese = data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), False
    return (chinese if _is_chinese(chinese) else data.decode("cp1252", "replace")), False


def _is_chinese(text: str) -> bool:
    """Whether text read as GB18030 was written as that.

    Accented letters before others look like the rare characters that GBK put behind those of GB 2312: most
    characters of Chinese text are of the latter, whose second byte has its highest bit set.
    """
    pairs = [encoded for c in set(text) if ord(c) > 127 and len(encoded := c.encode("gb18030")) == 2]
    return 2 * sum(pair[0] >= 0xA1 and pair[1] >= 0xA1 for pair in pairs) >= len(pairs)


def _separated(
    text: str, separators: Iterable[str], file: str, templates: tuple[Pairs, ...]
) -> tuple[str, int, Header] | None:
    """The separator by which most columns of the header are known, with the index of the header and what it says."""
    best: tuple[str, int, Header] | None = None
    for separator in separators:
        found = find_header(list(_lines(text, separator, file, 1, HEADER_WITHIN)), templates)
        if found is not None and (best is None or found[1].known > best[2].known):
            best = separator, *found
    return best


def _lines(
    text: str, separator: str, file: str, first: int, rows: int = MAX_ROWS + 1, look: Look = no_look
) -> Iterable[Line]:
    """The lines of a table, numbered as a spreadsheet numbers them. Raises what `read_table` does."""
    reader = csv.reader(_bounded(text, separator, file), delimiter=separator)
    try:
        for index, cells in enumerate(reader):
            look()
            if index >= rows:
                if rows > MAX_ROWS:
                    raise TableTooLarge(file=file)
                return
            if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
                raise TableTooLarge(file=file)
            yield first + index, [ReadCell(cell) for cell in cells]
    except csv.Error:  # a cell of more than 128 KiB
        raise TableUnknown(file=file) from None


def _bounded(text: str, separator: str, file: str) -> Iterator[str]:
    """The lines of the text. Raises TableTooLarge before one of them would become millions of cells."""
    for line in io.StringIO(text, newline=""):
        if len(line) > MAX_SEPARATORS and line.count(separator) > MAX_SEPARATORS:
            raise TableTooLarge(file=file)
        yield line
