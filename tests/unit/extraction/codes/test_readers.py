"""What the QR codes of receipts say, and that nothing in one does harm."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.document import FIELD_NAMES, Code, Kind
from paddlescan.extraction.codes import READERS, understood

PLACE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def said(text: str) -> dict[str, str] | None:
    found = understood(Code(text, "qr_code", PLACE))
    return None if found is None else dict(found.fields)


def kind(text: str) -> Kind | None:
    found = understood(Code(text, "qr_code", PLACE))
    return found.kind if found else None


def test_an_electronic_vat_invoice_carries_its_net() -> None:
    text = "01,10,011001605111,80100798,64.9,20161018,85342965681116380258,BE2D"
    assert said(text) == {
        "invoice_code": "011001605111",
        "invoice_number": "80100798",
        "date": "2016-10-18",
        "check_code": "85342965681116380258",
        "subtotal": "64.90",
        "currency": "CNY",
    }
    assert kind(text) == "vat_invoice"


def test_a_special_invoice_has_no_check_code() -> None:
    assert said("01,01,1200154130,03630024,94339.62,20160621,,9335,") == {
        "invoice_code": "1200154130",
        "invoice_number": "03630024",
        "date": "2016-06-21",
        "subtotal": "94339.62",
        "currency": "CNY",
    }


def test_a_fully_digital_invoice_carries_its_total_and_no_code() -> None:
    assert said("01,32,,26332000000158213407,-424.00,20260608,,5F98") == {
        "invoice_number": "26332000000158213407",
        "date": "2026-06-08",
        "total": "-424.00",
        "currency": "CNY",
    }


def test_a_railway_e_ticket_keeps_its_day_of_issue_to_itself() -> None:
    text = "01,51,,26339132621000219582,56.00,20260423,,219a"
    assert said(text) == {"invoice_number": "26339132621000219582", "total": "56.00", "currency": "CNY"}
    assert kind(text) == "train_ticket"


def test_an_amount_that_may_be_either_is_not_named() -> None:
    found = understood(Code("01,14,011001605111,80100798,64.90,20161018,85342965681116380258,BE2D", "qr_code", PLACE))
    assert found is not None
    assert found.net_or_total == "64.90"
    assert not {"total", "subtotal"} & found.fields.keys()


def test_the_receipt_of_a_public_body() -> None:
    text = "CZ-EI-00,1.1.0,00010126,0010925600,b05e2a,20260609,90.00"
    assert said(text) == {
        "invoice_code": "00010126",
        "invoice_number": "0010925600",
        "check_code": "b05e2a",
        "date": "2026-06-09",
        "total": "90.00",
        "currency": "CNY",
    }
    assert kind(text) == "nontax_receipt"


def test_taiwan() -> None:
    head = "AB112233441130523" + "9999" + "00000145" + "00000154" + "00000000" + "12345678"
    assert said(head + "ydXZt4LAN1UHN/j1juVcRA==:**********:3:3:1:") == {
        "invoice_number": "AB11223344",
        "date": "2024-05-23",
        "total": "340.00",
        "subtotal": "325.00",
        "tax": "15.00",
        "seller_tax_id": "12345678",
        "currency": "TWD",
    }
    assert said("**乾電池:1:105:牛奶:2:30") is None, "the right one of the two holds the items"


def _token(claims: object) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJSUzI1NiJ9.{body}.c2lnbmF0dXJlLW9mLW5vYm9keQ"


def test_india_is_read_without_being_trusted() -> None:
    data = {
        "SellerGstin": "29AAACF8769D1Z4",
        "BuyerGstin": "27AAACR4849R1ZL",
        "DocNo": "FLP/24/00123",
        "DocTyp": "INV",
        "DocDt": "05/03/2024",
        "TotInvVal": 1180.5,
        "Irn": "f" * 64,
    }
    wanted = {
        "seller_tax_id": "29AAACF8769D1Z4",
        "buyer_tax_id": "27AAACR4849R1ZL",
        "invoice_number": "FLP/24/00123",
        "date": "2024-03-05",
        "total": "1180.50",
        "currency": "INR",
    }
    assert said(_token({"data": json.dumps(data), "iss": "NIC"})) == wanted
    assert said(_token({"data": {**data, "TotInvVal": "1180.5"}})) == wanted
    for hostile in ([], None, 7, {"data": "no json"}, {"data": [1]}, {"data": {"SellerGstin": 5, "TotInvVal": 1e999}}):
        assert said(_token(hostile)) is None or "total" not in (said(_token(hostile)) or {})


def test_switzerland() -> None:
    lines = ["SPC", "0200", "1", "CH4431999123000889012", "S", "Robert Schneider AG", "Rue du Lac", "1268", "2501"]
    lines += ["Biel", "CH", *[""] * 7, "1949.75", "CHF", "S", "Pia Rutschmann", "Marktgasse", "28", "9400"]
    lines += ["Rorschach", "CH", "QRR", "210000000003139471430009017", "Auftrag vom 15.06.2020", "EPD"]
    lines += [r"//S1/10/10201409\/7/11/200701/20/140.000-53/30/102673831"]
    assert said("\r\n".join(lines)) == {
        "merchant": "Robert Schneider AG",
        "address": "Rue du Lac 1268, 2501 Biel",
        "total": "1949.75",
        "currency": "CHF",
        "buyer": "Pia Rutschmann",
        "invoice_number": "10201409/7",
        "date": "2020-07-01",
    }


def test_a_sepa_transfer() -> None:
    text = "BCD\n002\n1\nSCT\nBHBLDEHHXXX\nFranz Mustermann e.K.\nDE71110220330123456789\nEUR12.3\nGDDS\nRF18539\n"
    assert said(text) == {"merchant": "Franz Mustermann e.K.", "total": "12.30", "currency": "EUR"}


def test_portugal() -> None:
    text = "A:123456789*B:999999990*C:PT*D:FS*E:N*F:20240115*G:FS CDVF/12345*H:CDF7T5HD-1*I1:PT*N:0.58*O:10.60*Q:abcd"
    assert said(text) == {
        "seller_tax_id": "123456789",
        "date": "2024-01-15",
        "invoice_number": "FS CDVF/12345",
        "tax": "0.58",
        "total": "10.60",
        "currency": "EUR",
    }


def test_saudi_arabia() -> None:
    values = ("Bobs Records", "310122393500003", "2022-04-25T15:30:00Z", "1000.00", "150.00")
    raw = b"".join(bytes([tag, len(value)]) + value.encode() for tag, value in enumerate(values, 1))
    assert said(base64.b64encode(raw).decode()) == {
        "merchant": "Bobs Records",
        "seller_tax_id": "310122393500003",
        "date": "2022-04-25",
        "total": "1000.00",
        "tax": "150.00",
        "currency": "SAR",
    }


@pytest.mark.parametrize(
    "text",
    [
        "https://pay.example/q?total=1.00&date=20260101",
        "wxp://f2f0abcdef",
        "5901234123457",
        "01,10,,,,,,",
        "01,10,033002600111,5821340,400.00,20260608,,",
        "01,10,０３３００２６００１１１,58213407,400.00,20260608,,",
        "01,32,,58213407,400.00,20260608,,",
        "SPC\n0200\n1",
        "BCD\n002",
        "A:1*B:2",
    ],
)
def test_what_says_nothing_of_a_receipt(text: str) -> None:
    assert said(text) is None


def test_a_field_of_the_wrong_form_is_left_out() -> None:
    assert said("01,10,033002600111,58213407,1e9,20261308,7031652948110672835,0941") == {
        "invoice_code": "033002600111",
        "invoice_number": "58213407",
        "currency": "CNY",
    }
    assert understood(Code("01,32,,26332000000158213407,424.00,20260608,,5F98", "code_128", PLACE)) is None


_PIECES = (
    *("01", ",", "32", "033002600111", "58213407", "-", "9" * 20, "1e5", "\n", "SPC", "0200", "BCD", "SCT", "EUR1"),
    *("A:", "*", "O:", "eyJ", ".", "e30", "=", "\u0000", "\ud800", "٣", "00:00"),
)
_pieces = st.sampled_from(_PIECES)


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=400), st.lists(_pieces, max_size=60).map("".join), st.binary(max_size=300).map(repr)))
def test_no_text_raises_and_every_field_is_one_of_ours(text: str) -> None:
    for read in READERS:
        found = read(text)
        if found is not None:
            assert found.fields.keys() <= set(FIELD_NAMES)
            assert all(value and value == value.strip() for value in found.fields.values())
