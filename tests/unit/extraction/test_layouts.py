"""A layout is one file, and an office adds its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paddlescan.errors import PatternsWrong
from paddlescan.extraction import documents, patterns
from paddlescan.extraction.layouts import layout_of, layouts
from paddlescan.extraction.own_patterns import use_own_patterns
from tests.unit.extraction.drawing import column, line, read, values

PARKING = """
kind: toll_receipt
expects: [date, total]
words: {停车缴费凭证: 6, 车场: 2}
fields:
  total: {labels: [实缴], value: amount}
  invoice_number:
    - {labels: [凭证编号], value: "A9{6}"}
  merchant: {labels: [车场名称], value: name}
  date: {labels: [离场], value: date}
"""
TICKET = column(
    "停车缴费凭证",
    ("车场名称：", "云山广场地下停车场"),
    ("凭证编号：", "K 204815"),
    "入场：2026-03-04 08:11",
    "离场：2026-03-05 10:40",
    ("应缴", "30.00"),
    ("实缴", "25.00"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Path]:
    """A folder of own words, out of use again afterwards."""
    (tmp_path / "kinds").mkdir()
    yield tmp_path
    patterns.use(None)
    layouts.cache_clear()


def test_an_offices_layout_is_one_file(office: Path) -> None:
    (office / "kinds" / "parking.yaml").write_text(PARKING, "utf-8")
    use_own_patterns(office)
    receipt = read(TICKET)
    assert receipt.kind == "toll_receipt"
    found = values(TICKET)
    assert (found["total"], found["date"]) == ("25.00", "2026-03-05")
    assert (found["invoice_number"], found["merchant"]) == ("K204815", "云山广场地下停车场")


def test_own_words_come_on_top_of_the_bundled_ones(office: Path) -> None:
    page = [line(40, 40, "Zahlemann 7.50"), line(40, 80, "Total 9.00")]
    assert values(page)["total"] == "9.00"
    (office / "labels.yaml").write_text("tokens: {payable: [zahlemann]}", "utf-8")
    use_own_patterns(office)
    from paddlescan.extraction.labels import find_labels

    find_labels.cache_clear()
    assert find_labels("Zahlemann")[0].tokens == {"payable"}
    assert find_labels("Grand total")[0].tokens >= {"payable"}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("labels.yaml", "tokens:\n  a: ]", "labels.yaml is no YAML in line 2"),
        ("labels.yaml", "tokens: [a]", "labels.yaml: a mapping is wanted there"),
        ("weights.yaml", "total: {bias: heavy}", "mapping or a list"),
        ("doubt.yaml", "all: {bias: heavy}", "mapping or a list"),
        ("items.yaml", "columns: {amount: [{a: b}], quantity: 3}", "items.yaml: a list is wanted there"),
        ("currencies.yaml", "shapes: {MY: ['(']}", "currencies.yaml: '('"),
        ("currencies.yaml", "shapes: {Utopia: [U]}", "shapes of Utopia"),
        ("merchants.yaml", "misreads: {Ltd: 7}", "mapping or a list"),
        ("kinds/x.yaml", "kind: spaceship\nwords: {a: 1}", "x: `kind` is one of receipt"),
        ("kinds/x.yaml", "kind: receipt", "x: wants `kind` and `words`"),
        ("kinds/x.yaml", "kind: receipt\nwords: {a: lots}", "whole number"),
        ("kinds/x.yaml", "kind: receipt\nwords: {a: 1}\nfeilds: {}", "x: does not know feilds"),
        ("kinds/x.yaml", "kind: receipt\nwords: {a: 1}\nexpects: [colour]", "colour is no field"),
        ("kinds/x.yaml", "kind: receipt\nwords: {a: 1}\nmodule: os", "no module os"),
        ("kinds/x.yaml", "kind: receipt\nwords: {a: 1}\nmodule: vat_items", "proposes nothing"),
        ("kinds/x.yaml", "kind: receipt\nwords: {a: 1}\nfields: {total: {labels: [b]}}", "wants `labels`"),
        ("kinds/x.yaml", "kind: receipt\nwords: {a: 1}\nfields: {total: {labels: [b], value: '9{'}}", "the shape"),
        ("kinds/x.yaml", "kind: receipt\nwords: {a: 1}\nweights: {total: {b: c}}", "`weights` are numbers"),
    ],
)
def test_a_slip_in_a_file_is_told(office: Path, name: str, text: str, says: str) -> None:
    (office / name).write_text(text, "utf-8")
    with pytest.raises(PatternsWrong) as refused:
        use_own_patterns(office)
    assert says in str(refused.value)
    assert values(column(("TOTAL", "9.00")))["total"] == "9.00"


def test_a_file_that_is_not_utf8_is_told(office: Path) -> None:
    (office / "labels.yaml").write_bytes("tokens: {payable: [应付]}".encode("gbk"))
    with pytest.raises(PatternsWrong, match="UTF-8"):
        use_own_patterns(office)


def test_a_layout_says_what_it_is() -> None:
    data: dict[str, Any] = {"kind": "receipt", "words": {"Kassen-Bon": 3}}
    layout = layout_of("bon", data)
    assert (layout.name, layout.words, layout.expects) == ("bon", (("kassenbon", 3),), ("date", "total"))


def test_every_bundled_layout_can_be_understood() -> None:
    assert {layout.kind for layout in layouts()} >= {"receipt", "invoice", "vat_invoice", "taxi_receipt"}
    for layout in layouts():
        documents.module_of(layout)
