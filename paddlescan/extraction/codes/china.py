"""The QR codes of Chinese invoices and receipts."""

from __future__ import annotations

import re

from paddlescan.document import Kind
from paddlescan.extraction.codes.said import Said, amount, day, known

_NET = frozenset({"01", "02", "03", "04", "08", "10"})
"""Invoice types whose code carries the amount without tax: special, freight, vehicle, ordinary, and both electronic
ones. The roll ticket (11), the second-hand vehicle (15) and all fully digital invoices carry the total."""
_TOTAL = frozenset({"11", "15"})
_KINDS: dict[str, Kind] = {"14": "toll_receipt", "51": "train_ticket", "61": "flight_itinerary"}
_ISSUED_OTHER_DAY = frozenset({"51", "61"})
"""Tickets: the code has the day of issue, a clerk's date is the day of travel."""
_CODE = re.compile(r"\d{10}|\d{12}|", re.ASCII)
_NUMBER = re.compile(r"\d{8}|\d{20}", re.ASCII)
_CHECK = re.compile(r"\d{20}|", re.ASCII)
_FISCAL = re.compile(r"[A-Z]{2}-EI-\d\d", re.ASCII)


def vat(text: str) -> Said | None:
    """`01,type,code,number,amount,day,check code,...`: the code at the top left of every VAT invoice.

    The fully digital invoice has a number of 20 digits, no code and no check code, and its amount is the total.
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 7 or parts[0] != "01" or not re.fullmatch(r"\d\d", parts[1], re.ASCII):
        return None
    kind, code, number, figure, when, check = parts[1:7]
    if not (_NUMBER.fullmatch(number) and _CODE.fullmatch(code) and (code or len(number) == 20)):
        return None
    value, digital = amount(figure), len(number) == 20
    fields = known(
        invoice_code=code,
        invoice_number=number,
        date=None if kind in _ISSUED_OTHER_DAY else day(when),
        check_code=check if _CHECK.fullmatch(check) else None,
        subtotal=value if not digital and kind in _NET else None,
        total=value if digital or kind in _TOTAL else None,
        currency="CNY",
    )
    unsure = value if not digital and kind not in _NET | _TOTAL else None
    return Said(fields, _KINDS.get(kind, "vat_invoice"), unsure)


def fiscal(text: str) -> Said | None:
    """`CZ-EI-00,1.1.0,code,number,check code,day,amount`: the electronic receipt of a public body (财政电子票据)."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 7 or not _FISCAL.fullmatch(parts[0]):
        return None
    code, number, check, when, figure = parts[2:7]
    if not re.fullmatch(r"\d{8}", code, re.ASCII) or not re.fullmatch(r"\d{10}", number, re.ASCII):
        return None
    fields = known(
        invoice_code=code,
        invoice_number=number,
        check_code=check if re.fullmatch(r"\w{6}", check, re.ASCII) else None,
        date=day(when),
        total=amount(figure),
        currency="CNY",
    )
    return Said(fields, "nontax_receipt")
