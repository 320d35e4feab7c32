"""Electronic originals as receipts: every field exactly, with its place, and never an exception."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paddlescan.document import Entry, Kind, Limits, Original, Receipt
from paddlescan.extraction.originals import receipt_of
from paddlescan.imaging.loading import load_page
from tests.samples import originals
from tests.samples.ofd_writer import ofd_parts, zipped
from tests.unit.extraction.drawing import TODAY, column


def read(data: bytes) -> Receipt:
    page = load_page(io.BytesIO(data), "a", 1, Limits())
    assert page.original is not None
    height, width = page.pixels.shape[:2]
    return receipt_of(page.original, page.text, width, height, TODAY)


CASES: dict[str, tuple[bytes, dict[str, str], Kind]] = {
    "fully digital, XML": (originals.digital_xml(), originals.DIGITAL, "vat_invoice"),
    "fully digital, OFD": (originals.digital_ofd(), originals.DIGITAL, "vat_invoice"),
    "older, XML": (originals.vat_xml(), originals.VAT, "vat_invoice"),
    "older, OFD": (originals.vat_ofd(), originals.VAT, "vat_invoice"),
    "older, OFD, tags only": (originals.vat_ofd(attach=False), originals.VAT, "vat_invoice"),
    "public body, XML": (originals.fiscal_xml(), originals.FISCAL, "nontax_receipt"),
    "railway, XML": (originals.railway_xml(), originals.RAILWAY, "train_ticket"),
    "railway, OFD": (originals.railway_ofd(), originals.RAILWAY, "train_ticket"),
}


@pytest.mark.parametrize("case", CASES)
def test_every_field_is_exact(case: str) -> None:
    data, truth, kind = CASES[case]
    receipt = read(data)
    said = [field for field in receipt.fields if field.name != "category"]
    assert {f.name: f.value for f in said} == truth
    assert {(f.origin, f.confidence, f.doubtful) for f in said} == {("xml", 1.0, False)}
    assert (receipt.kind, receipt.language) == (kind, "zh")
    assert receipt.checks
    assert all(check.passed for check in receipt.checks)
    assert not receipt.needs_review


@pytest.mark.parametrize("case", ["fully digital, XML", "older, OFD", "railway, XML"])
def test_fields_stand_where_they_are_drawn(case: str) -> None:
    receipt = read(CASES[case][0])
    places = {line.quad for line in receipt.lines}
    for field in receipt.fields:
        assert field.name == "currency" or field.quad in places, field.name


def test_a_value_within_another_is_not_its_place() -> None:
    """The tax of 24.00 does not stand in the total of 424.00."""
    tax = read(originals.digital_ofd()).field("tax")
    assert tax is not None
    assert tax.quad is None


def test_line_items() -> None:
    items = read(originals.digital_xml()).items
    assert [(i.description, i.quantity, i.unit_price, i.amount) for i in items] == [
        ("*餐饮服务*餐费", "2", "150", "300.00"),
        ("*餐饮服务*酒水", "1", "100", "100.00"),
    ]
    assert [i.amount for i in read(originals.vat_ofd()).items] == ["400.00"]
    assert [(i.description, i.amount) for i in read(originals.fiscal_xml()).items] == [("专利年费", "90.00")]


@pytest.mark.parametrize(("case", "name"), [("fully digital, XML", "meals"), ("railway, OFD", "transport")])
def test_the_category_is_proposed_as_on_paper(case: str, name: str) -> None:
    assert read(CASES[case][0]).value("category") == name


def test_a_toll_invoice_is_told_by_its_car() -> None:
    toll = "<SpecificInformation><Toll><PlateNumber>浙A00000</PlateNumber></Toll></SpecificInformation>"
    assert read(originals.digital_xml(toll)).kind == "toll_receipt"


def test_an_ofd_that_only_draws_gives_its_fields_by_its_text() -> None:
    receipt = read(originals.drawn_ofd())
    for name in ("date", "total", "invoice_number", "invoice_code", "subtotal", "tax", "merchant"):
        field = receipt.field(name)
        assert field is not None
        assert (field.value, field.origin) == (originals.VAT[name], "pdf_text"), name


def test_the_head_of_the_file_helps_where_nothing_else_is_told() -> None:
    data = {"发票代码": "033002600111", "发票号码": "58213407", "合计金额": "400.00", "合计税额": "24.00",
            "开票日期": "2026年06月08日", "校验码": "70316 52948 11067 28354"}  # fmt: skip
    receipt = read(originals.vat_ofd(attach=False, tag=False, data=data))
    found = {f.name: (f.value, f.origin) for f in receipt.fields}
    assert found["check_code"] == ("70316529481106728354", "xml")
    assert found["total"] == ("424.00", "pdf_text"), "which the head does not have"


def test_a_voucher_of_an_unknown_kind_is_taken_by_its_text() -> None:
    page, _ = originals.vat_page()
    voucher = originals.railway_xml().decode().split("<rai:")[0] + "<rai:Unknown>1</rai:Unknown></xbrl>"
    receipt = read(zipped(ofd_parts([page], {"new.xml": voucher.encode()}, pictures={"78": b""})))
    assert receipt.kind == "vat_invoice"
    for name in ("invoice_number", "total", "tax", "seller_tax_id"):
        assert receipt.value(name) == originals.VAT[name]


def test_sums_that_do_not_come_out_are_for_a_person() -> None:
    wrong = originals.digital_xml().replace(b"<TotalTaxAm>24.00", b"<TotalTaxAm>25.00")
    receipt = read(wrong)
    assert receipt.needs_review
    assert receipt.value("tax") == "25.00", "it is what the issuer wrote"


_PATHS = (
    *("EInvoice/Header/EIid", "EInvoice/EInvoiceData/BasicInformation/TotalTaxAm", "xbrl/Fare", "xbrl/TravelDate", ""),
    *("EInvoice/IssuItemInformation[2]/Amount", "a/IssuItemInformation/ItemName", "CustomDatas/开票日期"),
)
_paths = st.sampled_from(_PATHS)
_texts = st.one_of(st.text(max_size=40), st.sampled_from(["NaN", "1e999", "-0", "20260231", "2026-13-99", "￥1,0"]))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.builds(Entry, _paths, _texts), max_size=12))
def test_any_entries_give_a_receipt(entries: list[Entry]) -> None:
    receipt = receipt_of(Original(tuple(entries)), column("Total 12.00", "2026-01-02"), 600, 1000, TODAY)
    assert all(f.value or f.doubtful for f in receipt.fields)
