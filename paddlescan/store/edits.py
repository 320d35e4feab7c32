"""Edits of fields, and what becomes of them when the page is read once more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from paddlescan.document import FIELD_NAMES, Check, Field, Quad

Judge = Callable[[tuple[Field, ...], tuple[Check, ...], tuple[Check, ...]], tuple[Check, ...]]
"""What the checks of a receipt say: of its fields, the checks of its newest reading, and the checks until now.

The store knows no rules; who writes brings them along, so that fields and checks change in one transaction.
"""


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field of one receipt, before and after; None: the receipt has no such field.

    What the reader read may change while a person works. So an edit that takes a person's word back leads to
    what was read the last time, whatever `after` says: `as_read`.
    """

    receipt_id: int
    name: str
    before: Field | None
    after: Field | None
    was_cleared: bool = False
    """`before` is None because a person took the field out."""
    as_read: bool = False
    """Nobody has a say in this field any more; `after` is what the editor believes was read."""

    def __post_init__(self) -> None:
        if self.name not in FIELD_NAMES:
            raise ValueError(f"unknown field {self.name!r}")
        if any(f is not None and f.name != self.name for f in (self.before, self.after)):
            raise ValueError("an edit changes one field")
        if self.was_cleared and self.before is not None:
            raise ValueError("a field that stands there was not taken out")

    @property
    def back(self) -> FieldEdit:
        """The edit that undoes this one."""
        return FieldEdit(
            self.receipt_id,
            self.name,
            before=self.after,
            after=self.before,
            was_cleared=self.after is None and not self.as_read,
            as_read=not self.was_cleared and (self.before is None or self.before.origin != "user"),
        )


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
        page=before.page,
        pointed=before.pointed,
    )


def taken_field(
    name: str, value: str, text: str, quad: Quad, page: int = 0, before: Field | None = None, doubtful: bool = False
) -> Field:
    """The field that a person makes by pointing at a place: the place is its evidence, its old value a candidate.

    text: what stands there; quad: where, in pixels of the source page; page: how many pages behind the receipt's first.
    """
    others = (before.value, *before.candidates) if before is not None else ()
    return Field(
        name=name,
        value=value,
        text=text,
        quad=quad,
        origin="user",
        doubtful=doubtful,
        candidates=_without(value, others),
        page=page,
        pointed=True,
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
            merged[mine.name] = with_evidence(mine, fresh)
    return tuple(sorted(merged.values(), key=lambda f: FIELD_NAMES.index(f.name)))


def with_evidence(mine: Field, fresh: Field | None) -> Field:
    """A person's value over the evidence of the newest reading, unless they pointed at another place; what that reading
    says is the first candidate."""
    if fresh is None:
        return mine
    candidates = _without(mine.value, (fresh.value, *fresh.candidates, *mine.candidates))
    if mine.pointed:
        return replace(mine, candidates=candidates)
    return replace(mine, text=fresh.text, quad=fresh.quad, candidates=candidates, page=fresh.page)


def rests_on(mine: Field, fresh: Field | None) -> bool:
    """Whether a person's value was typed over this reading, and not over an older one."""
    known = (mine.value, *mine.candidates)
    if mine.pointed:
        return fresh is None or (fresh.value or mine.value) in known
    return fresh is None or (
        (mine.text, mine.quad, mine.page) == (fresh.text, fresh.quad, fresh.page)
        and (fresh.value or mine.value) in known
    )


def _without(value: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The candidates in order, each once, without the value itself."""
    return tuple(dict.fromkeys(c for c in candidates if c and c != value))
