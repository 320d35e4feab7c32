"""Descriptors on the pipe: which file a request finds, also in the midst of another, and that none is left open."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from paddlescan.document import SourceFile
from paddlescan.pipeline import handed
from paddlescan.pipeline.service import open_file

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors travel on sockets")


@pytest.fixture
def pipe() -> Iterator[tuple[Connection, Connection]]:
    ours, theirs = Pipe()
    yield ours, theirs
    ours.close()
    theirs.close()


def open_descriptors() -> int:
    return len(os.listdir("/dev/fd"))  # noqa: PTH208


def test_a_file_is_read_through_the_pipe_and_closed(pipe: tuple[Connection, Connection], tmp_path: Path) -> None:
    ours, theirs = pipe
    (tmp_path / "a.png").write_bytes(b"one page")
    before = open_descriptors()
    with (tmp_path / "a.png").open("rb") as file:
        file.read()  # its position is not what counts
        ours.send_bytes(b"request")
        handed.send(ours, file.fileno())
    assert theirs.recv_bytes() == b"request"
    source = SourceFile(b"/nowhere", "a.png")  # the path says nothing
    with handed.at_hand(handed.receive(theirs)):
        for _ in range(2):
            with open_file(source) as found:
                assert found.read() == b"one page"
    assert open_descriptors() == before


def test_a_request_in_the_midst_of_another_has_its_own_file(tmp_path: Path) -> None:
    descriptors = []
    for name in ("page", "place"):
        (tmp_path / name).write_text(name)
        descriptors.append(os.open(tmp_path / name, os.O_RDONLY))
    source = SourceFile(b"/nowhere", "a.png")
    with handed.at_hand(descriptors[0]):
        with handed.at_hand(descriptors[1]), open_file(source) as file:
            assert file.read() == b"place"
        with open_file(source) as file:
            assert file.read() == b"page"


def test_a_request_without_a_file_has_none(pipe: tuple[Connection, Connection], tmp_path: Path) -> None:
    ours, theirs = pipe
    handed.send(ours, None)
    assert handed.receive(theirs) is None
    assert handed.open_handed() is None


def test_a_pipe_that_ends_instead_of_a_file(pipe: tuple[Connection, Connection]) -> None:
    ours, theirs = pipe
    ours.close()
    with pytest.raises(EOFError):
        handed.receive(theirs)


def test_a_descriptor_that_is_handed_back_is_not_taken(pipe: tuple[Connection, Connection], tmp_path: Path) -> None:
    """A child that was taken over sends one with its answer: the kernel drops it, since we only read bytes."""
    ours, theirs = pipe
    before = open_descriptors()
    with (tmp_path / "a").open("wb") as file:
        theirs.send_bytes(b"answer")
        handed.send(theirs, file.fileno())
        theirs.send_bytes(b"next")
    assert ours.recv_bytes() == b"answer"
    assert os.read(ours.fileno(), 1) == b"\n"
    assert ours.recv_bytes() == b"next"
    assert open_descriptors() == before
