"""Starts that meet: strangers, planted sockets, windows that hang or die, many at once. All in real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from paddlescan.desktop.handover import NoAnswer, come_in
from paddlescan.desktop.handover.place import NoPlace, Place
from paddlescan.desktop.handover.wire import Message, message_bytes
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="peers are told apart by the kernel, as Linux does it")
another_user = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="becoming another user wants root"
)

NOBODY = 65534
STRANGER = """
import os, socket, sys
sys.stdin.readline()
os.setgroups([]); os.setgid(65534); os.setuid(65534)
connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
connection.settimeout(10)
try:
    connection.sendall(bytes.fromhex(sys.argv[2]))
    print(connection.recv(100).hex())
except (BrokenPipeError, ConnectionResetError):
    print("")
"""
PLANTED = """
import os, socket, sys
os.setgroups([]); os.setgid(65534); os.setuid(65534)
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen()
print("ready", flush=True)
connection, _ = listener.accept()
print(len(connection.recv(100)), flush=True)
"""
START = """
import sys
from pathlib import Path
from paddlescan.desktop.handover import NoAnswer, come_in
try:
    entry = come_in(Path(sys.argv[1]), sys.argv[2:], patience_s=20)
except NoAnswer:
    raise SystemExit(3)
if entry.handed_over:
    raise SystemExit(9 if "PySide6" in sys.modules else 0)
print("window", flush=True)
while line := sys.stdin.readline().strip():
    if line == "take":
        print(*(path for message in entry.reception.inbox.take() for path in message.paths), flush=True)
entry.reception.leave()
"""


def start(data: Path, *paths: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", START, str(data), *paths]
    environment = {name: value for name, value in os.environ.items() if name != "XDG_RUNTIME_DIR"}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdin=pipe, stdout=pipe)


def say(window: subprocess.Popen[str], word: str) -> str:
    assert window.stdin
    assert window.stdout
    window.stdin.write(f"{word}\n")
    window.stdin.flush()
    return window.stdout.readline().strip()


def hang(window: subprocess.Popen[str]) -> None:
    window.send_signal(signal.SIGSTOP)
    while psutil.Process(window.pid).status() != psutil.STATUS_STOPPED:
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def no_runtime_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


@pytest.fixture
def window(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the first slot."""
    with start(tmp_path) as process:
        assert process.stdout
        assert process.stdout.readline() == "window\n"
        yield process
        process.kill()


@another_user
@pytest.mark.logs
def test_another_users_process_is_turned_away_even_where_it_gets_at_the_socket(tmp_path: Path) -> None:
    window = come_in(tmp_path, []).reception
    assert window is not None
    meeting = tmp_path / "meeting"
    (spot,) = meeting.glob("*.socket")
    message = message_bytes(Message(("/etc/passwd",))).hex()

    def answered() -> str:
        command = [sys.executable, "-c", STRANGER, f"/proc/self/fd/{folder}/{spot.name}", message]
        done = subprocess.run(command, input="\n", pass_fds=(folder,), capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().splitlines()[-1]

    folder = os.open(meeting, os.O_RDONLY)
    assert "PermissionError" in answered(), "the folder alone keeps others out"
    meeting.chmod(0o777)
    spot.chmod(0o777)
    assert answered() == ""
    os.close(folder)
    assert window.inbox.take() == ()
    window.leave()


@another_user
@pytest.mark.parametrize("disguised", [False, True])
def test_a_socket_that_another_user_planted_learns_nothing(tmp_path: Path, disguised: bool) -> None:
    place = Place(tmp_path / "meeting", "store")
    open_to_all = next(folder for folder in tmp_path.parents if folder.stat().st_mode & 0o007 == 0o007)
    outside = Path(tempfile.mkdtemp(prefix="planted-", dir=open_to_all))  # on the same disk as tmp_path
    outside.chmod(0o777)
    try:
        spot = outside / "socket"
        with subprocess.Popen([sys.executable, "-c", PLANTED, spot], stdout=subprocess.PIPE, text=True) as planted:
            try:
                assert planted.stdout
                assert planted.stdout.readline() == "ready\n"
                spot.rename(tmp_path / "meeting" / "store-0.socket")
                if disguised:
                    os.chown(tmp_path / "meeting" / "store-0.socket", 0, 0)
                with pytest.raises(NoPlace):
                    place.connect(0, 5)
                if disguised:
                    assert planted.stdout.readline() == "0\n", "it was spoken to"
            finally:
                planted.kill()
    finally:
        place.close()
        outside.rmdir()


def test_a_window_that_hangs_costs_patience_and_gets_nothing_twice(
    tmp_path: Path, window: subprocess.Popen[str]
) -> None:
    hang(window)
    silent: list[int] = []
    entry = come_in(tmp_path, ["/receipts/a.pdf"], lambda: silent.append(1), patience_s=0.5)
    assert silent == [1]
    assert entry.reception is not None, "the second slot is a window of its own"
    assert not entry.handed_over
    third = come_in(tmp_path, ["/receipts/b.pdf"], patience_s=0.5)
    assert third.handed_over
    assert [message.paths for message in entry.reception.inbox.take()] == [("/receipts/a.pdf",), ("/receipts/b.pdf",)]
    window.send_signal(signal.SIGCONT)
    assert say(window, "take") == "", "who had given up came in all the same"
    assert come_in(tmp_path, ["/receipts/c.pdf"]).handed_over
    assert say(window, "take") == "/receipts/c.pdf"
    entry.reception.leave()


def test_where_both_windows_hang_nothing_is_opened_and_that_is_said(
    tmp_path: Path, window: subprocess.Popen[str]
) -> None:
    hang(window)
    place = Place(tmp_path / "meeting", socket_name(tmp_path))
    second = place.lock(1)  # held, and nobody listens
    assert second is not None
    silent: list[int] = []
    with pytest.raises(NoAnswer):
        come_in(tmp_path, ["/receipts/a.pdf"], lambda: silent.append(1), patience_s=0.3)
    assert silent == [1, 1]
    os.close(second)
    place.close()


def socket_name(data: Path) -> str:
    """What the files of this data folder's meeting point begin with."""
    (spot,) = (data / "meeting").glob("*-0.socket")
    return spot.name.removesuffix("-0.socket")


def test_after_a_kill_the_next_start_is_the_window(tmp_path: Path, window: subprocess.Popen[str]) -> None:
    window.kill()
    window.wait()
    assert list((tmp_path / "meeting").glob("*.socket")), "a killed process leaves its socket"
    entry = come_in(tmp_path, [])
    assert entry.reception is not None
    entry.reception.leave()


def test_of_twenty_starts_at_once_one_is_the_window_and_hears_the_others(tmp_path: Path) -> None:
    starts = [start(tmp_path, f"/receipts/{number}.jpg") for number in range(20)]
    try:
        deadline = time.monotonic() + 60
        while len([one for one in starts if one.poll() is None]) > 1:
            assert time.monotonic() < deadline, "they wait for each other"
            time.sleep(0.05)
        (window,) = [one for one in starts if one.poll() is None]
        assert window.stdout
        assert window.stdout.readline() == "window\n"
        own, *others = say(window, "take").split()
        assert own == f"/receipts/{starts.index(window)}.jpg", "what it was started with came first"
        assert sorted([own, *others]) == sorted(f"/receipts/{number}.jpg" for number in range(20))
        assert {one.wait() for one in starts if one is not window} == {0}
    finally:
        for one in starts:
            one.kill()
            one.communicate()
