"""An engine that was started before anybody needed it: it is used, it fails as any other, and it never stays behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from paddlescan.cli.engine import early_engine
from paddlescan.cli.parser import command_parser
from paddlescan.document import EngineOptions, PageRef, ScanOptions
from paddlescan.errors import DiskFull, ModelMissing
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.early import EarlyEngine
from paddlescan.pipeline.events import EngineReady, Event, PageFinished
from paddlescan.pipeline.supervisor import ChildLimits, EngineLost
from tests.fakes.commands import faulty, there
from tests.faults.bench import HONEST, Bench
from tests.faults.disks import SmallDisk

PAGE = PageRef(there("a.png"), 1, 5)
OPTIONS = EngineOptions()


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "scratch of early ones"
    yield folder
    assert not folder.exists() or list(folder.iterdir()) == [], "scratch was left behind"
    assert [p for p in psutil.Process().children() if p.status() == psutil.STATUS_ZOMBIE] == []


def early(mode: str, scratch: Path) -> EngineProcess:
    engine = EngineProcess(limits=ChildLimits(start_s=60), command=faulty(mode), scratch_root=scratch)
    engine.start_early()
    return engine


def ahead(scratch: Path) -> EarlyEngine:
    one = EarlyEngine(OPTIONS, scratch_root=scratch, command=faulty("well"))
    one.start()
    return one


def process_of(one: EarlyEngine) -> psutil.Process:
    one._wait()
    assert one._engine is not None
    return psutil.Process(one._engine.pid)


def test_what_was_started_early_is_what_answers(scratch: Path) -> None:
    engine = early("well", scratch)
    started = engine.pid
    assert started is not None
    assert engine.hello is None
    engine.start_early()  # once is enough
    assert engine.scan(PAGE, ScanOptions()).error is not None
    assert (engine.pid, engine.starts, engine.served) == (started, 1, 1)
    assert engine.hello is not None
    engine.stop()
    engine.start_early()
    assert engine.pid is None, "it was started early though nobody waits for a first one"


@pytest.mark.parametrize(("mode", "cause"), [("start_crash", "crashed"), ("start_garbage", "bad_answer")])
def test_one_that_fails_before_its_hello_blames_no_page(scratch: Path, mode: str, cause: str) -> None:
    engine = early(mode, scratch)
    with pytest.raises(EngineLost) as lost:
        engine.scan(PAGE, ScanOptions())
    assert (lost.value.cause, lost.value.while_starting) == (cause, True)
    assert engine.pid is None


def test_one_that_gives_its_reason_is_believed(scratch: Path) -> None:
    with pytest.raises(ModelMissing):
        early("start_refused", scratch).ensure_started()


def test_one_that_hangs_has_its_time_from_when_it_is_waited_for(scratch: Path) -> None:
    engine = EngineProcess(limits=ChildLimits(start_s=0.5), command=faulty("start_hang"), scratch_root=scratch)
    engine.start_early()
    with pytest.raises(EngineLost) as lost:
        engine.ensure_started()
    assert lost.value.cause == "timed_out"


def test_one_that_is_gone_when_it_is_wanted_is_replaced(scratch: Path) -> None:
    engine = early("well", scratch)
    assert engine.pid
    victim = psutil.Process(engine.pid)
    victim.kill()
    with pytest.raises(EngineLost) as lost:
        engine.scan(PAGE, ScanOptions())
    assert lost.value.while_starting
    assert engine.scan(PAGE, ScanOptions()).error is not None
    assert engine.starts == 2
    engine.stop()


def test_who_kills_it_wants_the_end(scratch: Path) -> None:
    engine = early("well", scratch)
    engine.kill()
    with pytest.raises(EngineLost) as lost:
        engine.ensure_started()
    assert lost.value.cause == "stopped"


@pytest.mark.logs
def test_where_there_is_no_room_for_it_who_takes_it_hears_so(disk: SmallDisk) -> None:
    disk.fill()
    engine = ahead(disk.path).take(OPTIONS)
    assert engine is not None
    with pytest.raises(DiskFull):
        engine.ensure_started()


def test_it_is_taken_once(scratch: Path) -> None:
    one = ahead(scratch)
    engine = one.take(OPTIONS)
    assert engine is not None
    assert one.take(OPTIONS) is None
    one.give_up()
    assert engine.ensure_started(), "what was taken is somebody else's"
    engine.stop()


def test_it_ends_where_another_one_is_wanted_or_none(scratch: Path) -> None:
    for end in (lambda one: one.take(EngineOptions(threads=3)), EarlyEngine.give_up):
        one = ahead(scratch)
        process = process_of(one)
        assert end(one) is None
        assert not process.is_running()
        assert list(scratch.iterdir()) == []


def test_one_that_was_never_started_is_an_engine_like_any_other(scratch: Path) -> None:
    EarlyEngine(OPTIONS, scratch_root=scratch, command=faulty("well")).give_up()
    engine = EarlyEngine(OPTIONS, scratch_root=scratch, command=faulty("well")).take(OPTIONS)
    assert engine is not None
    assert engine.scan(PAGE, ScanOptions()).error is not None
    engine.stop()


def test_a_batch_reads_with_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["a.png", "b.png"])
    events = list[Event]()
    one = ahead(bench.scratch)
    engine = one._engine
    assert engine is not None
    starts: list[int] = []

    def hear(event: Event) -> None:
        events.append(event)
        starts.append(engine.starts)

    nothing = ("/no/such/program",)  # any other engine fails
    never = threading.Event()
    folders = {"scratch_root": bench.scratch, "log_folder": tmp_path}
    run_batch(bench.path, bench.batch, OPTIONS, ScanOptions(), 1, hear, never, command=nothing, early=one, **folders)
    assert bench.codes() == {"a.png": HONEST, "b.png": HONEST}
    assert sum(isinstance(event, PageFinished) for event in events) == 2
    assert sum(isinstance(event, EngineReady) for event in events) <= 1
    assert set(starts) == {1}
    assert list(bench.scratch.iterdir()) == []


def test_a_scan_of_what_is_not_there_starts_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    options = command_parser().parse_args(["scan", "--device", "cpu", str(tmp_path / "gone")])
    with early_engine(options) as one:
        assert one is None
    options.paths = [str(tmp_path)]
    with early_engine(options) as one:
        assert one is not None
        process = process_of(one)
    assert not process.is_running()
