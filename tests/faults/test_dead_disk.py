"""Files on a disk that does not answer: nobody waits beyond a deadline, no engine is lost, and all can be ended."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paddlescan.document import PageRef, Quad, ScanOptions, SourceFile
from paddlescan.errors import DiskSilent
from paddlescan.pipeline import opening
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.errands import Errand, Errands
from paddlescan.pipeline.messages import AreaRead, ReadArea
from paddlescan.pipeline.supervisor import ChildLimits, EngineLost
from tests.fakes.commands import faulty, there
from tests.fakes.dead_disk import NO_DEAD_DISK, dead_disk

pytestmark = pytest.mark.skipif(bool(NO_DEAD_DISK), reason=NO_DEAD_DISK)
PLACE: Quad = ((0.0, 0.0), (50.0, 0.0), (50.0, 20.0), (0.0, 20.0))


@pytest.fixture
def share(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "share"
    folder.mkdir()
    with dead_disk(folder):
        yield folder
    end = time.monotonic() + 30
    while opening._stuck and time.monotonic() < end:  # those that were left behind end with the disk
        time.sleep(0.01)
    assert not opening._stuck


def engine(tmp_path: Path, mode: str = "well", request_s: float = 0.3) -> EngineProcess:
    return EngineProcess(limits=ChildLimits(request_s=request_s), command=faulty(mode), scratch_root=tmp_path)


def page(folder: Path, name: str = "a.png") -> PageRef:
    return PageRef(SourceFile(os.fsencode(folder / name), name))


@pytest.mark.logs
def test_a_page_on_it_fails_at_its_deadline_and_the_engine_lives(share: Path, tmp_path: Path) -> None:
    process = engine(tmp_path)
    result = process.scan(page(share), ScanOptions())
    assert result.error is not None
    assert (result.error.code, dict(result.error.parameters)["file"]) == ("disk_silent", "a.png")
    read = process.scan(PageRef(there("b.png")), ScanOptions())
    assert read.error is not None and read.error.code == "unreadable_file"
    assert process.starts == 1
    process.stop()


@pytest.mark.logs
def test_of_many_pages_on_it_only_the_first_are_waited_for(share: Path, tmp_path: Path) -> None:
    process = engine(tmp_path)
    codes = {(r.error and r.error.code) for r in (process.scan(page(share), ScanOptions()) for _ in range(12))}
    assert codes == {"disk_silent"}
    assert len(opening._stuck) == opening.MOST_STUCK
    assert opening_threads() == opening.MOST_STUCK
    process.stop()


@pytest.mark.logs
def test_files_on_other_disks_are_read_all_the_same(share: Path, tmp_path: Path) -> None:
    process = engine(tmp_path)
    for _ in range(opening.MOST_STUCK + 2):
        result = process.scan(page(share / "deep" / "er"), ScanOptions())
        assert result.error is not None and result.error.code == "disk_silent"
    beside = tmp_path / "b.png"
    beside.write_bytes(b"here")
    for good in (there("b.png"), SourceFile.at(beside)):
        read = process.scan(PageRef(good), ScanOptions())
        assert read.error is not None and read.error.code == "unreadable_file"  # the fake had it in its hands
    process.stop()


@pytest.mark.logs
def test_who_was_ended_while_it_waited_leaves_no_thread_for_each_time(share: Path, tmp_path: Path) -> None:
    for _ in range(12):
        opener = opening.Opener()
        threading.Timer(0.02, opener.cancel).start()
        with (
            pytest.raises((opening.OpeningStopped, DiskSilent)),
            opener.opened(SourceFile(os.fsencode(share / "a.png"), "a.png"), 60),
        ):
            raise AssertionError("nothing is there")
    assert opening_threads() == opening.MOST_STUCK
    assert len(opening._stuck) == opening.MOST_STUCK


def test_a_disk_is_told_by_names_alone(share: Path, tmp_path: Path) -> None:
    assert opening.disk_of(str(share / "a" / "b.png")) == opening.disk_of(str(share / "c.png")) == str(share)
    assert opening.disk_of(str(tmp_path / "share2" / "b.png")) != str(share)


def test_who_waits_for_it_can_be_ended_at_once(share: Path, tmp_path: Path) -> None:
    process = engine(tmp_path, request_s=600)
    process.ensure_started()
    causes: list[str] = []

    def read() -> None:
        with pytest.raises(EngineLost) as caught:
            process.scan(page(share), ScanOptions())
        causes.append(caught.value.cause)

    thread = threading.Thread(target=read)
    thread.start()
    wait_for(lambda: opening_threads() > 0)
    process.kill()
    thread.join(30)
    assert causes == ["stopped"]


@pytest.mark.logs
def test_a_place_on_it_costs_the_page_that_is_read_nothing(
    share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paddlescan.pipeline.errands.OPENING_S", 0.2)
    answers: list[AreaRead | None] = []
    process = engine(tmp_path, "crash_on_errand", request_s=60)
    process.errands = Errands()
    process.errands.put(Errand(ReadArea(page(share, "errand.png"), PLACE, ScanOptions()), answers.append))
    read = process.scan(PageRef(there("b.png")), ScanOptions())
    assert read.error is not None and read.error.code == "unreadable_file"
    assert [answer and answer.failure and answer.failure.code for answer in answers] == ["disk_silent"]
    assert process.starts == 1
    process.stop()


def opening_threads() -> int:
    return sum(thread.name == "opening" for thread in threading.enumerate())


def wait_for(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not done() and time.monotonic() < end:
        time.sleep(0.005)
    assert done()
