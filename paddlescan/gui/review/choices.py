"""What may be chosen for a field in place of typing it, in the order in which it is offered. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from paddlescan.document import AMOUNT_FIELDS, Field
from paddlescan.extraction.typed import Around, readings, tidy
from paddlescan.gui.review.labels import shown_value
from paddlescan.words import categories

Kind = Literal["learned", "everywhere", "meant", "read", "earlier"]
"""As corrected before; the same on all receipts that were read so; what was typed may mean it; another reading; used
before."""

MOST = 9
"""Choices that have a key."""
WHILE_TYPING = 4
"""Earlier values shown under what is being typed: more would push the fields below too far."""
READ = 3
"""Other readings offered; more are hardly ever right."""
CURRENCIES = ("CNY", "USD", "EUR", "HKD", "MYR", "SGD", "GBP", "JPY", "TWD")
REMEMBERED: frozenset[str] = frozenset({"merchant", "buyer", "category", "currency", "project", "note", "passenger"})
"""Fields whose earlier values are offered."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, as it is stored and as it is shown."""

    value: str = field(repr=False)
    shown: str = field(repr=False)
    """For `everywhere`: on how many receipts."""
    kind: Kind


class Memory(Protocol):
    """What is known of earlier receipts."""

    def earlier(self, name: str) -> tuple[str, ...]:
        """Values of a field on earlier receipts, the most used first."""
        ...

    def learned(self, name: str, seen: str) -> str | None:
        """What a person made of this text the last time."""
        ...

    def category_of(self, merchant: str) -> str | None:
        """What a person said that a merchant's receipts are for."""
        ...


def offered(name: str, values: Mapping[str, Field], memory: Memory, around: Callable[[], Around]) -> tuple[Choice, ...]:
    """What stands under a field of a receipt that nobody is typing into; `around` is asked only where it matters."""
    read = values.get(name)
    value = read.value if read is not None else ""
    found: list[tuple[Kind, str]] = []
    if read is not None and read.origin != "user" and (known := memory.learned(name, value)):
        found.append(("learned", known))
    merchant = values.get("merchant")
    if name == "category" and merchant is not None and (sold := memory.category_of(merchant.value)):
        found.append(("learned", sold))
    if value:
        found += [("meant", one) for one in _meant(name, value, around)]
    if read is not None:
        found += [("read", candidate) for candidate in read.candidates if candidate][: READ + len(found)]
    if name in ("category", "currency"):
        found += [("earlier", one) for one in listed(name, memory)]
    return _choices(name, found, without=value)


def everywhere(choices: tuple[Choice, ...], count: int) -> tuple[Choice, ...]:
    """The choices, and behind the one that was learned that it may be taken on all receipts that were read so."""
    if count < 2 or not choices or choices[0].kind != "learned":
        return choices
    return choices[0], Choice(choices[0].value, str(count), "everywhere"), *choices[1:]


def listed(name: str, memory: Memory) -> tuple[str, ...]:
    """All that is offered for a field without a letter typed: the house's words, and what was used before."""
    house = {"category": categories(), "currency": CURRENCIES}.get(name, ())
    return tuple(dict.fromkeys((*memory.earlier(name), *house)))


def every(name: str, memory: Memory) -> tuple[Choice, ...]:
    """The whole list of a field, as far as its keys go."""
    return _choices(name, (("earlier", one) for one in listed(name, memory)))


def fitting(name: str, typed: str, memory: Memory, around: Callable[[], Around]) -> tuple[Choice, ...]:
    """What a text that is being typed may become: its meanings, or values that hold it, those that begin so first."""
    wanted = " ".join(typed.split()).casefold()
    if not wanted:
        return ()
    if name == "date" or name in AMOUNT_FIELDS:
        return _choices(name, (("meant", one) for one in _meant(name, typed, around)))
    holding = [one for one in listed(name, memory) if wanted in shown_value(name, one).casefold() or wanted in one]
    holding.sort(key=lambda one: not shown_value(name, one).casefold().startswith(wanted))
    return _choices(name, (("earlier", one) for one in holding), without=typed)[:WHILE_TYPING]


def meaning(name: str, typed: str, around: Callable[[], Around]) -> str:
    """What a text that is being typed will be kept as, where that is not what stands there already; else empty."""
    kept = tidy(name, typed, around() if name == "date" else None)
    return kept if (name == "date" or name in AMOUNT_FIELDS) and kept != " ".join(typed.split()) else ""


def _meant(name: str, value: str, around: Callable[[], Around]) -> tuple[str, ...]:
    """The readings of a text that has no single meaning; an amount that is only unusual is told by `meaning`."""
    if name not in AMOUNT_FIELDS and name not in ("date", "currency"):
        return ()
    known = around()
    return () if tidy(name, value, known) != " ".join(value.split()) else readings(name, value, known)


def _choices(name: str, found: Iterable[tuple[Kind, str]], without: str = "") -> tuple[Choice, ...]:
    """Each value once, under the first of its kinds."""
    kinds: dict[str, Kind] = {}
    for kind, value in found:
        if value and value != without:
            kinds.setdefault(value, kind)
    return tuple(Choice(value, shown_value(name, value), kind) for value, kind in kinds.items())[:MOST]
