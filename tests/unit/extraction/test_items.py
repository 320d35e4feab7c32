"""Line items from receipts and invoices drawn by hand."""

from __future__ import annotations

import pytest

from paddlescan.document import Item, TextLine, quad_from
from tests.unit.extraction.drawing import column, line, read, turned

HEAD = ("OLD MILL STORE SDN BHD", "NO. 8, JALAN MELUR 3/2, 47100 PUCHONG", "Invoice No: OM-004512")


def table(
    *rows: tuple[str | None, ...], places: tuple[float, ...], step: float = 30, top: float = 200
) -> list[TextLine]:
    """Rows of cells whose left edges stand at these places; None leaves a cell out."""
    return [
        line(x, top + step * number, text)
        for number, row in enumerate(rows)
        for x, text in zip(places, row, strict=False)
        if text is not None
    ]


def items(lines: list[TextLine]) -> list[tuple[str, str | None, str | None, str | None]]:
    """The line items as plain tuples."""
    return [(i.description, i.quantity, i.unit_price, i.amount) for i in read(lines).items]


INVOICE = [
    *column("BLUE HERON LTD", "Invoice No: 2210"),
    *table(
        ("Description", "Qty", "Unit Price", "Amount"),
        ("Paper A4 80g", "3", "4.50", "13.50"),
        ("Stapler No. 10", "1", "12.00", "12.00"),
        ("Delivery to door", "2", "2.25", "4.50"),
        ("Subtotal", None, None, "30.00"),
        ("VAT 20%", None, None, "6.00"),
        ("Total", None, None, "36.00"),
        places=(40, 320, 400, 560),
    ),
]


def test_a_table_with_a_heading() -> None:
    assert items(INVOICE) == [
        ("Paper A4 80g", "3", "4.50", "13.50"),
        ("Stapler No. 10", "1", "12.00", "12.00"),
        ("Delivery to door", "2", "2.25", "4.50"),
    ]


@pytest.mark.parametrize("degrees", [90, 180, 270, -3])
def test_a_table_that_lies_turned(degrees: float) -> None:
    assert items(turned(INVOICE, degrees)) == items(INVOICE)


def test_the_amount_is_below_its_heading_where_other_figures_follow() -> None:
    lines = [
        *column(*HEAD),
        *table(
            ("Item", "Qty", "Price", "Amount", "Tax"),
            ("Green tea", "2", "3.00", "6.00", "0.36"),
            ("Rice", "1", "4.00", "4.00", "0.24"),
            ("Total", None, None, "10.00", None),
            ("CASH", None, None, "10.00", None),
            places=(40, 300, 380, 480, 600),
        ),
    ]
    assert items(lines) == [("Green tea", "2", "3.00", "6.00"), ("Rice", "1", "4.00", "4.00")]


def test_words_above_quantity_times_price() -> None:
    lines = column(
        *HEAD,
        "TAX INVOICE",
        ("EPOXY PUTTY", "*S"),
        "WA17 - 12/144",
        ("9555075106825", "1 X 8.50", "8.50"),
        ("DOOR GUARD", "*S"),
        "TJ12 - 10/100",
        ("9002148", "3 X 4.50", "13.50"),
        ("Item(s) : 2", "Qty(s) : 4"),
        ("Total Incl. GST@6%", "RM 22.00"),
        ("CASH", "RM 50.00"),
        ("CHANGE", "RM 28.00"),
    )
    assert items(lines) == [("EPOXY PUTTY", "1", "8.50", "8.50"), ("DOOR GUARD", "3", "4.50", "13.50")]


def test_words_below_the_amounts_and_a_discount() -> None:
    lines = column(
        *HEAD,
        "GST ID : 000123456789",
        ("1x 000000811101", "2.50SR"),
        "TAMAGO SET",
        ("DISC 30% @1.75", "-0.75"),
        ("2x 000000811102", "9.00SR"),
        "GREEN TEA",
        ("Sub-total", "10.75"),
        ("Total", "10.75"),
        ("CASH", "11.00"),
        ("Change", "0.25"),
    )
    assert items(lines) == [
        ("TAMAGO SET", "1", "2.50", "2.50"),
        ("DISC 30%", None, None, "-0.75"),
        ("GREEN TEA", "2", None, "9.00"),
    ]


def test_a_discount_without_a_minus_takes_away() -> None:
    lines = column(*HEAD, ("Nasi Lemak", "14.00"), ("Discount", "4.00"), ("Total", "10.00"))
    assert items(lines) == [("Nasi Lemak", None, None, "14.00"), ("Discount", None, None, "-4.00")]


def test_the_price_of_one_below_the_amount() -> None:
    lines = column(
        *HEAD,
        ("2838 MANDARIN ORANGES", "RM82.80 z"),
        "@6 X RM 13.80",
        ("2506 LOKAM", "RM5.00 z"),
        ("Total Sales RM", "87.80"),
        ("CHANGE RM", ".00"),
    )
    assert items(lines) == [("2838 MANDARIN ORANGES", "6", "13.80", "82.80"), ("2506 LOKAM", None, None, "5.00")]


