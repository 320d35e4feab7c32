"""What a page says twice or by reckoning, besides its fields: by this fields are checked, and misread ones repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from paddlescan.extraction import patterns
from paddlescan.extraction.capitals import Spelt, spelt_amounts
from paddlescan.extraction.figures import Figures
from paddlescan.extraction.page import Page
from paddlescan.extraction.rules.sums import fare_range

_KILOMETRES = re.compile(r"(?<![\d.])(\d{1,3}(?:\s?[.,]\s?\d{1,2})?)\s?(?:K[MN]|公里|千米)", re.IGNORECASE)
_UNIT_PRICE = re.compile(r"(?<![\d.])(\d)\s?\.\s?(\d\d)\s?(?:元|/|$)")
_WAITING = re.compile(r"(?<!\d)(\d\d):(\d\d):(\d\d)(?!\d)")
SURE_LINE = 0.9
"""The least confidence in a line whose amount in capitals may speak against a total."""
_NOT_CHINA = ("HK", "TW", "JP", "KR", "SG", "MY")


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


class Proofs:
    """The witnesses of a page."""

    def __init__(self, page: Page, figures: Figures) -> None:
        self.page = page
        self.figures = figures

    @cached_property
    def rounds(self) -> bool:
        """Whether this page rounds its total to what coins there are."""
        rounded = any(self.figures.by_role.get(role) for role in ("rounding", "rounded"))
        return self.page.place.country == "MY" or rounded

    @cached_property
    def spelt(self) -> Spelt | None:
        """The amount in capitals, where the page says just one."""
        found = spelt_amounts([line.text for line in self.page.sheet.lines])
        return found[0] if len({one.value for one in found}) == 1 else None

    def confidence_of(self, spelt: Spelt) -> float:
        """The recogniser's, of the worst line of an amount in capitals."""
        return min((self.page.sheet.lines[n].source.confidence for n in spelt.lines), default=0.0)

    @cached_property
    def country(self) -> str:
        """The country whose numbers are printed here, or nothing. A Chinese page without any country is China's."""
        country = self.page.place.country
        if self.page.language == "zh" and country not in _NOT_CHINA:
            return "CN"
        return country or ""

    @cached_property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that fit the page: its country's, and any that is printed by a sign that says which."""
        money = patterns.money()
        country = self.page.place.country
        own = (money.countries[country][0],) if country in money.countries else ()
        printed = (s.amount.currency for s in self.page.sums if s.amount.currency)
        codes = sorted({code for code in printed if code.isalpha()} | self._named())
        return tuple(dict.fromkeys((*own, *codes)))

    def _named(self) -> set[str]:
        """Currencies whose code stands on the page."""
        codes = {code for _, code in patterns.money().signs}
        words = {w for line in self.page.sheet.lines for w in re.findall(r"(?<![A-Z])[A-Z]{3}(?![A-Z])", line.text)}
        return codes & words

    @cached_property
    def ride(self) -> Ride | None:
        """The ride of a taxi receipt, where distance and price were both read, once."""
        if self.page.kind != "taxi_receipt":
            return None
        texts = [line.text for line in self.page.sheet.lines]
        distances = {re.sub(r"[\s.,]+", ".", m[1]) for text in texts for m in _KILOMETRES.finditer(text)}
        waits = {m.groups() for text in texts for m in _WAITING.finditer(text)}
        unit = next((price for text in texts if (price := _unit_price(text)) is not None), None)
        if len(distances) != 1 or unit is None:
            return None
        kilometres = Decimal(distances.pop())
        minutes = [Decimal(int(h) * 60 + int(m)) + Decimal(int(s)) / 60 for h, m, s in waits]
        if not 0 < kilometres < 300:
            return None
        # 08:00:23 is 00:00:23 printed with slashed zeros: nobody waits for hours
        waiting = min((m if m < 90 else m % 60 for m in minutes), default=Decimal(15))
        return Ride(kilometres, unit, waiting)


def _unit_price(text: str) -> Decimal | None:
    """What a kilometre costs, if a line says no more than such a price: it stands above every other amount."""
    found = _UNIT_PRICE.search(text)
    price = Decimal(f"{found[1]}.{found[2]}") if found else Decimal(0)
    return price if 1 <= price <= 6 else None
