"""The table of a VAT invoice: rows by the sum above which they stand, believed only where they make it."""

from __future__ import annotations

from paddlescan.document import Field, Item, TextLine
from paddlescan.extraction.documents.vat_items import find_items
from paddlescan.extraction.extract import look_at
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
