"""Edits of fields, and what becomes of them when the page is read once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from paddlescan.document import FIELD_NAMES, Field


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field of one receipt, before and after; None: the receipt has no such field."""

    receipt_id: int
    name: str
    before: Field | None
    after: Field | None

    def __post_init__(self) -> None:
        if self.name not in FIELD_NAMES:
            raise ValueError(f"unknown field {self.name!r}")
        if any(f is not None and f.name != self.name for f in (self.before, self.after)):
            raise ValueError("an edit changes one field")

    @property
    def back(self) -> FieldEdit:
        """The edit that undoes this one."""
        return replace(self, before=self.after, after=self.before)


def typed_field(name: str, value: str, before: Field | None = None) -> Field:
    """The field that a person's value makes: the evidence of the reading stays, its value becomes a candidate."""
    if before is None:
        return Field(name, value, origin="user")
    return Field(
        name=name,
        value=value,
        text=before.text,
        quad=before.quad,
        origin="user",
        candidates=_without(value, (before.value, *before.candidates)),
    )


def merge_reading(now: Iterable[Field], cleared: Iterable[str], read: Iterable[Field]) -> tuple[Field, ...]:
    """The fields of a receipt after another reading.

    now: its fields with edits applied; cleared: names of fields that a person took out; read: the fields
    of the new reading. What a person typed or took out stays so, and the new value becomes a candidate; all else is
    as newly read, and what was not read again is gone.
    """
    merged = {f.name: f for f in read if f.name not in set(cleared)}
    for mine in now:
        if mine.origin == "user":
            fresh = merged.get(mine.name)
            merged[mine.name] = mine if fresh is None else _with_candidate(mine, fresh)
    return tuple(sorted(merged.values(), key=lambda f: FIELD_NAMES.index(f.name)))


def _with_candidate(mine: Field, fresh: Field) -> Field:
    candidates = _without(mine.value, (fresh.value, *fresh.candidates, *mine.candidates))
    return replace(mine, text=fresh.text, quad=fresh.quad, candidates=candidates)


def _without(value: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The candidates in order, each once, without the value itself."""
    return tuple(dict.fromkeys(c for c in candidates if c and c != value))
