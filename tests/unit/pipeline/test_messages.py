from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import (
    EngineInfo,
    PageRef,
    PageResult,
    PrepareOptions,
    Receipt,
    ScanOptions,
    SourceFile,
    TextLine,
)
from paddlescan.document.codec import BadData
from paddlescan.errors import Failure, GpuUnavailable, TooLarge
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline import wire
from paddlescan.pipeline.messages import (
    Hello,
    Inspect,
    MakeCutout,
    MakePreview,
    Picture,
    Refused,
    Scanned,
    ScanPage,
)
from paddlescan.pipeline.wire import answer_from, request_from, to_bytes

QUAD = ((0.0, 0.0), (10.5, 0.0), (10.5, 5.0), (0.0, 5.0))
SECRET = "Rosebud"


@given(st.binary(min_size=1), st.text(), st.integers(1, 5000))
def test_any_path_survives_the_pipe(path: bytes, name: str, number: int) -> None:
    name = name.encode("utf-8", "replace").decode()
    request = ScanPage(PageRef(SourceFile(path, name), number, 3), ScanOptions(PrepareOptions(skew_degrees=1.25)), "p")
    assert request_from(to_bytes(request)) == request


def test_a_result_survives_the_pipe() -> None:
    page = PageRef(SourceFile(b"/a", "a"), 2, 7)
    receipt = Receipt(lines=(TextLine("合计 9.00", 0.5, QUAD),))
    answer = Scanned(PageResult(page, width=10, height=20, receipts=(receipt,)))
    assert answer_from(to_bytes(answer)) == answer
    refused = Refused(TooLarge(file="大.png", detail="big").failure)
    assert answer_from(to_bytes(refused)) == refused


@given(st.binary(max_size=200))
def test_garbage_is_bad_data(data: bytes) -> None:
    with pytest.raises(BadData):
        answer_from(data)
    with pytest.raises(BadData):
        request_from(data)


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b'{"type":"Nothing"}',
        b'{"type":"Scanned","result":{"page":{"source":{"raw_path":"","name":""},"number":0}}}',
        b'{"type":"Refused","failure":{"code":"no_such_code"}}',
        b'{"type":"Inspected","info":{"format":"png","page_count":"two","sha256":""}}',
        b'{"type":"Scanned","result":{"page":{"source":{"raw_path":"","name":""}},"receipts":[],"error":null}}',
    ],
)
def test_json_that_fits_no_answer_is_bad_data(data: bytes) -> None:
    with pytest.raises(BadData) as caught:
        answer_from(data)
    assert "no_such_code" not in str(caught.value)


def test_nothing_private_in_a_repr() -> None:
    source = SourceFile(SECRET.encode(), SECRET)
    page = PageRef(source)
    line = TextLine(SECRET, 1.0, QUAD)
    result = PageResult(page, receipts=(Receipt(lines=(line,)),))
    for message in (
        Inspect(source, password=SECRET),
        ScanPage(page, ScanOptions(), SECRET),
        MakePreview(page, ScanOptions(), 100, password=SECRET),
        MakeCutout(page, QUAD, 100, password=SECRET),
        Scanned(result),
        Refused(Failure("internal", (("file", SECRET),))),
        Picture(SECRET, 1, 1, 3),
    ):
        assert SECRET not in repr(message) + str(message) + f"{[message]}"


def test_a_message_too_large_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LARGEST_MESSAGE", 1000)
    with pytest.raises(ValueError, match="too large"):
        to_bytes(Inspect(SourceFile(string.ascii_letters.encode() * 40, "a")))


def test_a_reason_travels_as_plain_text() -> None:
    hello = Hello(EngineInfo("onnxruntime", "cpu", "models", Reason.NO_GPU))
    assert answer_from(to_bytes(hello)) == hello
    refused = Refused(GpuUnavailable(detail=Reason.CUDA_FAILED).failure)
    assert answer_from(to_bytes(refused)) == refused
