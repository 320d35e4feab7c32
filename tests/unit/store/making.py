"""Receipts and results for the store's tests."""

from __future__ import annotations

from paddlescan.document import (
    AMOUNT_FIELDS,
    Check,
    EngineInfo,
    Field,
    Finding,
    PageRef,
    PageResult,
    Preparation,
    Receipt,
    Seconds,
    SourceFile,
    TextLine,
)
from paddlescan.store import Claim, ReceiptRow, Store

QUAD = ((10.0, 20.0), (110.0, 20.0), (110.0, 44.0), (10.0, 44.0))
ENGINE = EngineInfo("onnxruntime", "cpu", "PP-OCRv6_small", "no CUDA GPU found")


def files(count: int, folder: str = "/scans") -> list[SourceFile]:
    return [SourceFile.at(f"{folder}/receipt {n}.png") for n in range(1, count + 1)]


def field(name: str, value: str, doubtful: bool = False, candidates: tuple[str, ...] = ()) -> Field:
    text = f"¥{value}" if name in AMOUNT_FIELDS else value
    return Field(name, value, text, 0.91, QUAD, "ocr", doubtful, candidates)


def receipt(
    number: int = 1, count: int = 1, checks: tuple[Check, ...] = (), doubtful: str = "", **values: str
) -> Receipt:
    return Receipt(
        number=number,
        count=count,
        preparation=Preparation(90, -1.25, True, (QUAD,)),
        kind="invoice",
        language="zh",
        fields=tuple(field(name, value, doubtful=name == doubtful) for name, value in values.items()),
        checks=checks,
        lines=(TextLine("一笔", 0.97, QUAD), TextLine("Total 9.00", 0.88, QUAD)),
    )


def result(page: PageRef, *receipts: Receipt) -> PageResult:
    return PageResult(
        page=page,
        page_count=1,
        sha256="ab" * 32,
        width=1240,
        height=1754,
        receipts=receipts or (receipt(),),
        quality=(Finding("blurred", "sharpness 12"),),
        engine=ENGINE,
        seconds=Seconds(0.02, 0.05, 0.6, 0.01),
    )


def claimed(store: Store, batch: int, prefer: int | None = None) -> Claim:
    claim = store.claim_page(batch, prefer)
    assert claim is not None
    return claim


def read_page(store: Store, batch: int, *receipts: Receipt, prefer: int | None = None) -> tuple[ReceiptRow, ...]:
    """Claim a page and save these receipts as its reading."""
    claim = claimed(store, batch, prefer)
    assert store.save_result(claim.page_id, result(claim.ref, *receipts), claim.token)
    return store.receipt_rows_of_page(claim.page_id)


def values(row: ReceiptRow) -> dict[str, str]:
    return {name: found.value for name, found in row.values.items()}
