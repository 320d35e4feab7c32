"""Text lines, fields and receipts: what was read, and what a person may correct."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from paddlescan.document.geometry import Quad

Origin = Literal["ocr", "qr", "pdf_text", "xml", "check", "user"]

Kind = Literal[
    "receipt",
    "invoice",
    "vat_invoice",
    "train_ticket",
    "taxi_receipt",
    "bus_ticket",
    "toll_receipt",
    "quota_invoice",
    "flight_itinerary",
    "nontax_receipt",
    "other",
]

Language = Literal["en", "zh"]

FIELD_NAMES: tuple[str, ...] = (
    "merchant",
    "date",
    "total",
    "currency",
    "invoice_number",
    "subtotal",
    "tax",
    "address",
    "invoice_code",
    "seller_tax_id",
    "buyer",
    "buyer_tax_id",
    "check_code",
    "passenger",
    "origin_station",
    "destination_station",
    "train_number",
    "category",
    "project",
    "note",
)
"""Every field a receipt can have, in the order in which tables and exports show them."""

AMOUNT_FIELDS: frozenset[str] = frozenset({"total", "subtotal", "tax"})
"""Fields whose value is a decimal string with a point and two digits."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A recognised line."""

    text: str = field(repr=False)
    confidence: float
    """0..1, the recogniser's own."""
    quad: Quad
    """In pixels of the page it was read on; of the source page once a page result holds it."""
    origin: Origin = "ocr"
    """`ocr`, `pdf_text` for a line of a PDF's or an OFD's own text, `xml` for one of an electronic invoice."""
    page: int = 0
    """How many pages behind the receipt's first it stands."""

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError("confidence outside 0..1")


@dataclass(frozen=True, slots=True)
class Field:
    """A typed value with its evidence."""

    name: str
    """One of FIELD_NAMES."""
    value: str = field(repr=False)
    """Normalised: ISO date, decimal string, ISO 4217 code; what a person typed stays as typed. Empty: expected on
    such a receipt, but not found (doubtful), or confirmed by a person to be missing. Exports leave it out."""
    text: str | None = field(default=None, repr=False)
    """As printed on the page."""
    confidence: float = 1.0
    quad: Quad | None = None
    """Where it stands, in pixels of the source page."""
    origin: Origin = "ocr"
    doubtful: bool = False
    candidates: tuple[str, ...] = field(default=(), repr=False)
    """Other values it could be, best first, without `value` itself."""
    page: int = 0
    """How many pages behind the receipt's first it stands, where it goes on over several; `quad` is of that page."""
    pointed: bool = False
    """Whether a person pointed at the place: another reading does not move it. Not exported."""

    def __post_init__(self) -> None:
        if self.name not in FIELD_NAMES:
            raise ValueError(f"unknown field {self.name!r}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError("confidence outside 0..1")


@dataclass(frozen=True, slots=True)
class Item:
    """A line item; what is unknown is None. Numbers are decimal strings."""

    description: str = field(repr=False)
    quantity: str | None = None
    unit_price: str | None = field(default=None, repr=False)
    amount: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that a receipt must pass, and whether it does."""

    name: str
    passed: bool
    detail: str = field(default="", repr=False)
    """In English, with the figures."""
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """What the rule needs from the page when it is judged again after an edit. Not exported."""

    def fact(self, name: str) -> str | None:
        """One of the facts."""
        return dict(self.facts).get(name)


@dataclass(frozen=True, slots=True)
class Preparation:
    """What `imaging` did to a page (or to one region of it) before it was read.

    Angles say how the content lies in the source, counter-clockwise positive.
    """

    rotation_degrees: int = 0
    """0, 90, 180 or 270."""
    skew_degrees: float = 0.0
    """What is left after the quarter turns, -45..45."""
    seal_removed: bool = False
    seals: tuple[Quad, ...] = ()
    """Where seals were found, in pixels of the source page."""
    perspective: Quad | None = None
    """The paper's corners where a photograph was straightened, in pixels of the source page."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The fields of one page, of a region of it, or of several pages."""

    number: int = 1
    """Counted from 1 within its page."""
    count: int = 1
    """How many receipts the page holds."""
    region: Quad | None = None
    preparation: Preparation | None = None
    kind: Kind = "other"
    language: Language = "en"
    fields: tuple[Field, ...] = ()
    """At most one of a name; a field the page does not have is left out."""
    items: tuple[Item, ...] = ()
    checks: tuple[Check, ...] = ()
    lines: tuple[TextLine, ...] = field(default=(), repr=False)
    """In reading order, in pixels of the source page."""

    def __post_init__(self) -> None:
        names = [f.name for f in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("a field stands twice in one receipt")

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((f for f in self.fields if f.name == name), None)

    def value(self, name: str) -> str:
        """The value of that field, or the empty string."""
        found = self.field(name)
        return found.value if found else ""

    def with_field(self, name: str, new: Field | None) -> Receipt:
        """A copy with that field replaced, added, or (None) left out; fields keep FIELD_NAMES order."""
        kept = [f for f in self.fields if f.name != name]
        if new is not None:
            kept.append(new)
        return replace(self, fields=tuple(sorted(kept, key=lambda f: FIELD_NAMES.index(f.name))))

    @property
    def needs_review(self) -> bool:
        """Whether a person should look: a doubtful field or a failed check."""
        return any(f.doubtful for f in self.fields) or any(not c.passed for c in self.checks)
