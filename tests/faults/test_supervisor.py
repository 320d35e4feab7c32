"""The supervisor against children that really crash, hang, babble and eat memory."""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from paddlescan.document import Limits, PageRef, ScanOptions, SourceFile, SourceInfo
from paddlescan.errors import DiskFull, FolderUnwritable, ModelMissing
from paddlescan.pipeline import child
from paddlescan.pipeline.child_record import MOST_OF_CHILD
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.spawning import spawn
from paddlescan.pipeline.supervisor import ChildLimits, EngineLost
from tests.fakes.commands import faulty, there
from tests.faults.disks import SmallDisk

PAGE = PageRef(there("a.png"), 1, 5)
MANY = 60.0  # seconds: a deadline that no test means to reach
Make = Callable[..., EngineProcess]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[EngineProcess] = []

    def build(mode: str, name: str | None = None, log_file: Path | None = None, **limits: float) -> EngineProcess:
        wanted = {"start_s": MANY, "request_s": MANY, **limits}
        engine = EngineProcess(
            limits=ChildLimits(**wanted),  # type: ignore[arg-type]
            command=faulty(mode, name),
            scratch_root=tmp_path,
            log_file=log_file,
        )
        made.append(engine)
        return engine

    yield build
    for engine in made:
        engine.stop(0)
    assert zombies() == []
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("paddlescan-")] == [], "scratch was left behind"


def zombies() -> list[int]:
    return [p.pid for p in psutil.Process().children() if p.status() == psutil.STATUS_ZOMBIE]


def lost(engine: EngineProcess) -> EngineLost:
    with pytest.raises(EngineLost) as caught:
        engine.scan(PAGE, ScanOptions())
    return caught.value


@pytest.mark.parametrize(
    ("mode", "cause"),
    [
        ("crash", "crashed"),
        ("oom_killed", "out_of_memory"),
        ("memory_error", "out_of_memory"),
        ("garbage", "bad_answer"),
        ("misfit", "bad_answer"),
        ("oversized", "bad_answer"),
        ("wrong_kind", "bad_answer"),
        ("another_page", "bad_answer"),
        ("hangs_up", "crashed"),  # its own watch thread ends it
        ("dies_in_an_answer", "crashed"),
    ],
)
def test_a_lost_child_is_noticed_and_replaced(make: Make, mode: str, cause: str) -> None:
    engine = make(mode, "a.png")
    error = lost(engine)
    assert (error.cause, error.while_starting) == (cause, False)
    assert engine.pid is None
    other = PageRef(there("b.png"))
    assert engine.scan(other, ScanOptions()).error is not None  # a fresh child, which is well
    assert engine.starts == 2


@pytest.mark.parametrize("mode", ["hang", "half_an_answer"])
def test_a_deadline_ends_a_child_that_does_not_answer(make: Make, mode: str) -> None:
    engine = make(mode, request_s=0.3)
    assert lost(engine).cause == "timed_out"


@pytest.mark.parametrize(
    ("mode", "cause", "limits"),
    [
        ("start_hang", "timed_out", {"start_s": 0.5}),
        ("start_crash", "crashed", {}),
        ("start_garbage", "bad_answer", {}),
        ("start_oom_killed", "out_of_memory", {}),
    ],
)
def test_a_child_that_never_says_hello_blames_no_page(
    make: Make, mode: str, cause: str, limits: dict[str, float]
) -> None:
    error = lost(make(mode, **limits))
    assert (error.cause, error.while_starting) == (cause, True)


def test_a_child_that_gives_its_reason_is_believed(make: Make) -> None:
    engine = make("start_refused")
    with pytest.raises(ModelMissing):
        engine.ensure_started()
    assert engine.pid is None


@pytest.mark.logs
def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    engine = EngineProcess(command=("/no/such/program",), scratch_root=tmp_path)
    with pytest.raises(EngineLost) as caught:
        engine.ensure_started()
    assert caught.value.while_starting
    assert list(tmp_path.iterdir()) == []


@pytest.mark.logs
def test_a_full_disk_is_told(disk: SmallDisk) -> None:
    disk.fill()
    with pytest.raises(DiskFull) as told:
        EngineProcess(command=faulty("well"), scratch_root=disk.path).ensure_started()
    assert told.value.message == f"The disk is full: temporary files could not be saved in {disk.path}."


