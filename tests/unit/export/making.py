"""A batch with one of everything, for whole exports."""

from __future__ import annotations

from paddlescan.document import (
    Check,
    EngineInfo,
    Field,
    Finding,
    Item,
    Preparation,
    Receipt,
    Seconds,
    TextLine,
)
from paddlescan.document.export import ExportRow, HistoryEntry, ReceiptPlace
from paddlescan.errors import PasswordNeeded

QUAD = ((10.04, 20.0), (110.5, 20.0), (110.5, 44.25), (10.04, 44.25))
ENGINE = EngineInfo("onnxruntime", "cpu", "PP-OCRv6_small", "no CUDA GPU found")

INVOICE = ExportRow(
    source="三月/电子发票.pdf",
    status="needs_review",
    page=2,
    page_count=2,
    receipt=Receipt(
        number=2,
        count=2,
        region=((0.0, 0.0), (620.0, 0.0), (620.0, 1754.0), (0.0, 1754.0)),
        preparation=Preparation(90, -1.3, True, (QUAD,), QUAD),
        kind="vat_invoice",
        language="zh",
        fields=(
            Field("merchant", "晨光文具店", "销售方：晨光文具店", 0.98765, QUAD),
            Field("date", "2026-03-05", "2026年3月5日", 0.99, QUAD),
            Field("total", "9.00", "9.80", 1.0, QUAD, "user", False, ("9.80",)),
            Field("currency", "CNY", "¥", 0.9, QUAD),
            Field("invoice_number", "011002100311", "No 011002100311", 0.97, QUAD, "qr"),
            Field("tax", "0.52", "0.52", 0.41, QUAD, "ocr", True, ("0.62", "0.82")),
            Field("seller_tax_id", "91310000MA1K00000X", None, 0.9),
        ),
        items=(Item("铅笔", "2", "4.24", "8.48"), Item('纸, A4 "白"')),
        checks=(Check("net_plus_tax_is_total", False, "8.48 + 0.52 is 9.00, not 9.80"),),
        lines=(TextLine("销售方：晨光文具店", 0.98765, QUAD), TextLine("合计 9.80", 0.5, QUAD)),
    ),
    sha256="ab" * 32,
    width=1240,
    height=1754,
    quality=(Finding("blurred", "sharpness 12"),),
    engine=ENGINE,
    seconds=Seconds(0.02, 0.05, 0.61, 0.01),
    duplicate_of=ReceiptPlace("二月/电子发票.pdf", 1, 1),
    more_pages=(ReceiptPlace("三月/第二页.pdf", 3, 1),),
    history=(HistoryEntry("total", "9.80", "9.00", "2026-11-23T10:00:00+08:00"),),
)
REFUND = ExportRow(
    source="=cmd|' /C calc'!A0.jpg",
    status="done",
    receipt=Receipt(
        kind="receipt",
        fields=(
            Field("merchant", "7-11", "7-11", 0.9, QUAD),
            Field("total", "-12.00", "-12.00", 0.9, QUAD),
            Field("address", "1 High St\nLeeds", "1 High St", 0.8, QUAD),
            Field("note", "+44 113 496 0000", origin="user"),
        ),
    ),
    sha256="cd" * 32,
    width=800,
    height=600,
    engine=ENGINE,
    seconds=Seconds(),
)
LOCKED = ExportRow(
    source="locked.pdf", status="failed", was_read=False, failure=PasswordNeeded(file="locked.pdf").failure
)
BY_HAND = ExportRow(
    source="",
    status="done",
    was_read=False,
    receipt=Receipt(fields=(Field("total", "about 5", origin="user"),)),
    history=(HistoryEntry("total", None, "about 5", "2026-11-23T10:00:00+08:00"),),
)
BATCH = (INVOICE, REFUND, LOCKED, BY_HAND)
