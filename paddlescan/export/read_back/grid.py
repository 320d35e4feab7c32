"""From cells in rows and columns to the rows of a table: find the header, then what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from paddlescan.document import AMOUNT_FIELDS, FIELD_NAMES
from paddlescan.export.cells import plain_text
from paddlescan.export.read_back.headers import OURS, Header, Pairs, read_header
from paddlescan.export.read_back.table import ReadCell, ReadRow

Line = tuple[int, Sequence[ReadCell]]
"""Which row of the sheet, and its cells."""

HEADER_WITHIN = 30
"""Rows in which the header is looked for: forms have titles above it."""

_TOTALS = re.compile(r"(total|subtotal)\b.*|(合计|总计|小计).*", re.IGNORECASE)
_WHOLE = re.compile(r"(\d{1,9})(\.0+)?")


def find_header(lines: Sequence[Line], templates: Iterable[Pairs] = ()) -> tuple[int, Header] | None:
    """The index of the header among the first lines, and what it says; None where there is none."""
    known = tuple(templates)
    best: tuple[int, Header] | None = None
    for index, (_, cells) in enumerate(lines[:HEADER_WITHIN]):
        header = read_header([cell.text for cell in cells], known)
        if header is not None and (best is None or header.known > best[1].known):
            best = index, header
    return best


def rows_below(lines: Sequence[Line], header: Header) -> tuple[ReadRow, ...]:
    """The rows of these lines. Empty ones are passed over, and so are sums at the end."""
    end = len(lines)
    while end and (_is_empty(lines[end - 1]) or _is_totals(lines[end - 1], header)):
        end -= 1
    return tuple(row for line in lines[:end] if (row := _row(line, header)) is not None)


def _is_empty(line: Line) -> bool:
    return not any(cell.text.strip() or cell.trouble for cell in line[1])


def _is_totals(line: Line, header: Header) -> bool:
    """Whether a line holds sums: a word for it, amounts, and nothing else."""
    keys = (*header.keys, *[None] * len(line[1]))
    both = ((key, cell.text.strip()) for key, cell in zip(keys, line[1], strict=False) if key not in OURS)
    said = [(key, text) for key, text in both if text]
    words = [text for key, text in said if key not in AMOUNT_FIELDS]
    return 0 < len(words) < len(said) and all(_TOTALS.fullmatch(text) for text in words)


def _row(line: Line, header: Header) -> ReadRow | None:
    number, cells = line
    named = {key: cell for key, cell in zip(header.keys, cells, strict=False) if key is not None and key not in OURS}
    if not any(cell.text.strip() or cell.trouble for cell in named.values()):
        return None
    named = {key: named.get(key, ReadCell("")) for key in header.keys if key is not None}
    return ReadRow(
        line=number,
        source=plain_text(named["file"].text).strip() if "file" in named else None,
        page=whole(named.get("page")),
        number=whole(named.get("receipt_number")),
        cells=_fields(named),
    )


def _fields(named: Mapping[str, ReadCell]) -> Mapping[str, ReadCell]:
    return MappingProxyType({name: named[name] for name in FIELD_NAMES if name in named})


def whole(cell: ReadCell | None) -> int | None:
    """The number in a cell that counts something; None for anything else."""
    found = _WHOLE.fullmatch(plain_text(cell.text).strip()) if cell is not None else None
    return int(found[1]) if found else None
