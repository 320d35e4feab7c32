"""What a page says twice or by reckoning, besides its fields: by this fields are checked, and misread ones repaired."""

from __future__ import annotations

import re
from functools import cached_property

from paddlescan.extraction import patterns
from paddlescan.extraction.capitals import Spelt, spelt_amounts
from paddlescan.extraction.figures import Figures
from paddlescan.extraction.page import Page
from paddlescan.extraction.rides import Ride, ride_of

SURE_LINE = 0.9
"""The least confidence in a line whose amount in capitals may speak against a total."""
_NOT_CHINA = ("HK", "TW", "JP", "KR", "SG", "MY")


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
        return ride_of([line.text for line in self.page.sheet.lines])
