"""English receipts and invoices from line lists drawn by hand."""

from __future__ import annotations

import pytest

from paddlescan.document import AMOUNT_FIELDS, TextLine
from tests.unit.extraction.drawing import column, line, read, turned, values

CAFE = column(
    "OLD MILL CAFE SDN BHD",
    "(812345-K)",
    "NO. 8, JALAN MELUR 3/2,",
    "TAMAN MELUR, 47100 PUCHONG, SELANGOR",
    "TEL: 03-5555 1234",
    "GST ID: 000123456789",
    "TAX INVOICE",
    ("Invoice No: OM-004512", "Date: 03/04/2019 12:31"),
    ("2 x Nasi Lemak", "14.00"),
    ("1 x Teh Tarik", "2.50"),
    ("Sub Total (Excl. GST)", "16.50"),
    ("GST 6%", "0.99"),
    ("Rounding Adj", "0.01"),
    ("TOTAL", "RM 17.50"),
    ("CASH", "20.00"),
    ("CHANGE", "2.50"),
    "THANK YOU PLEASE COME AGAIN",
)

DINER = column(
    "BLUE HERON DINER",
    "221 Harbor Street",
    "Portland, OR 97201",
    "Check #: 88123",
    "10/04/2022 7:45 PM",
    ("Burger", "$11.50"),
    ("Fries", "$4.25"),
    ("Subtotal", "$15.75"),
    ("Sales Tax", "$1.26"),
    ("Total", "$17.01"),
    ("VISA", "$17.01"),
)

FRENCH = column(
    "BOULANGERIE DU PONT SARL",
    "12 rue des Lilas, 69002 Lyon, France",
    "Facture n° 2021-0457 du 7 avril 2021",
    ("Montant HT", "1.030,00 €"),
    ("TVA 20%", "206,00 €"),
    ("Montant à payer TTC", "1.236,00 €"),
)


def test_a_malaysian_receipt() -> None:
    found = values(CAFE)
    assert found["merchant"] == "OLD MILL CAFE SDN BHD"
    assert found["address"] == "NO. 8, JALAN MELUR 3/2, TAMAN MELUR, 47100 PUCHONG, SELANGOR"
    assert found["date"] == "2019-04-03"
    assert (found["total"], found["tax"], found["subtotal"]) == ("17.50", "0.99", "16.50")
    assert (found["currency"], found["invoice_number"]) == ("MYR", "OM-004512")


def test_net_and_tax_make_the_rounded_total() -> None:
    receipt = read(CAFE)
    assert [c.name for c in receipt.checks] == [
        "net_plus_tax_is_total",
        "items_add_up_to_subtotal",
        "date_is_possible",
        "currency_fits_country",
        "kind_is_known",
    ]
    assert all(c.passed for c in receipt.checks)
    assert receipt.checks[0].detail == "net 16.50 + tax 0.99 is 17.49, rounded to 17.50"
    assert not receipt.needs_review
    assert (receipt.kind, receipt.language) == ("receipt", "en")


def test_a_sum_that_does_not_come_out_makes_its_fields_doubtful() -> None:
    spoilt = [m if m.text != "GST 6%" else line(m.quad[0][0], m.quad[0][1], "GST") for m in CAFE]
    spoilt = [m if m.text != "0.99" else line(m.quad[0][0], m.quad[0][1], "9.49") for m in spoilt]
    receipt = read(spoilt)
    checks = {c.name: c.passed for c in receipt.checks}
    tax = receipt.field("tax")
    assert checks.get("net_plus_tax_is_total") is False or tax is None
    assert receipt.value("total") == "17.50"


def test_an_american_receipt_has_the_month_first() -> None:
    found = values(DINER)
    assert found["date"] == "2022-10-04"
    assert (found["total"], found["tax"], found["currency"]) == ("17.01", "1.26", "USD")
    assert (found["merchant"], found["invoice_number"]) == ("BLUE HERON DINER", "88123")


def test_a_date_that_could_be_two_is_doubtful_where_no_country_decides() -> None:
    receipt = read(column("GREEN LEAF STORE", "Date: 03/04/2021", ("Total", "5.00")))
    date = receipt.field("date")
    assert date is not None
    assert date.doubtful
    assert {date.value, *date.candidates} == {"2021-04-03", "2021-03-04"}


