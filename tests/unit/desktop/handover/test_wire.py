from __future__ import annotations

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.desktop.handover.wire import (
    LARGEST,
    LENGTH,
    LONGEST_PATH,
    BadMessage,
    Message,
    answer_bytes,
    framed,
    message_bytes,
    read_answer,
    read_message,
)

names = st.binary(min_size=1, max_size=60).filter(lambda raw: b"\0" not in raw)


@given(st.lists(names, max_size=20))
def test_any_name_that_a_disk_can_hold_arrives(raw: list[bytes]) -> None:
    paths = tuple(os.fsdecode(b"/" + name) for name in raw)
    data = message_bytes(Message(paths))
    assert int.from_bytes(data[:LENGTH], "big") == len(data) - LENGTH
    assert read_message(data[LENGTH:]).paths == paths


@given(st.binary(max_size=200))
def test_garbage_is_refused_by_one_error(data: bytes) -> None:
    with pytest.raises(BadMessage):
        read_message(data)
    with pytest.raises(BadMessage):
        read_answer(data)


GOOD = {"version": 1, "id": "0" * 32, "paths": ["/a"], "token": ""}


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"version": "1"},
        {"id": "short"},
        {"id": "../" + "0" * 29},
        {"paths": "/a"},
        {"paths": [1]},
        {"paths": ["relative"]},
        {"paths": [""]},
        {"paths": ["/a\0b"]},
        {"paths": ["/" + "x" * LONGEST_PATH]},
        {"paths": ["/\ud800"]},
        {"token": "t" * 600},
        {"token": None},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    assert read_message(json.dumps(GOOD).encode()).paths == ("/a",)
    with pytest.raises(BadMessage):
        read_message(json.dumps(GOOD | wrong).encode())


def test_deep_json_is_no_trouble() -> None:
    with pytest.raises(BadMessage):
        read_message(b"[" * 200_000)


def test_a_message_is_bounded() -> None:
    with pytest.raises(BadMessage):
        framed(b"x" * (LARGEST + 1))


def test_answers_come_back() -> None:
    for answer in ("taken", "closing", "refused"):
        assert read_answer(answer_bytes(answer)[LENGTH:]) == answer


def test_nothing_of_the_paths_is_told_by_a_repr() -> None:
    assert "salary" not in repr(Message(("/salary.pdf",)))
