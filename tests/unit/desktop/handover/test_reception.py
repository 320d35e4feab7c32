"""The reception, spoken to by hand: it hears everybody, holds little, and loses nothing."""

from __future__ import annotations

import os
import socket
import stat
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from paddlescan.desktop.handover import NoAnswer, Reception, arrive, come_in, message_of
from paddlescan.desktop.handover.place import NoPlace, Place, find_place
from paddlescan.desktop.handover.reception import MOST_OPEN
from paddlescan.desktop.handover.wire import (
    LARGEST,
    LENGTH,
    Message,
    framed,
    message_bytes,
    read_answer,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets in a folder are POSIX")

SHORT_S = 0.3


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "meeting", "store")
    yield made
    made.close()


@pytest.fixture
def reception(tmp_path: Path, place: Place) -> Iterator[Reception]:
    lock = place.lock(0)
    assert lock is not None
    made = Reception(Place(tmp_path / "meeting", "store"), 0, lock, patience_s=SHORT_S)
    yield made
    made.leave()


def said(connection: socket.socket) -> str | None:
    """What is answered; None if the other end only hangs up."""
    connection.settimeout(10)
    data = b""
    try:
        while more := connection.recv(1024):
            data += more
    except ConnectionResetError:
        pass
    return read_answer(data[LENGTH:]) if data else None


def test_a_message_is_taken_once_and_rings(place: Place, reception: Reception) -> None:
    rung = threading.Event()
    reception.inbox.attach(rung.set)
    message = Message(("/receipts/a.pdf", os.fsdecode(b"/receipts/\xff\xfe.jpg")))
    assert arrive(place, message) is None
    assert arrive(place, message) is None, "sent once more, as when the answer was lost"
    assert rung.wait(5)
    assert reception.inbox.take() == (message,)
    assert reception.inbox.take() == ()


def test_what_came_before_anybody_listened_rings_at_once(place: Place, reception: Reception) -> None:
    assert arrive(place, Message()) is None
    rung = threading.Event()
    reception.inbox.attach(rung.set)
    assert rung.is_set()


def test_a_silent_peer_is_let_go_and_holds_nobody_up(place: Place, reception: Reception) -> None:
    silent = [place.connect(0, 5) for _ in range(MOST_OPEN + 10)]
    assert arrive(place, Message(("/a",))) is None
    for connection in silent:
        assert said(connection) is None
        connection.close()
    assert [message.paths for message in reception.inbox.take()] == [("/a",)]


def test_a_peer_that_stops_in_the_midst_is_let_go(place: Place, reception: Reception) -> None:
    whole = message_bytes(Message(("/a",)))
    with place.connect(0, 5) as connection:
        connection.sendall(whole[:-3])
        assert said(connection) is None
    with place.connect(0, 5) as connection:
        connection.sendall(whole[:-3])
        connection.shutdown(socket.SHUT_WR)
        assert said(connection) == "refused"
    assert reception.inbox.take() == ()


@pytest.mark.logs
@pytest.mark.parametrize(
    "data",
    [
        framed(b"no JSON"),
        framed(b"[]"),
        framed(b""),
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        message_bytes(Message(("/a",))) + b"and more",
        (LARGEST + 1).to_bytes(LENGTH, "big") + b"x",
        b"\xff" * 100_000,
    ],
    ids=["words", "list", "empty", "http", "too much", "too large", "noise"],
)
def test_garbage_is_refused_and_the_next_is_heard(place: Place, reception: Reception, data: bytes) -> None:
    with place.connect(0, 5) as connection:
        with suppress(BrokenPipeError):  # it may be refused before all of it is sent
            connection.sendall(data)
        assert said(connection) == "refused"
    assert arrive(place, Message(("/b",))) is None
    assert [message.paths for message in reception.inbox.take()] == [("/b",)]


def test_a_large_message_arrives_whole(place: Place, reception: Reception) -> None:
    paths = tuple(f"/receipts/{'x' * 900}/{number}.jpg" for number in range(10_000))
    data = message_bytes(Message(paths))
    with place.connect(0, 5) as connection:
        connection.sendall(data)
        assert said(connection) == "taken"
    assert reception.inbox.take()[0].paths == paths


def test_who_left_before_the_answer_is_not_taken_in(place: Place, reception: Reception) -> None:
    """It tries elsewhere, and its files would come twice."""
    for _ in range(20):
        connection = place.connect(0, 5)
        connection.sendall(message_bytes(Message(("/lost",)))[:-1])
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()
    assert arrive(place, Message(("/a",))) is None
    assert [message.paths for message in reception.inbox.take()] == [("/a",)]