def test_a_french_invoice() -> None:
    found = values(FRENCH)
    assert (found["total"], found["tax"], found["currency"], found["date"]) == (
        "1236.00",
        "206.00",
        "EUR",
        "2021-04-07",
    )


@pytest.mark.parametrize("drawn", [CAFE, DINER])
@pytest.mark.parametrize("degrees", [4, 90, 180])
def test_the_fields_are_the_same_on_turned_paper(drawn: list[TextLine], degrees: float) -> None:
    assert values(turned(drawn, degrees)) == values(drawn)


def test_glued_labels_and_values() -> None:
    found = values(
        column(
            "PASAR RIA ENTERPRISE",
            "Date:05-03-201919:02:50",
            "InvoiceNo.:PR0012345",
            "TotalAmount:RM12.40",
            "CashRM20.00",
            "ChangeRM7.60",
        )
    )
    assert (found["date"], found["invoice_number"], found["total"]) == ("2019-03-05", "PR0012345", "12.40")


def test_values_stand_where_they_were_read() -> None:
    receipt = read(CAFE)
    quads = {m.quad for m in CAFE}
    for name in ("merchant", "date", "total", "tax", "invoice_number"):
        field = receipt.field(name)
        assert field is not None
        assert field.quad in quads
        assert field.text


def test_what_was_paid_less_the_change_doubts_a_misread_total() -> None:
    receipt = read(
        column("KEDAI MURNI", "TAX INVOICE", ("Roti", "4.00"), ("Total", "4.80"), ("Cash", "10.00"), ("Change", "6.00"))
    )
    total = receipt.field("total")
    assert total is not None
    assert total.value == "4.00" or total.doubtful


def test_a_field_the_page_does_not_have_is_left_out() -> None:
    found = values(column("NORTH PIER KIOSK", ("Total", "£3.20")))
    assert set(found) <= {"merchant", "total", "currency"}
    assert found["total"] == "3.20"


def test_a_field_that_every_receipt_has_is_asked_for_where_it_was_not_found() -> None:
    receipt = read(column("NORTH PIER KIOSK", "RECEIPT", ("Total", "£3.20")))
    date = receipt.field("date")
    assert date is not None
    assert (date.value, date.doubtful, date.quad) == ("", True, None)
    assert receipt.needs_review
    assert receipt.field("invoice_number") is None
    assert read([]).needs_review  # nothing was read; a page that is known to be blank says so itself


@pytest.mark.parametrize("name", sorted(AMOUNT_FIELDS))
def test_amounts_are_decimal_strings_with_two_digits(name: str) -> None:
    assert values(CAFE)[name].rpartition(".")[2].isdigit()
    assert len(values(CAFE)[name].rpartition(".")[2]) == 2


def test_the_legal_name_is_taken_without_number_and_misread_letters() -> None:
    found = values(
        column("RED KITE B00KS SON BHD (445566-P)", "NO 4, JALAN SATU, 40000 SHAH ALAM", ("TOTAL", "RM 8.00"))
    )
    assert found["merchant"] == "RED KITE BOOKS SDN BHD"


def test_a_name_over_two_lines_is_joined() -> None:
    found = values(
        column(
            "SILVER BIRCH STATIONERY &",
            "PRINTING SDN BHD",
            "(112233-A)",
            "LOT 5, JALAN DUA, 50000 KUALA LUMPUR",
            ("TOTAL", "RM 8.00"),
        )
    )
    assert found["merchant"] == "SILVER BIRCH STATIONERY & PRINTING SDN BHD"


def test_the_tax_of_a_summary_is_that_of_all_rates() -> None:
    lines = column(
        "OLD MILL STORE SDN BHD",
        ("Total", "RM 758.70"),
        ("CASH", "760.00"),
        ("CHANGE", "1.30"),
        ("GST Summary", "Amount(RM)", "Tax(RM)"),
        ("SR 6%", "435.29", "26.12"),
        ("ZRL 0%", "297.29", "0.00"),
    )
    assert values(lines)["tax"] == "26.12"


def test_a_summary_may_say_that_there_is_no_tax() -> None:
    lines = column(
        "OLD MILL STORE SDN BHD", ("Total", "48.00"), ("GST Summary", "Amount", "Tax"), ("SR 0%", "48.00", "0.00")
    )
    assert values(lines)["tax"] == "0.00"


