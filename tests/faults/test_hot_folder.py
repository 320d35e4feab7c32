"""A watched folder in which writers do what scanners, networks and clerks do, while the watcher is killed twice."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paddlescan.store import Store
from tests.faults.bench import HONEST
from tests.faults.hot_watcher import SETTLE_S

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform != "linux", reason="who writes a file is known there")]

SCRIPT = Path(__file__).with_name("hot_watcher.py")
FILES, WRITERS, SEED = 300, 12, 20261126
HEAD, END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
pause = threading.Event().wait


class Writer(threading.Thread):
    """Writes files slowly, and then now and again renames, replaces or deletes one. Every content is another."""

    def __init__(self, folder: Path, number: int, count: int) -> None:
        super().__init__(name=f"writer {number}")
        self.folder, self.number, self.count = folder, number, count
        self.chosen = random.Random(SEED + number)
        self.whole: set[str] = set()
        """SHA-256 of every content that was ever there as a whole."""
        self.there: dict[Path, str] = {}
        """What lies there in the end."""
        self.written = 0
        self._versions = 0

    def run(self) -> None:
        for each in range(self.count):
            self._write(self.folder / f"{self.number}-{each:03d}.png")
            self.written += 1
            if self.chosen.random() < 0.5:
                self._meddle()

    def _content(self, marked: bool) -> list[bytes]:
        """In three parts. marked: as of a kind whose end is known."""
        self._versions += 1
        body = self.chosen.randbytes(self.chosen.randint(10, 4000)) + f"{self.number} {self._versions}".encode()
        cut = self.chosen.randint(1, len(body) - 1)
        parts = [(HEAD if marked else b"BM") + body[:cut], body[cut:], END if marked else b"end"]
        self.sha256 = hashlib.sha256(b"".join(parts)).hexdigest()
        self.whole.add(self.sha256)
        return parts

    def _write(self, path: Path) -> None:
        way = self.chosen.choice((self._beside, self._held, self._bit_by_bit))
        way(path, self._content(marked=way == self._bit_by_bit))
        self.there[path] = self.sha256

    def _beside(self, path: Path, parts: list[bytes]) -> None:
        """Under a temporary name, as browsers and careful scanners do."""
        part = path.with_name(path.name + self.chosen.choice((".part", ".tmp", "~")))
        self._held(part, parts)
        part.replace(path)

    def _held(self, path: Path, parts: list[bytes]) -> None:
        """Open to the end, with rests longer than a file at rest needs: only the system knows that it is not whole."""
        with path.open("wb", buffering=0) as file:
            for part in parts:
                file.write(part)
                pause(self.chosen.uniform(0, 1.5 * SETTLE_S))

    def _bit_by_bit(self, path: Path, parts: list[bytes]) -> None:
        """Closed between the parts, with such rests, too: only the end tells that it is whole."""
        path.write_bytes(b"")
        for part in parts:
            with path.open("ab") as file:
                file.write(part)
            pause(self.chosen.uniform(0, 1.5 * SETTLE_S))

    def _meddle(self) -> None:
        path = self.chosen.choice(sorted(self.there))
        new = path.with_name(f"renamed {path.name}")
        match self.chosen.randint(1, 4):
            case 1:
                self.there[path.rename(new)] = self.there.pop(path)
            case 2:
                self._write(path)  # in place, or by another that takes its name
            case 3:
                path.unlink()
                del self.there[path]
            case 4:  # renamed, and at once there is another of the old name
                self.there[path.rename(new)] = self.there.pop(path)
                self._write(path)


@contextmanager
def watching(store: Path, folder: Path, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, str(SCRIPT), str(store), str(folder), *more])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_each_whole_file_is_read_exactly_once_though_the_watcher_is_killed_twice(tmp_path: Path) -> None:
    store, folder = tmp_path / "data" / "receipts.sqlite", tmp_path / "in"
    folder.mkdir()
    writers = [Writer(folder, number, FILES // WRITERS) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for share in (1 / 3, 2 / 3):
        with watching(store, folder) as process:
            while sum(writer.written for writer in writers) < share * FILES:
                assert process.poll() is None
                pause(0.05)
    with watching(store, folder):
        for writer in writers:
            writer.join()
    with watching(store, folder, "once") as process:
        assert process.wait(120) == 0

    with Store(store) as opened:
        (batch,) = opened.batches()
        rows = opened.page_rows(batch.id)
    whole = set().union(*(writer.whole for writer in writers))
    there = {path: sha256 for writer in writers for path, sha256 in writer.there.items()}
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()} == there
    read = Counter(row.sha256 for row in rows)
    assert {row.failure.code if row.failure else row.state for row in rows} == {HONEST}
    assert [sha256 for sha256, times in read.items() if times > 1] == []
    assert set(read) - whole == set()  # none half
    assert set(there.values()) - set(read) == set()
    assert sum(writer.written for writer in writers) == FILES
