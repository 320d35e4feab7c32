"""The table of a VAT invoice: rows by the sum above which they stand, believed only where they make it."""

from __future__ import annotations

import pytest

from paddlescan.document import Field, Item, TextLine
from paddlescan.extraction.documents.vat_items import find_items
from paddlescan.extraction.extract import look_at
from paddlescan.extraction.items import find_items as items_of_any_page
from tests.unit.extraction.drawing import TODAY, line, read

COLUMNS = {"name": 40, "quantity": 420, "price": 520, "amount": 700, "rate": 800, "tax": 900}


def invoice(*rows: tuple[str, str, str, str], net: str, tax: str, total: str) -> list[TextLine]:
    """An invoice with rows of name, quantity, price and amount."""
    lines = [
        line(300, 20, "浙江增值税电子普通发票", height=30),
        line(60, 100, "名称：北京晴川科技有限公司"),
        line(60, 160, "项目名称"),
        line(420, 160, "数量"),
        line(540, 160, "单价"),
    ]
    y = 200.0
    for name, *figures in rows:
        lines.append(line(COLUMNS["name"], y, name))
        for place, value in zip(("quantity", "price", "amount"), figures, strict=True):
            if value:
                right = COLUMNS[place] + 80
                lines.append(line(right - 10 * len(value), y, value))
        if figures[-1]:
            lines.append(line(COLUMNS["rate"], y, "6%"))
        y += 30
    lines += [line(90, y + 30, "合"), line(200, y + 30, "计")]
    lines += [line(780 - 10 * (len(net) + 1), y + 30, f"¥{net}"), line(980 - 10 * len(tax), y + 30, tax)]
    lines += [line(60, y + 70, "价税合计（大写）"), line(600, y + 70, f"（小写）¥{total}")]
    return [*lines, line(60, y + 110, "名称：杭州云栖餐饮管理有限公司")]


def test_names_that_go_on_discounts_and_rows_without_a_price() -> None:
    lines = invoice(
        ("*餐饮服务*餐费", "2", "50.00", "100.00"),
        ("*印刷品*投资项目可行性分析与", "1", "44.00", "44.00"),
        ("案例解析（第3版）", "", "", ""),
        ("*印刷品*投资项目可行性分析与", "", "", "-4.00"),
        ("*现代服务*会议服务费", "", "", "60.00"),
        net="200.00",
        tax="12.00",
        total="212.00",
    )
    assert read(lines).items == (
        Item("*餐饮服务*餐费", "2", "50.00", "100.00"),
        Item("*印刷品*投资项目可行性分析与案例解析（第3版）", "1", "44.00", "44.00"),
        Item("*印刷品*投资项目可行性分析与", None, None, "-4.00"),
        Item("*现代服务*会议服务费", None, None, "60.00"),
    )


def test_a_quantity_that_was_lost_follows_from_price_and_amount() -> None:
    lines = invoice(("*水果*苹果", "", "8.65", "43.25"), net="43.25", tax="2.60", total="45.85")
    assert read(lines).items == (Item("*水果*苹果", "5", "8.65", "43.25"),)


def test_a_price_of_many_digits() -> None:
    lines = invoice(("*印刷品*书", "3", "33.333333", "100.00"), net="100.00", tax="6.00", total="106.00")
    assert read(lines).items == (Item("*印刷品*书", "3", "33.333333", "100.00"),)


def test_a_price_that_was_rounded() -> None:
    lines = invoice(("*印刷品*书", "10", "173.27", "1732.68"), net="1732.68", tax="103.96", total="1836.64")
    assert read(lines).items == (Item("*印刷品*书", "10", "173.27", "1732.68"),)


def test_a_table_whose_amounts_do_not_make_the_sum_is_not_believed() -> None:
    lines = invoice(("*水果*苹果", "1", "40.00", "40.00"), net="43.25", tax="2.60", total="45.85")
    assert read(lines).items == ()


def test_an_invoice_free_of_tax_has_stars_and_no_tax() -> None:
    receipt = read(invoice(("*印刷品*书", "1", "35.50", "35.50"), net="35.50", tax="***", total="35.50"))
    found = {f.name: f.value for f in receipt.fields}
    assert (found["subtotal"], found["total"]) == ("35.50", "35.50")
    assert "tax" not in found
    assert receipt.items == (Item("*印刷品*书", "1", "35.50", "35.50"),)