def test_a_summary_whose_heading_was_misread() -> None:
    lines = column(
        "OLD MILL STORE SDN BHD", ("Total", "106.00"), ("G5T Suemary", "Amount(RM)", "Tax(RM)"), ("S", "100.00", "6.00")
    )
    assert values(lines)["tax"] == "6.00"


@pytest.mark.parametrize(
    ("row", "currency"),
    [
        ("12 Elm Street, Portland, OR 97201", "USD"),
        ("Tel (503) 555-0148", "USD"),
        ("14 Elm Road, London SW1A 1AA", "GBP"),
        ("14 Elm Road, Toronto M5V 2T6", "CAD"),
        ("VAT DE123456789", "EUR"),
        ("GST ID: 001234567890", "MYR"),
    ],
)
def test_the_country_by_what_only_it_prints(row: str, currency: str) -> None:
    assert values(column("OLD MILL", row, ("Total", "12.00")))["currency"] == currency


def test_a_number_in_the_cell_beside_the_word_no() -> None:
    lines = column("OLD MILL", ("14/04/2018", "Tax Invoice"), ("No", "CS00233521"), ("Total", "12.00"))
    assert values(lines)["invoice_number"] == "CS00233521"


def test_total_excluding_tax_is_not_taken_for_a_word_of_another_language() -> None:
    lines = column("OLD MILL", ("Total (Excluding GST):", "97.60"), ("GST 6%", "5.86"), ("Total", "103.46"))
    assert (values(lines)["subtotal"], values(lines)["total"]) == ("97.60", "103.46")


def test_the_name_of_an_invoice_by_its_logo_and_web_address() -> None:
    lines = column(
        "Invoice number: 4711",
        "Page 1 of 1",
        "Due date: 2021-05-03",
        *(f"2021-04-0{n + 1} line of the bill" for n in range(9)),
        *(f"more of it {n} and 12{n}" for n in range(9)),
        ("Total", "$12.00"),
        "BlueHeron",
        "www.blueheron.com",
    )
    found = read(lines).field("merchant")
    assert found is not None
    assert "BlueHeron" in (found.value, *found.candidates)


def test_an_address_does_not_go_on_below_its_country() -> None:
    lines = column(
        "OLD MILL STORE SDN BHD",
        "(812345-K)",
        "No 8, Jalan 7/118B, Desa Melur",
        "56000 Kuala Lumpur, Malaysia",
        "MELUR POINT MALL",
        "Tel: 03-5555 1234",
    )
    assert values(lines)["address"] == "No 8, Jalan 7/118B, Desa Melur 56000 Kuala Lumpur, Malaysia"


@pytest.mark.parametrize("left", ["实付：", "实收：", "应收金额："])
def test_what_is_left_after_a_discount_is_the_total(left: str) -> None:
    rows = ("清风小馆", "单号：47370924", "日期：2026-03-11 14:13", ("毛血旺", "82.29"))
    found = values(column(*rows, ("合计：", "82.29"), ("优惠：", "-2.00"), (left, "80.29"), ("支付宝：", "80.29")))
    assert found["total"] == "80.29"


def test_a_branch_in_brackets_belongs_to_the_name_beside_it() -> None:
    found = values(
        [
            line(100, 20, "茶语时光", height=30),
            line(228, 20, "(滨江店)", height=30),
            *column("", "", "单号：0012", ("合计", "8.00")),
        ]
    )
    assert found["merchant"] == "茶语时光(滨江店)"


@pytest.mark.parametrize("label", ["收據號碼", "单据编号", "帳單號碼"])
def test_numbers_of_receipts_in_either_script_keep_their_letters(label: str) -> None:
    assert values(column("榮華冰室", f"{label}: INV982446", ("總計", "HK$44.60")))["invoice_number"] == "INV982446"


def test_a_bracket_that_the_next_line_closes_belongs_to_the_name() -> None:
    lines = column("OLD MILL HARDWARE ENTERPRISE (SETIA", "ALAM) SDN BHD", "(812345-K)", ("Total", "12.00"))
    assert values(lines)["merchant"] == "OLD MILL HARDWARE ENTERPRISE (SETIA ALAM) SDN BHD"