@pytest.mark.logs
def test_a_folder_for_temporary_files_that_may_not_be_written_is_told(disk: SmallDisk) -> None:
    """Not that the reading engine keeps stopping, which sends a person to look for something else."""
    disk.write_protect()
    with pytest.raises(FolderUnwritable) as told:
        EngineProcess(command=faulty("well"), scratch_root=disk.path).ensure_started()
    assert told.value.message == f"The folder {disk.path} cannot be used: Read-only file system."


def test_a_cache_that_was_cleaned_away_and_a_log_that_cannot_be_written_stop_nobody(tmp_path: Path) -> None:
    log_file = tmp_path / "a folder" / "engine.log"
    engine = EngineProcess(command=faulty("well"), scratch_root=tmp_path / "cleaned" / "away", log_file=log_file)
    try:
        assert engine.ensure_started()
    finally:
        engine.stop()


def test_a_child_that_eats_memory_is_ended(make: Make) -> None:
    engine = make("balloon", memory_bytes=300 << 20)
    assert lost(engine).cause == "out_of_memory"
    assert 300 << 20 < engine.peak_bytes < 1200 << 20


def test_a_child_that_fills_the_disk_is_ended_and_its_files_go(make: Make, tmp_path: Path) -> None:
    engine = make("fill_disk", scratch_bytes=100 << 20)
    assert lost(engine).cause == "fills_disk"
    assert not list(tmp_path.rglob("heap-*"))


def test_a_child_that_died_while_idle_costs_no_page(make: Make) -> None:
    engine = make("well")
    engine.scan(PAGE, ScanOptions())
    assert engine.pid
    victim = psutil.Process(engine.pid)
    victim.kill()
    psutil.wait_procs([victim], timeout=10)
    assert engine.scan(PAGE, ScanOptions()).error is not None
    assert engine.starts == 2


def test_recycling_after_so_many_requests(make: Make) -> None:
    engine = make("well", recycle_requests=3)
    pids = []
    for _ in range(7):
        engine.scan(PAGE, ScanOptions())
        pids.append(engine.pid)
    assert len(set(pids)) == 3
    assert len(set(pids[:3])) == 1


def test_kill_from_another_thread_ends_a_request_at_once_and_for_good(make: Make) -> None:
    engine = make("hang")
    engine.ensure_started()
    begun = threading.Event()
    causes: list[str] = []

    def ask() -> None:
        begun.set()
        causes.append(lost(engine).cause)

    thread = threading.Thread(target=ask)
    thread.start()
    begun.wait(MANY)
    before = time.monotonic()
    engine.kill()
    thread.join(MANY)
    assert causes == ["stopped"]
    assert time.monotonic() - before < 1.0  # the "Stop within a second"
    assert lost(engine).cause == "stopped"
    assert engine.starts == 1


def test_kill_while_the_child_starts(make: Make) -> None:
    engine = make("start_hang")
    causes: list[str] = []
    thread = threading.Thread(target=lambda: causes.append(lost(engine).cause))
    thread.start()
    deadline = time.monotonic() + MANY
    while engine.pid is None and time.monotonic() < deadline:
        os.sched_yield()
    engine.kill()
    thread.join(MANY)
    assert causes == ["stopped"]


def test_stop_leaves_nothing(make: Make) -> None:
    engine = make("well")
    engine.scan(PAGE, ScanOptions())
    assert engine.pid and engine.scratch
    child, scratch = psutil.Process(engine.pid), engine.scratch
    assert stat.S_IMODE(scratch.stat().st_mode) == 0o700
    engine.stop()
    assert not child.is_running()
    assert not scratch.exists()


def test_what_libraries_print_goes_to_the_log_of_the_owner_alone(make: Make, tmp_path: Path) -> None:
    log_file = tmp_path / "engine.log"
    engine = make("crash", log_file=log_file)
    lost(engine)
    text = log_file.read_text()
    assert "a library that prints" in text
    assert "Segmentation fault" in text  # faulthandler's frames
    assert "a.png" not in text
    assert stat.S_IMODE(log_file.stat().st_mode) == 0o600


