"""Patterns of file names: `{date}_{merchant}_{total}`, filled with what was read of a receipt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from paddlescan.document import FIELD_NAMES, Language
from paddlescan.errors import PatternBroken, PatternUnknown
from paddlescan.export.safe_names import safe_part, safe_stem
from paddlescan.words import caption, category_word

PLACES = ("file", "page", "number")
"""What a pattern knows besides fields and `kind`: the file's own name, the receipt's page in it, and which of the files
it is, counted from 1 and filled up with zeros."""
NAMES: tuple[str, ...] = (*FIELD_NAMES, "kind", *PLACES)
"""Every name that may stand in braces."""

DEFAULT_PATTERN = "{date}_{merchant}_{total}"

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}:]*)(?::([^{}]*))?\}|[{}]|[^{}]+")
_DATE_PART = re.compile(r"%([Ymdy])")


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A pattern that was looked at. Make one with `of`."""

    parts: tuple[tuple[str, str], ...]
    """Literal text with an empty name, or a name with its format (`%Y%m` of a date, else empty)."""
    text: str = field(repr=False)
    """As typed."""

    @classmethod
    def of(cls, text: str) -> NamePattern:
        """Read a pattern; `{{` and `}}` stand for braces. Raises PatternUnknown for a name that nobody knows, else
        PatternBroken: an empty pattern, a brace alone, a format other than %Y, %y, %m and %d of a date."""
        parts: list[tuple[str, str]] = []
        for token in _TOKEN.finditer(text):
            whole, name, how = token[0], token[1], token[2] or ""
            if name is None:
                if whole in ("{", "}"):
                    raise PatternBroken(file=text, detail=whole)
                parts.append(("", {"{{": "{", "}}": "}"}.get(whole, whole)))
            elif name not in NAMES:
                raise PatternUnknown(file=text, detail=whole, extra=", ".join(NAMES))
            elif how and (name != "date" or "%" in _DATE_PART.sub("", how)):
                raise PatternBroken(file=text, detail=whole)
            else:
                parts.append((name, how))
        if not text.strip():
            raise PatternBroken(file=text, detail=text)
        return cls(tuple(parts), text)

    @property
    def names(self) -> frozenset[str]:
        """The names that stand in it."""
        return frozenset(name for name, _ in self.parts if name)

    def fill(self, values: Mapping[str, str], language: Language) -> str:
        """A safe name without its ending. values: by name; what is missing or empty is said by a word."""
        parts = (_part(name, how, values, language) for name, how in self.parts)
        return safe_stem("".join(parts), caption("file", language))


def _part(name: str, how: str, values: Mapping[str, str], language: Language) -> str:
    if not name:
        return how  # made safe with the whole, so that its spaces stay
    value = values.get(name, "")
    if name == "date" and how:
        value = _dated(value, how)
    elif name == "category":
        value = category_word(value, language)
    elif name == "kind" and value:
        value = caption(value, language)
    return safe_part(value) or missing(name, language)


def _dated(value: str, how: str) -> str:
    """A date in another form; one that is no date stays as it is."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    forms = {"Y": f"{day.year:04}", "y": f"{day.year % 100:02}", "m": f"{day.month:02}", "d": f"{day.day:02}"}
    return _DATE_PART.sub(lambda part: forms[part[1]], how)


def missing(name: str, language: Language) -> str:
    """What stands in a name for what a receipt does not have: `no-date`, 无日期."""
    word = caption(name, language)
    return f"无{word}" if language == "zh" else f"no-{word.lower().replace(' ', '-')}"
