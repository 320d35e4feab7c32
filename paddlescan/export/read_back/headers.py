"""Which column is which: captions in either language, the names of fields, and the headers of templates."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from paddlescan.document import FIELD_NAMES, Language
from paddlescan.export.columns import EMPTY, KEYS, header
from paddlescan.export.marker import CURRENCY_HEADER, KEY_HEADER
from paddlescan.export.templates import Template

Pairs = Sequence[tuple[str, str]]
"""Headers from left to right, each with the key of its column; a header may stand there twice."""

LANGUAGES: tuple[Language, ...] = ("en", "zh")
OURS = (KEY_HEADER, CURRENCY_HEADER)
"""Hidden columns of our workbooks; saved as CSV, they stand in sight."""
_ENOUGH = 2
"""Columns that must be known before a row is taken for the header."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a table, understood."""

    keys: tuple[str | None, ...]
    """The key of each column; None: ignored."""
    ignored: tuple[str, ...] = field(repr=False)

    @property
    def known(self) -> int:
        """How many columns are known."""
        return sum(key is not None and key not in OURS for key in self.keys)

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that are fields."""
        return tuple(key for key in self.keys if key in FIELD_NAMES)


def read_header(cells: Sequence[str], templates: Iterable[Pairs] = ()) -> Header | None:
    """The header that these cells are; None where too few of them are known. The naming that knows most counts."""
    found = [_named(cells, _naming(pairs)) for pairs in ((), *templates)]
    best = max(found, key=lambda header: header.known)
    return best if best.known >= _ENOUGH else None


def pairs_of(templates: Iterable[Template]) -> tuple[Pairs, ...]:
    """The headers that sheets by these templates have, in either language."""
    return tuple(
        tuple((text, key) for text, key in zip(template.headers(language), template.keys, strict=True) if key != EMPTY)
        for template in templates
        for language in LANGUAGES
    )


def _naming(pairs: Pairs) -> dict[str, list[str]]:
    naming: dict[str, list[str]] = {}
    for written, key in pairs:
        naming.setdefault(_plain(written), []).append(key)
    for key in KEYS:
        for usual in (header(key, "en"), header(key, "zh"), key):
            naming.setdefault(_plain(usual), [key])
    naming |= {own: [own] for own in OURS}
    return naming


def _named(cells: Sequence[str], naming: dict[str, list[str]]) -> Header:
    left = {header: list(keys) for header, keys in naming.items()}
    taken: set[str] = set()
    keys: list[str | None] = []
    ignored: list[str] = []
    for cell in cells:
        waiting = left.get(_plain(cell), [])
        key = waiting.pop(0) if waiting else None
        if key in taken:  # two columns of one field: the first counts
            key = None
        if key is None and cell.strip():
            ignored.append(cell.strip())
        elif key is not None:
            taken.add(key)
        keys.append(key)
    return Header(tuple(keys), tuple(ignored))


def _plain(header: str) -> str:
    """A header without what a person adds to it."""
    return " ".join(unicodedata.normalize("NFKC", header).casefold().strip(" \t:*'\ufeff").split())