def test_a_child_can_neither_cut_nor_grow_its_log(make: Make, tmp_path: Path) -> None:
    log_file = tmp_path / "engine.log"
    log_file.write_text("from before\n")
    engine = make("rewrites_log", log_file=log_file)
    engine.scan(PAGE, ScanOptions())
    engine.stop()
    text = log_file.read_text()
    assert text.startswith("from before\n") and "a library that prints" in text
    assert len(text) < 10_000


def test_what_a_child_that_has_seen_files_writes_is_told_only_where_it_is_known(make: Make, tmp_path: Path) -> None:
    log_file = tmp_path / "engine.log"
    engine = make("forges_log", log_file=log_file)
    engine.scan(PAGE, ScanOptions())
    pid = engine.pid
    engine.stop()
    text = log_file.read_text()
    assert "QUETZALCOATL" not in text and "2026-01-02" not in text and "\x1b" not in text
    assert f"{pid} paddlescan.pipeline.engine_service INFO page 7: done, 12 lines, 0.31 s\n" in text
    assert f"{pid} paddlescan.pipeline.scan ERROR page 7: an error\n" in text
    assert f'  |   File "{child.__file__}", line 3\n' in text
    assert "6 lines that are not known by their shape are left out" in text


def test_a_child_that_floods_its_log_is_heard_to_a_bound_and_never_waits(make: Make, tmp_path: Path) -> None:
    log_file = tmp_path / "engine.log"
    engine = make("floods_log", log_file=log_file)
    engine.scan(PAGE, ScanOptions())
    engine.stop()
    text = log_file.read_text()
    assert "page 7: done, 12 lines" in text
    assert text.count("this child says too much") == 1
    assert len(text) < 2 * MOST_OF_CHILD
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("log of")]


def test_children_leave_no_thread_and_no_descriptor(make: Make, tmp_path: Path) -> None:
    def held() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    engine = make("well", log_file=tmp_path / "engine.log")
    for round_ in range(4):
        engine.scan(PAGE, ScanOptions())
        if round_ % 2:
            engine.stop()
        else:
            victim = psutil.Process(engine.pid)
            victim.kill()
            psutil.wait_procs([victim], timeout=10)
            engine.scan(PAGE, ScanOptions())  # by a fresh one: a child that died while idle costs no page
        if round_ == 1:
            before = held()
    assert held() == before
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("log of")]


def test_no_child_means_no_descriptor_either(tmp_path: Path) -> None:
    def held() -> set[str]:
        links = [os.path.realpath(entry) for entry in Path("/proc/self/fd").iterdir()]
        return {place for place in links if "pipe:" in place or place.endswith("engine.log")}

    before = held()
    with pytest.raises(OSError, match="no/such"):
        spawn(("/no/such/program",), tmp_path, tmp_path / "engine.log")
    assert held() == before


def test_inspection_is_refused_like_any_request(make: Make, tmp_path: Path) -> None:
    file = tmp_path / "x.png"
    file.write_bytes(b"not a picture")
    info = make("well").inspect(SourceFile.at(file), Limits())
    assert isinstance(info, SourceInfo)
    assert info.page_count == 1


@pytest.mark.logs
@pytest.mark.skipif(os.name == "nt", reason="Windows has no folders that deep")
def test_folders_too_deep_to_walk_end_the_child_and_go_with_it(make: Make) -> None:
    """The fixture looks whether its scratch folder is gone."""
    engine = make("burrow", request_s=20.0)
    assert lost(engine).cause == "fills_disk"
    assert lost(engine).cause == "fills_disk"  # and the next one starts


@pytest.mark.logs
def test_a_guard_that_fails_ends_the_child(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(folder: Path, most_bytes: int) -> bool:
        raise RuntimeError

    monkeypatch.setattr("paddlescan.pipeline.guard.holds_more", fails)
    assert lost(make("hang")).cause == "crashed"


@pytest.mark.logs
def test_a_child_that_takes_memory_while_nobody_asks_is_ended(make: Make) -> None:
    engine = make("swell_later", memory_bytes=300 << 20)
    engine.scan(PAGE, ScanOptions())
    assert engine.pid is not None
    child = psutil.Process(engine.pid)
    child.wait(30)
    assert engine.scan(PAGE, ScanOptions()).error is not None  # a fresh one reads on
    assert engine.starts == 2
