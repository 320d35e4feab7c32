"""QR codes of receipts: what they say, and whether the page says the same.

A new code is one function and one entry in READERS. What a code says is a stranger's data: readers take what has the
right form, follow no address, and give None for everything else; none ever raises.
"""

from __future__ import annotations

from collections.abc import Callable

from paddlescan.document import Code
from paddlescan.extraction.codes import abroad, china
from paddlescan.extraction.codes.said import Said

READERS: tuple[Callable[[str], Said | None], ...] = (
    china.vat,
    china.fiscal,
    abroad.taiwan,
    abroad.india,
    abroad.swiss,
    abroad.transfer,
    abroad.portugal,
    abroad.saudi,
)


def understood(code: Code) -> Said | None:
    """What a code says of its receipt; None for an address, a barcode, a payment code or anything unknown."""
    if code.symbology != "qr_code":
        return None
    return next((said for read in READERS if (said := read(code.text)) is not None and said.fields), None)