def test_an_invoice_that_takes_another_back_is_negative() -> None:
    receipt = read(invoice(("*餐饮服务*餐费", "-1", "50.00", "-50.00"), net="-50.00", tax="-3.00", total="-53.00"))
    found = {f.name: f.value for f in receipt.fields}
    assert (found["subtotal"], found["tax"], found["total"]) == ("-50.00", "-3.00", "-53.00")
    assert [item.amount for item in receipt.items] == ["-50.00"]


def test_a_price_of_any_length_beside_an_amount_of_nothing() -> None:
    endless = "1" + ",000" * 12
    lines = invoice(("*餐*", "", endless, "0.00"), net="0.00", tax="0.00", total="0.00")
    lines.append(line(95, 200, "0"))
    (item,) = find_items(look_at(lines, TODAY), [Field("subtotal", "0.00")])
    assert item.amount == "0.00"


PLACES = (60, 560, 660, 760, 880, 1000, 1100)
HEADINGS = ("项目名称", "单位", "数量", "单价", "金额", "税率", "税额")


def one_page(first: int, last: int, *sums: tuple[str, str, str], headed: bool = True) -> list[TextLine]:
    """A page of an invoice of several: rows that cost 200.00 each, tax 26.00, below them sums with net and tax."""
    lines = [
        line(620, 20, "电子发票（增值税专用发票）", height=30),
        line(60, 100, "购买方名称：北京晴川科技有限公司"),
        line(660, 100, "销售方名称：杭州云栖办公用品有限公司"),
    ]
    if headed:
        lines += [line(x, 150, word) for x, word in zip(PLACES, HEADINGS, strict=True)]
    y = 190.0
    for number in range(first, last):
        texts = (f"*纸制品*复印纸A{number}", "箱", "2", "100.00", "200.00", "13%", "26.00")
        lines += [line(x, y, text) for x, text in zip(PLACES, texts, strict=True)]
        y += 30
    for word, net, tax in sums:
        y += 30
        lines += [line(60, y, word), line(880, y, f"¥{net}"), line(1100, y, f"¥{tax}")]
    return lines


def papers(first: int, last: int) -> tuple[Item, ...]:
    return tuple(Item(f"*纸制品*复印纸A{number}", "2", "100.00", "200.00") for number in range(first, last))


def test_a_first_page_has_its_own_sum() -> None:
    receipt = read(one_page(1, 9, ("小计", "1600.00", "208.00")))
    assert receipt.items == papers(1, 9)
    assert (receipt.value("subtotal"), receipt.value("tax")) == ("1600.00", "208.00")
    (check,) = [check for check in receipt.checks if check.fact("items")]
    assert (check.name, check.passed, check.fact("items")) == ("items_add_up_to_subtotal", True, "1600.00")


def test_a_last_page_has_its_own_sum_and_that_of_all_pages() -> None:
    lines = one_page(9, 12, ("小计", "600.00", "78.00"), ("合计", "2200.00", "286.00"))
    receipt = read([*lines, line(60, 420, "价税合计（大写）"), line(800, 420, "（小写）¥2486.00")])
    assert receipt.items == papers(9, 12)
    assert receipt.value("subtotal") == "2200.00"


def test_a_last_page_with_only_the_sum_of_all_pages() -> None:
    lines = one_page(9, 12, ("合计", "2200.00", "286.00"))
    receipt = read([*lines, line(60, 420, "价税合计（大写）"), line(800, 420, "（小写）¥2486.00")])
    assert receipt.items == papers(9, 12)


@pytest.mark.parametrize("headed", [True, False])
def test_taxes_are_no_amounts_whatever_they_add_up_to(headed: bool) -> None:
    page = look_at(one_page(1, 9, ("小计", "1600.00", "208.00"), headed=headed), TODAY)
    for fields in ([Field("subtotal", "208.00")], [Field("total", "208.00")]):
        for items in (find_items(page, fields), items_of_any_page(page, [*fields, Field("tax", "26.00")])):
            assert [item.amount for item in items] in ([], ["200.00"] * 8)
