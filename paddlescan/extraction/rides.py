"""Taxi rides: how far, at what price a kilometre, how long the car waited, and what that may cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from paddlescan.extraction.rules.sums import fare_range

KILOMETRES = re.compile(r"(?<![\d.])(\d{1,4}(?:\s?[.,]\s?\d{1,2})?)\s?(?:K[MN]|公里|千米)", re.IGNORECASE)
"""A distance; KM is often read as KN."""
WAITING = re.compile(r"(?<!\d)(\d\d)\s?:\s?(\d\d)\s?:\s?(\d\d)(?!\d)")
"""How long the car waited: hours, minutes, seconds."""
USUAL_WAITING = Decimal(15)
"""Minutes, where none were read."""
_UNIT_PRICE = re.compile(r"(?<![\d.])(\d)\s?\.\s?(\d\d)\s?(?:元|/|$)")
_LONGEST = 300
"""Kilometres; no taxi goes further."""


@dataclass(frozen=True, slots=True)
class Ride:
    """What a taxi receipt says of its ride."""

    kilometres: Decimal
    unit_price: Decimal
    """For a kilometre, in the receipt's currency."""
    waiting_minutes: Decimal

    @property
    def fares(self) -> tuple[Decimal, Decimal]:
        """What it may cost, from and up to."""
        return fare_range(self.kilometres, self.unit_price, self.waiting_minutes)


def distance(found: re.Match[str]) -> Decimal:
    """The kilometres of a match of KILOMETRES."""
    return Decimal(re.sub(r"[\s.,]+", ".", found[1]))


def waited(found: re.Match[str]) -> Decimal:
    """The minutes of a match of WAITING. 08:00:23 is 00:00:23 printed with slashed zeros: nobody waits for hours."""
    hours, minutes, seconds = map(int, found.groups())
    whole = Decimal(hours * 60 + minutes) + Decimal(seconds) / 60
    return whole if whole < 90 else whole % 60


def ride_of(texts: Sequence[str]) -> Ride | None:
    """The ride that the lines of a taxi receipt tell, where distance and price were both read, once."""
    distances = {distance(m) for text in texts for m in KILOMETRES.finditer(text)}
    unit = next((price for text in texts if (price := _unit_price(text)) is not None), None)
    if len(distances) != 1 or unit is None:
        return None
    kilometres = distances.pop()
    if not 0 < kilometres < _LONGEST:
        return None
    waiting = min((waited(m) for text in texts for m in WAITING.finditer(text)), default=USUAL_WAITING)
    return Ride(kilometres, unit, waiting)


def _unit_price(text: str) -> Decimal | None:
    """What a kilometre costs, if a line says no more than such a price: it stands above every other amount."""
    found = _UNIT_PRICE.search(text)
    price = Decimal(f"{found[1]}.{found[2]}") if found else Decimal(0)
    return price if 1 <= price <= 6 else None