def test_closing_loses_nothing_that_was_promised(place: Place, reception: Reception) -> None:
    assert arrive(place, Message(("/a",))) is None
    assert not reception.close_if_idle()
    reception.inbox.take()
    assert reception.close_if_idle()
    with pytest.raises(OSError, match="No such file"):
        place.connect(0, 1)
    with pytest.raises(NoAnswer):  # the lock is held until it leaves
        arrive(place, Message(), patience_s=0.1)


def test_after_it_left_the_next_start_is_the_window(tmp_path: Path, place: Place) -> None:
    first = arrive(Place(tmp_path / "meeting", "store"), Message())
    assert first is not None
    first.leave()
    second = arrive(Place(tmp_path / "meeting", "store"), Message())
    assert second is not None
    assert arrive(place, Message(("/a",))) is None
    assert [message.paths for message in second.inbox.take()] == [("/a",)]
    second.leave()


def test_what_a_dead_window_left_is_no_hindrance(place: Place, tmp_path: Path) -> None:
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(place.address(0))
    dead.close()
    window = arrive(Place(tmp_path / "meeting", "store"), Message())
    assert window is not None
    window.leave()


@pytest.mark.parametrize("planted", ["file", "link to a socket", "dangling link"])
def test_something_else_in_the_sockets_place_is_never_spoken_to(tmp_path: Path, place: Place, planted: str) -> None:
    lock = place.lock(0)
    assert lock is not None
    spot = tmp_path / "meeting" / "store-0.socket"
    other = socket.socket(socket.AF_UNIX)
    other.bind(str(tmp_path / "other"))
    other.listen()
    other.setblocking(False)
    if planted == "file":
        spot.write_bytes(b"")
    else:
        spot.symlink_to(tmp_path / ("other" if "socket" in planted else "nothing"))
    with pytest.raises(NoPlace):
        place.connect(0, 1)
    with pytest.raises(BlockingIOError):
        other.accept()
    os.close(lock)
    window = arrive(Place(tmp_path / "meeting", "store"), Message())
    assert window is not None, "the window puts its own in the place"
    assert stat.S_ISSOCK(spot.lstat().st_mode)
    assert stat.S_IMODE(spot.lstat().st_mode) == 0o600
    window.leave()
    other.close()


def test_a_folder_that_others_may_enter_is_no_place(tmp_path: Path) -> None:
    wide = tmp_path / "wide"
    wide.mkdir()
    wide.chmod(0o750)
    with pytest.raises(NoPlace):
        Place(wide, "store")
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(OSError, match=r"directory|symbolic"):
        Place(tmp_path / "link", "store")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="long paths want /proc")
def test_a_long_path_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    data = tmp_path.joinpath(*["a folder with a long name 很长的名字"] * 8)
    data.mkdir(parents=True)
    first = come_in(data, [])
    assert first.reception is not None
    assert come_in(data, ["a.pdf"]).handed_over
    assert first.reception.inbox.take()[0].paths == (os.path.abspath("a.pdf"),)
    first.reception.leave()


def test_stores_have_windows_of_their_own_also_in_one_login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (tmp_path / "same").symlink_to(one)
    first, second = come_in(one, []), come_in(other, [])
    assert first.reception is not None
    assert second.reception is not None
    assert come_in(tmp_path / "same", ["x"]).handed_over
    assert len(first.reception.inbox.take()) == 1
    first.reception.leave()
    second.reception.leave()


def test_starts_with_and_without_a_login_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, runtime = tmp_path / "data", tmp_path / "runtime"
    data.mkdir()
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    first = come_in(data, [])
    assert first.reception is not None
    for folder in ("", str(tmp_path / "no such"), str(tmp_path)):
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        assert come_in(data, ["a"]).handed_over
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert come_in(data, ["a"]).handed_over
    assert len(first.reception.inbox.take()) == 4
    first.reception.leave()
    assert not [path for path in (data / "meeting").iterdir() if path.suffix != ".lock"]


def test_where_the_data_folder_takes_no_sockets_starts_of_one_login_meet_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, runtime = tmp_path / "data", tmp_path / "runtime"
    data.mkdir()
    (data / "meeting").write_bytes(b"a file")
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    first = come_in(data, [])
    assert first.reception is not None
    assert come_in(data, ["a"]).handed_over
    first.reception.leave()


def test_without_a_safe_place_a_start_stays_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "meeting").write_bytes(b"a file")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert find_place(tmp_path) is None
    entry = come_in(tmp_path, ["a"])
    assert (entry.reception, entry.handed_over) == (None, False)


def test_relative_paths_are_those_of_the_sender(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert message_of(["a/../b.pdf", "/c"]).paths == (str(tmp_path / "b.pdf"), "/c")
