from __future__ import annotations

import math
import re

import pytest

from paddlescan.document import Field, PageRef, PageResult, Receipt, SourceFile, TextLine, quad_from
from paddlescan.document.codec import BadData, decode, encode
from paddlescan.errors import ERRORS, FileVanished, PasswordNeeded

QUAD = quad_from([(0, 0), (10, 0), (10, 5), (0, 5)])


def a_result() -> PageResult:
    line = TextLine("总计 9.00", 0.5, QUAD)
    total = Field("total", "9.00", "9.0O", 0.8, QUAD, doubtful=True, candidates=("9.00",))
    ref = PageRef(SourceFile(b"/tmp/\xff.jpg", "\\xff.jpg"), 2, 7)
    return PageResult(ref, 3, "ab", 10, 5, (Receipt(fields=(total,), lines=(line,)),))


def test_a_result_comes_back_as_it_went_even_with_a_name_that_is_no_text() -> None:
    assert decode(encode(a_result()), PageResult) == a_result()


def test_a_failure_comes_back_with_its_sentence() -> None:
    result = PageResult(PageRef(SourceFile.at("/x/a.pdf")), error=PasswordNeeded(file="a.pdf").failure)
    again = decode(encode(result), PageResult)
    assert again.status == "failed"
    assert again.error is not None
    assert again.error.message == "a.pdf is locked with a password."


@pytest.mark.parametrize("data", [b"\x00\xff", b"{}", b'{"page": 3}', b"[]", b"9" * 5000])
def test_garbage_is_refused_without_being_quoted(data: bytes) -> None:
    with pytest.raises(BadData) as caught:
        decode(data, PageResult)
    assert "3" not in str(caught.value)


def test_a_confidence_that_is_no_share_is_refused() -> None:
    data = encode(a_result()).replace(b'"confidence":0.5', b'"confidence":1.5')
    with pytest.raises(BadData):
        decode(data, PageResult)


def test_private_text_stays_out_of_reprs() -> None:
    assert "9.0" not in repr(a_result())
    assert "xff" not in repr(a_result())
    assert "canary" not in repr(FileVanished(file="canary").failure)


def test_status_follows_from_what_was_read() -> None:
    assert a_result().status == "needs_review"
    with pytest.raises(ValueError):
        PageResult(PageRef(SourceFile.at("/x")))


def test_quads_are_finite() -> None:
    with pytest.raises(ValueError):
        quad_from([(0, 0), (1, math.nan), (1, 1), (0, 1)])


def test_every_error_has_a_sentence_and_a_remedy() -> None:
    for code, kind in ERRORS.items():
        error = kind(file="a.jpg", detail="detail")
        assert error.code == code
        assert error.message.endswith((".", ")"))
        assert len(error.remedy) > 10
        assert re.findall(r"{\w*}", str(error).replace("{date}_{merchant}_{total}", "a pattern")) == []
