"""What an electronic original says: an invoice that was never paper."""

from __future__ import annotations

from dataclasses import dataclass, field

from paddlescan.document.geometry import Quad


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of an electronic original."""

    path: str
    """Names of its elements from the root down, with `/` and without namespaces; the second and later of equal
    neighbours are counted: `EInvoice/EInvoiceData/IssuItemInformation[2]/Amount`."""
    text: str = field(repr=False)
    quad: Quad | None = None
    """Where it stands on the drawn page, in its pixels; None: not known, or not drawn."""


@dataclass(frozen=True, slots=True)
class Original:
    """The values of an electronic original. Its signature is not verified.

    None at all: a page that only draws, whose own text is exact all the same.
    """

    entries: tuple[Entry, ...] = field(default=(), repr=False)
