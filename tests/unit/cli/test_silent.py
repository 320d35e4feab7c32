"""The scan without a window: what other starts hand over to it is read, or waits in the store, and is told."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from paddlescan.cli import set_aside, silent
from paddlescan.cli.outcome import Outcome
from paddlescan.cli.parser import command_parser
from paddlescan.cli.scan import INTERRUPTED
from paddlescan.desktop.discretion import Ended
from paddlescan.desktop.handover import come_to_scan, joining
from paddlescan.document import Language
from paddlescan.paths import Paths, user_paths
from paddlescan.store import Store
from paddlescan.words import say
from tests.buses import NO_BUS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="starts meet at a socket")

Answer = int | Exception | Outcome | type[Ended]


class Desk:
    """A silent scan of `first`; while a selection is read, another start hands over the next ones."""

    def __init__(self, folder: Path, answers: Sequence[Answer]) -> None:
        self.paths: Paths = user_paths().make()
        self.files = [folder / f"{name}.jpg" for name in ("first", "second", "third")]
        for file in self.files:
            file.write_bytes(b"a receipt")
        self.answers = list(answers)
        self.read: list[str] = []
        self.told: list[tuple[str, str]] = []

    def run_scan(
        self, options: argparse.Namespace, language: Language, ended: Callable[[Outcome], object], early: object
    ) -> int:
        """In place of the engines: each end that a scan can come to."""
        self.read += [Path(path).stem for path in options.paths]
        if len(self.read) == 1:
            for file in self.files[1:]:
                assert come_to_scan(self.paths.data, [str(file)]).handed_over
        answer = self.answers.pop(0)
        if isinstance(answer, int):
            return answer
        if isinstance(answer, Outcome):
            ended(answer)
            return 0
        raise answer

    def notify(self, title: str, body: str) -> bool:
        self.told.append((title, body))
        return True

    def run(self) -> int:
        words = ["scan", "--beside", "--notify", "--", str(self.files[0])]
        return silent.run_silently(command_parser("en").parse_args(words), "en")

    def waiting(self) -> list[list[str]]:
        with Store(self.paths.store) as store:
            rows = [store.page_rows(batch.id) for batch in reversed(store.batches())]
        return [[row.ref.source.name for row in batch if row.state == "waiting"] for batch in rows]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Desk]:
    for name, value in {**NO_BUS, "PADDLESCAN_HOME": str(tmp_path / "home")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(joining, "TOGETHER_S", 0.2)

    def made(*answers: Answer) -> Desk:
        desk = Desk(tmp_path, answers)
        monkeypatch.setattr(silent, "run_scan", desk.run_scan)
        for module in (silent, set_aside):
            monkeypatch.setattr(module, "notify", desk.notify)
        return desk

    return made


def test_after_an_error_of_ours_the_others_are_read_all_the_same(desk: Callable[..., Desk]) -> None:
    work = desk(RuntimeError("ours"), 0)
    with pytest.raises(RuntimeError, match="ours"):
        work.run()
    assert work.read == ["first", "second", "third"]
    assert work.told[0] == (say("silent_nothing", "en"), say("silent_trouble", "en"))


def test_told_to_end_amid_the_first_the_others_wait_in_the_store(desk: Callable[..., Desk]) -> None:
    work = desk(INTERRUPTED)
    assert work.run() == INTERRUPTED
    assert work.read == ["first"], "it went on"
    assert work.waiting() == [["second.jpg", "third.jpg"]]
    assert work.told == [(say("silent_stopped", "en"), say("silent_waits", "en"))]


def test_told_to_end_at_once_also_what_was_begun_waits(desk: Callable[..., Desk]) -> None:
    work = desk(Ended)
    with pytest.raises(Ended):
        work.run()
    assert work.waiting() == [["first.jpg"], ["second.jpg", "third.jpg"]]
    following = come_to_scan(work.paths.data, ["/next"])
    assert following.reception is not None, "another start cannot be the next"
    following.reception.leave()


@pytest.mark.logs
def test_what_the_store_does_not_take_is_counted_to_the_person(desk: Callable[..., Desk]) -> None:
    work = desk(Ended)
    with Store(work.paths.store):
        pass
    with closing(sqlite3.connect(work.paths.store)) as newer:
        newer.execute("PRAGMA user_version = 9999")
    with pytest.raises(Ended):
        work.run()
    assert work.told == [(say("silent_stopped", "en"), say("silent_unread", "en", count=3))]


def test_blank_pages_are_told_apart_from_receipts(desk: Callable[..., Desk]) -> None:
    work = desk(Outcome(receipts=3, to_check=1, blank=2, failed=1, written=True), 0)
    assert work.run() == 0
    assert work.told[0][1].splitlines()[0] == "Receipts: 3, to check: 1, failed: 1, blank pages: 2"


def test_receipts_that_were_read_before_are_told_with_the_counts(desk: Callable[..., Desk]) -> None:
    work = desk(Outcome(receipts=3, to_check=3, blank=0, failed=0, written=True, seen="All of them."), 0)
    assert work.run() == 0
    assert work.told[0][1].splitlines()[-1] == "All of them."


def test_the_table_that_was_written_is_named(desk: Callable[..., Desk]) -> None:
    work = desk(Outcome(receipts=3, to_check=0, blank=0, failed=0, written=True, table="March (2).csv"), 0)
    assert work.run() == 0
    assert work.told[0][1].splitlines()[1] == "The table lies beside the files: March (2).csv"


def test_packed_files_that_were_left_out_are_told_without_their_names(desk: Callable[..., Desk]) -> None:
    work = desk(Outcome(receipts=3, to_check=0, blank=0, failed=0, written=True, packed=2), 0)
    assert work.run() == 0
    left_out = "Packed files (ZIP, RAR, 7z) left out: 2. Unpack them first, then choose the folder that comes of it."
    assert left_out in work.told[0][1].splitlines()
