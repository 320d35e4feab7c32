"""A misread character is put right where another witness on the page allows one value, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.document import Field, Receipt, TextLine
from paddlescan.extraction.checks import check
from paddlescan.extraction.extract import look_at
from paddlescan.extraction.repairs import is_misread
from paddlescan.extraction.rules.uscc import meant_by, organisation_is_right, region_is_known
from paddlescan.words import check_sentence
from tests.unit.extraction.drawing import TODAY, line, read
from tests.unit.extraction.test_documents import TAXI, VAT

SELLER, BUYER = "91320500MA9HGFED2U", "91320100MA1ABCDE85"


def with_text(lines: list[TextLine], old: str, new: str, confidence: float | None = None) -> list[TextLine]:
    """The page with a piece of its print read otherwise."""
    assert any(old in m.text for m in lines)
    return [
        replace(m, text=m.text.replace(old, new), confidence=confidence or m.confidence) if old in m.text else m
        for m in lines
    ]


def field(receipt: Receipt, name: str) -> Field:
    found = receipt.field(name)
    assert found is not None
    return found


def repaired(receipt: Receipt) -> dict[str, str]:
    return {f.name: f.value for f in receipt.fields if f.origin == "check"}


def unrelated(lines: list[TextLine], *texts: str) -> list[TextLine]:
    """The page without the lines that hold one of these texts."""
    return [m for m in lines if not any(text in m.text for text in texts)]


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        (SELLER.replace("0", "O", 1), SELLER),
        (SELLER.replace("91320500", "913205OO"), SELLER),
        (SELLER.replace("500", "S00"), SELLER),
        (SELLER.replace("91320", "9I320"), SELLER),
        (SELLER.replace("05", "85"), SELLER),
        (SELLER.replace("D2U", "DZU"), SELLER),
        ("91511422MA62J75P9H".replace("MA62", "MA82"), "91511422MA62J75P9H"),
        ("914403003597744087".replace("4403", "4483"), "914403003597744087"),
    ],
)
def test_a_tax_number_by_its_check_digits(read_as: str, right: str) -> None:
    receipt = read(with_text(VAT, SELLER, read_as))
    mended = field(receipt, "seller_tax_id")
    assert (mended.value, mended.origin, mended.doubtful) == (right, "check", False)
    assert mended.text is not None
    assert read_as in mended.text
    assert mended.candidates[0] == read_as
    assert mended.quad in {m.quad for m in VAT}
    (told,) = [c for c in receipt.checks if c.name == "seller_tax_id_check_digit"]
    assert told.passed
    assert told.detail.endswith(f"Seller tax ID was read as {read_as} and set right to {right}")
    assert read_as in check_sentence(told, "zh")


@pytest.mark.parametrize(
    "read_as",
    [
        SELLER.replace("HG", "KG"),  # nobody takes an H for a K
        SELLER.replace("91320500", "81329500"),  # two wrong digits
        SELLER[:-1] + "W",  # the check character itself: no digit of the number looks like another that would fit
    ],
)
def test_a_tax_number_that_nothing_proves_is_left_and_doubtful(read_as: str) -> None:
    receipt = read(with_text(VAT, SELLER, read_as))
    left = field(receipt, "seller_tax_id")
    assert (left.value, left.origin, left.doubtful) == (read_as, "ocr", True)
    assert [c.name for c in receipt.checks if not c.passed] == ["seller_tax_id_check_digit"]
    assert not field(receipt, "buyer_tax_id").doubtful


def test_the_organisation_number_within_has_a_check_character_of_its_own() -> None:
    assert organisation_is_right("MA9HGFED2")
    assert organisation_is_right("192478382")
    assert not organisation_is_right("192478383")
    assert not organisation_is_right("19247838")
    assert not organisation_is_right("")
    assert not organisation_is_right("１９２４７８３８２")


def test_regions_are_known_today_or_once() -> None:
    assert all(map(region_is_known, ("320500", "440300", "310115", "110103", "100000")))
    assert not any(map(region_is_known, ("328500", "990000", "000000")))


def test_a_text_of_many_letters_is_no_such_code() -> None:
    assert meant_by("91320500MA9HGFED2U".replace("0", "O").replace("5", "S")) is None
    assert meant_by("9132O5OOMA9HGFED2U") == "91320500MA9HGFED2U"
    assert meant_by("ABCDEFGHJKLMNPQRTU") is None


PLAIN_VAT = unrelated(VAT, "200.00", "12.00")
"""An invoice of which no net and tax were read."""


@pytest.mark.parametrize(
    ("read_as", "value"),
    [("￥272.00", "212.00"), ("￥212.88", "212.00"), ("￥218.00", "218.00"), ("￥812.00", "812.00")],
)
def test_a_total_by_its_amount_in_capitals(read_as: str, value: str) -> None:
    total = field(read([*PLAIN_VAT, line(690, 460, "（小写）" + read_as)]), "total")
    assert total.value == value
    assert total.doubtful, "left as read, or put right: a person should see it"
    assert "212.00" in (total.value, *total.candidates)


@pytest.mark.parametrize("read_as", ["￥272.00", "￥212.88", "￥242.80"])
def test_a_repaired_total_keeps_what_was_read(read_as: str) -> None:
    fields = (Field("total", read_as[1:], f"（小写）{read_as}", 0.9, doubtful=True, candidates=("1.00", "212.00")),)
    page = look_at(unrelated(VAT, "200.00", "12.00", "小写"), TODAY)
    (total,), checks = check(page, fields)
    assert (total.value, total.origin, total.doubtful) == ("212.00", "check", True)
    assert (total.text, total.candidates) == (f"（小写）{read_as}", (read_as[1:], "1.00"))
    (told,) = [c for c in checks if c.name == "amount_in_capitals_is_total"]
    assert told.detail.endswith(f"Total was read as {read_as[1:]} and set right to 212.00")


@pytest.mark.parametrize("read_as", ["9540.00", "21.20", "347.10", "2120.0", "812.00"])
def test_a_total_that_is_no_misreading_of_the_capitals_is_left_and_doubtful(read_as: str) -> None:
    page = look_at(unrelated(VAT, "200.00", "12.00", "小写"), TODAY)
    (total,), checks = check(page, (Field("total", read_as, read_as, 0.95),))
    assert (total.value, total.origin, total.doubtful) == (read_as, "ocr", True)
    assert [c.name for c in checks if not c.passed] == ["amount_in_capitals_is_total"]


def test_capitals_that_were_read_badly_repair_nothing() -> None:
    lines = unrelated(VAT, "200.00", "12.00", "小写")
    badly = look_at([replace(m, confidence=0.8) if "圆整" in m.text else m for m in lines], TODAY)
    (total,), checks = check(badly, (Field("total", "272.00", "¥272.00", 0.95),))
    assert (total.value, total.doubtful) == ("272.00", False)
    assert "amount_in_capitals_is_total" not in {c.name for c in checks}


def test_net_and_tax_bear_capitals_out_where_the_figure_looks_like_nothing() -> None:
    page = look_at(unrelated(VAT, "小写"), TODAY)
    fields, _ = check(page, sums("200.00", "12.00", "812.00"))
    assert {f.name: f.value for f in fields if f.origin == "check"} == {"total": "212.00"}


def sums(net: str, tax: str, total: str, **origins: str) -> tuple[Field, ...]:
    values = {"subtotal": net, "tax": tax, "total": total}
    return tuple(Field(name, v, v, 0.9, origin=origins.get(f"from_{name}", "ocr")) for name, v in values.items())  # type: ignore[arg-type]


BARE = look_at([line(40, 40, "STONEBRIDGE TOOLS LTD"), line(40, 80, "TAX INVOICE"), line(40, 120, "London")], TODAY)


@pytest.mark.parametrize(
    ("amounts", "right"),
    [
        (("200.00", "12.00", "218.00"), None),  # 2 and 8 are not taken for each other
        (("200.00", "12.00", "272.00"), {"total": "212.00"}),
        (("280.00", "12.00", "212.00"), {"subtotal": "200.00"}),
        (("200.00", "72.00", "212.00"), {"tax": "12.00"}),
        (("150.00", "30.00", "188.00"), {"total": "180.00"}),
        (("150.00", "30.00", "180.00"), {}),
        (("150.00", "31.37", "181.97"), None),  # no usual rate
        (("150.00", "0.00", "158.00"), None),
        (("180.00", "18.00", "118.00"), {"subtotal": "100.00"}),
    ],
)
def test_one_of_three_amounts_by_the_other_two(amounts: tuple[str, str, str], right: dict[str, str] | None) -> None:
    fields, _ = check(BARE, sums(*amounts))
    assert {f.name: f.value for f in fields if f.origin == "check"} == (right or {})
    if right is None:
        assert [f.value for f in fields] == list(amounts)


@pytest.mark.parametrize(
    ("amounts", "right"),
    [
        (("4.60", "0.28", "9.90"), {}),  # 4.90, or a net of 9.60
        (("6.00", "0.36", "6.56"), {"total": "6.36"}),  # not every shop rounds
        (("7.98", "0.47", "8.35"), {}),  # 7.88 or 7.90
        (("16.50", "0.99", "17.58"), {}),  # 17.50, or a net of 16.59
        (("16.50", "0.99", "77.50"), {"total": "17.50"}),
    ],
)
def test_where_sums_are_rounded_the_coins_have_a_say(amounts: tuple[str, str, str], right: dict[str, str]) -> None:
    fields, _ = check(look_at([line(40, 40, "OLD MILL CAFE SDN BHD"), line(40, 80, "SELANGOR")], TODAY), sums(*amounts))
    assert {f.name: f.value for f in fields if f.origin == "check"} == right


def test_what_stands_on_the_page_twice_or_is_said_to_be_missing_is_no_misreading() -> None:
    shop = [line(40, 40, "STONEBRIDGE TOOLS LTD"), line(40, 80, "TAX INVOICE")]
    wrong = sums("200.00", "12.00", "272.00")
    twice = look_at([*shop, line(400, 120, "272.00"), line(400, 160, "272.00")], TODAY)
    explained = look_at([*shop, line(40, 120, "Delivery"), line(400, 120, "60.00")], TODAY)
    for page in (twice, explained):
        fields, _ = check(page, wrong)
        assert [f.value for f in fields] == ["200.00", "12.00", "272.00"]


@pytest.mark.parametrize("origin", ["user", "qr", "xml", "pdf_text", "check"])
def test_only_what_was_recognised_is_repaired(origin: str) -> None:
    fields, _ = check(BARE, sums("200.00", "12.00", "272.00", from_total=origin))
    assert [f.value for f in fields] == ["200.00", "12.00", "272.00"]
    vat = look_at(unrelated(VAT, "200.00", "12.00", "小写"), TODAY)
    typed = Field("total", "218.00", "218.00", 0.9, origin=origin)  # type: ignore[arg-type]
    number = Field("seller_tax_id", SELLER.replace("05", "85"), origin=origin)  # type: ignore[arg-type]
    day = Field("date", "2028-06-18", "2028年06月18日", origin=origin)  # type: ignore[arg-type]
    code = Field("invoice_code", "032002300111", "032002300111")
    fields, _ = check(vat, (typed, number, day, code))
    assert [f.value for f in fields] == ["218.00", number.value, "2028-06-18", code.value]


def taxi(fare: str = "¥38.00元", confidence: float = 0.9, day: str = "2025年03月09日") -> Receipt:
    return read(with_text(with_text(TAXI, "¥38.00元", fare, confidence), "2025年03月09日", day))


@pytest.mark.parametrize(
    ("fare", "value", "repaired"),
    [
        ("¥88.00元", "38.00", True),  # 08.00 is no price, 68.00 too much
        ("¥81.50元", "31.50", True),
        ("¥39.00元", "39.00", False),
        ("¥98.00元", "48.00", True),
        ("¥33.58元", "33.50", True),  # no meter counts hundredths
        ("¥52.00元", "52.00", False),  # a little more than is usual
    ],
)
def test_a_fare_by_its_distance(fare: str, value: str, repaired: bool) -> None:
    receipt = taxi(fare)
    total = field(receipt, "total")
    assert (total.value, total.origin) == (value, "check" if repaired else "ocr")
    assert total.doubtful or not repaired, "a likely price is less than a proof"
    told = [c.detail for c in receipt.checks if c.name == "fare_fits_distance"]
    assert any("was read as" in detail for detail in told) is repaired


def test_a_fare_with_hundredths_that_could_be_several_is_left_and_doubtful() -> None:
    for fare in ("38.88", "33.57"):  # 38.80, 38.00, 30.80, 30.00; and none
        total = field(taxi(f"¥{fare}元"), "total")
        assert (total.value, total.origin, total.doubtful) == (fare, "ocr", True)


def test_a_fare_that_was_read_with_certainty_is_believed() -> None:
    page = look_at(TAXI, TODAY)
    for confidence, value in ((0.99, "81.50"), (0.9, "31.50")):
        (total,), _ = check(page, (Field("total", "81.50", "¥81.50元", confidence),))
        assert total.value == value


@pytest.mark.parametrize(
    ("day", "code", "value", "doubtful"),
    [
        ("2029年03月09日", "131002360517", "2024-03-09", False),
        ("2027年03月09日", "131002360517", "2024-03-09", False),
        ("2028年03月09日", "131002160517", "2023-03-09", False),
        ("2028年03月09日", "131001860517", None, True),  # 2020 or 2023
        ("2029年03月09日", "131002560517", None, True),  # 2024 is too early for this code
    ],
)
def test_a_year_in_the_future_by_the_year_of_the_code(day: str, code: str, value: str | None, doubtful: bool) -> None:
    receipt = read(with_text(with_text(TAXI, "2025年03月09日", day), "131002260517", code))
    date = field(receipt, "date")
    assert date.doubtful is doubtful
    if value is not None:
        assert (date.value, date.text, date.origin) == (value, day, "check")
        assert any("was read as 202" in c.detail for c in receipt.checks)


def test_the_number_of_a_digital_invoice_says_the_year() -> None:
    page = look_at(unrelated(VAT, "发票代码", "开票日期"), TODAY)
    number = Field("invoice_number", "24322000000012345678", "24322000000012345678")
    day = Field("date", "2029-06-18", "2029年06月18日", 0.9, doubtful=True)
    fields, checks = check(page, (number, day))
    assert fields[1].value == "2024-06-18"
    assert next(c for c in checks if c.name == "invoice_number_fits_date").passed


def test_misreadings_are_of_one_length_and_by_look_alikes() -> None:
    assert is_misread("18.80", "10.00")
    assert is_misread("81.50", "31.50")
    assert not is_misread("10.00", "10.00")
    assert not is_misread("10.00", "110.00")
    assert not is_misread("20.00", "80.00")


amounts = st.decimals(min_value=1, max_value=10**6, places=2)


@settings(max_examples=150, deadline=None)
@given(
    amounts, st.sampled_from([1, 3, 6, 9, 13, 20]), st.sampled_from([BARE, look_at(VAT, TODAY), look_at(TAXI, TODAY)])
)
def test_a_receipt_whose_checks_pass_is_never_changed(net: object, rate: int, page: object) -> None:
    value = round(float(str(net)), 2)
    tax = round(value * rate / 100, 2)
    first = (
        *sums(f"{value:.2f}", f"{tax:.2f}", f"{round(value + tax, 2):.2f}"),
        Field("seller_tax_id", SELLER),
        Field("buyer_tax_id", BUYER),
        Field("date", "2024-06-18", "2024年06月18日"),
        Field("invoice_code", "032001900111"),
    )
    fields, checks = check(page, first)  # type: ignore[arg-type]
    if all(c.passed for c in checks):
        assert [f.value for f in fields] == [f.value for f in first]
    again, same = check(page, fields)  # type: ignore[arg-type]
    assert [f.value for f in again] == [f.value for f in fields], "a repair is made once"
    assert [c.passed for c in same] == [c.passed for c in checks]


def test_a_repair_is_told_by_the_check_that_proved_it_and_no_other() -> None:
    wrong = SELLER.replace("0", "O", 1) if "0" in SELLER else SELLER[:-1]
    page = look_at(unrelated(VAT, "200.00", "12.00", "小写"), TODAY)
    _, checks = check(page, (Field("seller_tax_id", wrong, wrong), Field("buyer_tax_id", BUYER, BUYER)))
    told = [c.name for c in checks if "set right" in c.detail]
    assert told == ["seller_tax_id_check_digit"]