def test_quantity_before_the_words() -> None:
    lines = column(*HEAD, ("2 x Nasi Lemak", "7.00", "14.00"), ("1 x Teh Tarik", "2.50", "2.50"), ("TOTAL", "16.50"))
    assert items(lines) == [("Nasi Lemak", "2", "7.00", "14.00"), ("Teh Tarik", "1", "2.50", "2.50")]


def test_a_chinese_shop_receipt() -> None:
    lines = [
        *column("天天便利店", "小票号: 20210003"),
        *table(
            ("品名", "数量", "单价", "金额"),
            ("矿泉水", "2", "3.50", "7.00"),
            ("面包", "1", "8.80", "8.80"),
            ("合计", None, None, "15.80"),
            ("实收", None, None, "20.00"),
            ("找零", None, None, "4.20"),
            places=(40, 260, 360, 460),
        ),
    ]
    assert items(lines) == [("矿泉水", "2", "3.50", "7.00"), ("面包", "1", "8.80", "8.80")]


def test_sums_between_the_items_are_none_of_them() -> None:
    lines = column(
        *HEAD,
        ("White bread", "6.39"),
        ("Wholemeal", "13.90"),
        ("Total 0% supplies:", "20.29"),
        ("Butter", "11.16"),
        ("Total 6% supplies:", "11.16"),
        ("Total Payable:", "31.45"),
    )
    assert [i.amount for i in read(lines).items] == ["6.39", "13.90", "11.16"]


def test_a_subtotal_that_was_misread_is_no_item() -> None:
    lines = column(*HEAD, ("Lamp", "20.00"), ("Frame", "17.55"), ("5ub 1 :al", "37.55"), ("TOTAL", "37.55"))
    assert [i.description for i in read(lines).items] == ["Lamp", "Frame"]


def test_items_that_do_not_add_up_are_left_out() -> None:
    assert items(column(*HEAD, ("Lamp", "20.00"), ("Frame", "17.55"), ("TOTAL", "99.10"))) == []


def test_items_that_prove_themselves_are_kept_without_a_total() -> None:
    lines = column(*HEAD, ("Lamp", "2 X 10.00", "20.00"), ("Frame", "3 X 5.85", "17.55"))
    assert [(i.description, i.quantity) for i in read(lines).items] == [("Lamp", "2"), ("Frame", "3")]


def test_rounding_of_cash_is_allowed_where_the_page_rounds() -> None:
    lines = column(*HEAD, ("Lamp", "20.02"), ("Frame", "17.55"), ("Rounding", "-0.02"), ("TOTAL", "RM 37.55"))
    assert [i.amount for i in read(lines).items] == ["20.02", "17.55"]


def test_a_page_without_items_has_none() -> None:
    assert read(column("OLD MILL STORE", "THANK YOU")).items == ()
    assert read([]).items == ()


def test_an_item_says_nothing_of_itself_in_logs() -> None:
    assert "Lamp" not in repr(Item("Lamp", "1", "2.00", "2.00"))


def test_the_total_itself_is_no_item() -> None:
    assert items(column(*HEAD, ("Total", "4.00"), ("Paid", "4.00"))) == []


def test_more_rows_than_a_receipt_has_give_no_items() -> None:
    assert items(column(*HEAD, *((f"Thing {n}", "1.00") for n in range(400)), ("TOTAL", "400.00"))) == []


def test_units_that_were_read_downwards_are_no_words_of_a_row() -> None:
    rows = (
        ("项目名称", "单位", "数量", "标准", "金额"),
        ("往来款", None, "1", "63.00", "63.00"),
        ("会议费", None, "2", "126.69", "253.38"),
        ("学费", None, "1", "110.00", "110.00"),
    )
    units = TextLine("元元元", 0.98, quad_from([(203, 232), (223, 232), (223, 312), (203, 312)]))
    lines = [*table(*rows, places=(40, 200, 300, 400, 500)), units, line(40, 400, "合计"), line(500, 400, "426.38")]
    assert [name for name, *_ in items(lines)] == ["往来款", "会议费", "学费"]


def test_items_that_make_the_net_do_not_speak_against_the_total() -> None:
    lines = column(
        *HEAD,
        ("Wheat bread", "9 X 2.13", "19.17"),
        ("Wholemeal", "6 X 2.78", "16.68"),
        ("Butter", "3 X 2.97", "8.91"),
        ("Twig", "10 X 1.33", "13.30"),
        ("GST:", "0.80"),
        ("Total Payable:", "58.86"),
    )
    receipt = read(lines)
    assert sum(float(item.amount or 0) for item in receipt.items) == pytest.approx(58.06)
    assert (receipt.value("total"), [c.name for c in receipt.checks if not c.passed]) == ("58.86", [])


def test_figures_of_the_next_columns_are_no_words() -> None:
    lines = column(*HEAD, ("CR-VANILLA 0.72 20 0 0 20", "14.40"), ("Butter", "1.00"), ("Total", "15.40"))
    assert items(lines)[0] == ("CR-VANILLA", "20", "0.72", "14.40")
