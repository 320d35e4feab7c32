"""What is said to a worker and back: nothing but what fits, and nothing of it in a log."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.document.codec import BadData
from paddlescan.pipeline.cluster.talk import Ask, Lost, Rest, Seen, order_from, reply_from
from paddlescan.pipeline.messages import ScanPage
from paddlescan.pipeline.wire import LARGEST_MESSAGE, to_bytes

PAGE = PageRef(SourceFile(b"s3://bucket/\xff.jpg", "secret.jpg"), 2, 7)


def test_an_order_comes_through_as_it_is() -> None:
    order = Ask(EngineOptions(), ScanPage(PAGE, ScanOptions(), "word"))
    assert order_from(to_bytes(order)) == order
    assert "secret" not in repr(order)
    assert "word" not in repr(order)


@given(st.binary(max_size=200))
def test_any_bytes_are_an_order_a_reply_or_refused(data: bytes) -> None:
    for read in (order_from, reply_from):
        with pytest.raises(BadData):
            read(data)


@pytest.mark.parametrize("reply", [None, {"type": "Seen"}, "text", b" " * (LARGEST_MESSAGE + 1)])
def test_what_is_no_bytes_or_too_many_is_no_reply(reply: object) -> None:
    with pytest.raises(BadData):
        reply_from(reply)


def test_a_loss_is_the_same_on_both_sides() -> None:
    lost = Lost("out_of_memory", while_starting=True)
    again = reply_from(to_bytes(lost))
    assert again == lost
    assert isinstance(again, Lost)
    assert Lost.of(again.error()) == lost
    assert reply_from(to_bytes(Seen())) == Seen()
    assert order_from(to_bytes(Rest())) == Rest()
