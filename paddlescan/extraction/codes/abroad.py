"""The QR codes of invoices elsewhere, where they carry fields: Taiwan, India, Saudi Arabia, Switzerland, the EU."""

from __future__ import annotations

import base64
import binascii
import json
import re

from paddlescan.extraction.codes.said import Said, amount, day, iso, known

_TAIWAN = re.compile(
    r"([A-Z]{2}\d{8})(\d{3})(\d\d)(\d\d)\d{4}([0-9A-Fa-f]{8})([0-9A-Fa-f]{8})(\d{8})(\d{8})[A-Za-z0-9+/=]{24}",
    re.ASCII,
)
_JWT = re.compile(r"[\w-]{8,}\.([\w-]{16,6000})\.[\w-]{8,}", re.ASCII)
_INDIAN_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)
_MONEY = re.compile(r"([A-Z]{3})(\d{1,10}(?:\.\d{1,2})?)", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,4000}={0,2}", re.ASCII)
_LONGEST = 120
"""Characters of a name or number; what is longer is none."""


def taiwan(text: str) -> Said | None:
    """The left code of 電子發票: number, day (year of the Republic), net and total in hexadecimal, buyer, seller.

    Ministry of Finance, 電子發票證明聯一維及二維條碼規格說明. A shop that sells to consumers writes a net of zero.
    """
    match = _TAIWAN.match(text)
    if not match:
        return None
    number, year, month, date, net, total, buyer, seller = match.groups()
    when = iso(int(year) + 1911, month, date)
    if when is None:
        return None
    whole, before = int(total, 16), int(net, 16)
    fields = known(
        invoice_number=number,
        date=when,
        total=f"{whole}.00" if whole < 10**9 else None,
        subtotal=f"{before}.00" if 0 < before < whole else None,
        tax=f"{whole - before}.00" if 0 < before < whole else None,
        buyer_tax_id=buyer if int(buyer) else None,
        seller_tax_id=seller,
        currency="TWD",
    )
    return Said(fields, "invoice")


def india(text: str) -> Said | None:
    """The signed code of a GST e-invoice: a JSON web token. Its signature is not verified, its claims are read."""
    match = _JWT.fullmatch(text.strip())
    if not match:
        return None
    claims = _json(_decoded(match[1] + "=" * (-len(match[1]) % 4), url=True))
    data = claims.get("data", claims) if isinstance(claims, dict) else None
    if isinstance(data, str):
        data = _json(data.encode())
    if not isinstance(data, dict) or "SellerGstin" not in data:
        return None
    when = _INDIAN_DAY.fullmatch(_short(data.get("DocDt")))
    total = data.get("TotInvVal")
    figure = f"{total:.2f}" if isinstance(total, int | float) and 0 <= total < 10**10 else _short(total)
    fields = known(
        seller_tax_id=_short(data.get("SellerGstin")),
        buyer_tax_id=_short(data.get("BuyerGstin")),
        invoice_number=_short(data.get("DocNo")),
        date=iso(when[3], when[2], when[1]) if when else None,
        total=amount(figure),
        currency="INR",
    )
    return Said(fields, "invoice")


def saudi(text: str) -> Said | None:
    """The code of a Saudi tax invoice (ZATCA): base64 of tag, length, value; seller, its number, time, total, tax."""
    if not _BASE64.fullmatch(text.strip()):
        return None
    raw = _decoded(text.strip())
    values: dict[int, str] = {}
    at = 0
    while at + 2 <= len(raw) and len(values) < 5:
        tag, length = raw[at], raw[at + 1]
        value = raw[at + 2 : at + 2 + length]
        if tag != len(values) + 1 or len(value) != length:
            return None
        values[tag] = value.decode("utf-8", "replace")
        at += 2 + length
    if len(values) < 5 or not re.fullmatch(r"\d{15}", values[2], re.ASCII):
        return None
    fields = known(
        merchant=_short(values[1]),
        seller_tax_id=values[2],
        date=day(values[3][:10]),
        total=amount(values[4]),
        tax=amount(values[5]),
        currency="SAR",
    )
    return Said(fields)


def swiss(text: str) -> Said | None:
    """The Swiss QR-bill (SIX, Implementation Guidelines 2.3), with the billing information of Swico S1 where given."""
    lines = [line.strip() for line in text.splitlines()]
    if len(lines) < 20 or lines[0] != "SPC" or not lines[1].startswith("02"):
        return None
    name, first, second, post, town, country = lines[5:11]
    joined = lines[4] == "K"
    street = (first, second) if joined else (f"{first} {second}".strip(), f"{post} {town}".strip())
    place = ", ".join(part for part in (*street, country if country not in ("CH", "LI") else "") if part)
    billing = next((line for line in lines[29:] if line.startswith("//S1/")), "")
    tags = dict(re.findall(r"/(\d\d)/((?:\\.|[^/\\])*)", billing[4:]))
    when = re.fullmatch(r"(\d\d)(\d\d)(\d\d)", tags.get("11", ""), re.ASCII)
    fields = known(
        merchant=_short(name),
        address=_short(place),
        total=amount(lines[18]),
        currency=lines[19] if _CURRENCY.fullmatch(lines[19]) else None,
        buyer=_short(lines[21]) if len(lines) > 21 else None,
        invoice_number=_short(re.sub(r"\\(.)", r"\1", tags.get("10", ""))),
        date=iso(2000 + int(when[1]), when[2], when[3]) if when else None,
    )
    return Said(fields)


def transfer(text: str) -> Said | None:
    """The code for a SEPA transfer (European Payments Council, EPC069-12): whom to pay, and how much."""
    lines = [line.strip() for line in text.splitlines()]
    if len(lines) < 7 or lines[0] != "BCD" or lines[3] != "SCT":
        return None
    money = _MONEY.fullmatch(lines[7]) if len(lines) > 7 else None
    fields = known(
        merchant=_short(lines[5]), total=amount(money[2]) if money else None, currency=money[1] if money else None
    )
    return Said(fields)


def portugal(text: str) -> Said | None:
    """The code on every Portuguese invoice (Portaria 195/2020): `A:seller*B:buyer*...*F:day*G:number*...*O:total`."""
    parts = dict(part.split(":", 1) for part in text.split("*") if ":" in part)
    if not re.fullmatch(r"\d{9}", parts.get("A", ""), re.ASCII) or not {"D", "F", "G", "O"} <= parts.keys():
        return None
    fields = known(
        seller_tax_id=parts["A"],
        buyer_tax_id=_short(parts.get("B")) if parts.get("B") != "999999990" else None,
        date=day(parts["F"]),
        invoice_number=_short(parts["G"]),
        tax=amount(parts.get("N", "")),
        total=amount(parts["O"]),
        currency="EUR",
    )
    return Said(fields)


def _short(value: object) -> str:
    """A name or number of printable characters; empty for anything else."""
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST and text.isprintable() else ""


def _decoded(text: str, url: bool = False) -> bytes:
    try:
        return base64.b64decode(text, altchars=b"-_" if url else None, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None
