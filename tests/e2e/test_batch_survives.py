"""The real engine on drawn receipts: what is killed in the middle costs a retry and changes nothing."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from paddlescan.document import EngineOptions, PageResult, ScanOptions, Seconds, SourceFile
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.events import Event, PageFinished, PageStarted
from paddlescan.pipeline.intake import walk
from paddlescan.store import Store

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "resources" / "samples"
PROGRAM = """
import sys, threading
from pathlib import Path
from paddlescan.document import EngineOptions, ScanOptions
from paddlescan.pipeline.batch import run_batch
from paddlescan.store import Store

store, batch, scratch = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
with Store(store) as s:
    assert s.lease(batch).acquire()
    run_batch(store, batch, EngineOptions(), ScanOptions(), 2, lambda e: None, threading.Event(), scratch_root=scratch)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four drawn receipts, and a page with nothing on it."""
    from PIL import Image

    place = tmp_path_factory.mktemp("drawn") / "receipts"
    place.mkdir()
    for file in sorted(SAMPLES.glob("*.jpg"))[:4]:
        shutil.copy(file, place)
    Image.new("RGB", (600, 800), "white").save(place / "z blank.png")
    return place


def new_batch(path: Path, folder: Path) -> int:
    with Store(path) as store:
        batch = store.create_batch("", "cli", ScanOptions())
        store.add_sources(batch, [item for item in walk([folder]) if isinstance(item, SourceFile)])
        return batch


def results(path: Path, batch: int) -> list[PageResult]:
    """All of the results but what no two runs have in common."""
    with Store(path) as store:
        rows = store.page_rows(batch)
        found = [store.page_result(row.id) for row in rows]
    return [replace(result, seconds=Seconds()) for result in found if result is not None]


def scan(path: Path, batch: int, scratch: Path, hear: Callable[[Event], None]) -> None:
    run_batch(
        path,
        batch,
        EngineOptions(),
        ScanOptions(),
        2,
        hear,
        threading.Event(),
        scratch_root=scratch,
        log_folder=scratch,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("undisturbed")


@pytest.fixture(scope="module")
def undisturbed(folder: Path, place: Path) -> list[PageResult]:
    path = place / "store.sqlite"
    batch = new_batch(path, folder)
    scan(path, batch, place, lambda event: None)
    return results(path, batch)


def test_receipts_are_read(undisturbed: list[PageResult]) -> None:
    *drawn, blank = undisturbed
    assert len(drawn) == 4
    for result in drawn:
        assert result.status in ("done", "needs_review")
        assert result.receipts[0].value("total")
        assert len(result.receipts[0].lines) > 5
        assert result.sha256 and result.engine and result.engine.name == "onnxruntime"
        right, bottom = result.width or 0, result.height or 0
        for line in result.receipts[0].lines:
            assert all(-20 <= x <= right + 20 and -20 <= y <= bottom + 20 for x, y in line.quad)
    assert blank.status == "done"
    assert blank.receipts[0].lines == ()
    assert [finding.name for finding in blank.quality] == ["blank"]


def test_engine_logs_tell_of_pages_and_nothing_of_receipts(undisturbed: list[PageResult], place: Path) -> None:
    files = sorted(place.glob("engine-*.log"))
    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    text = "".join(file.read_text() for file in files)
    assert "page 1: " in text
    for result in undisturbed:
        assert Path(result.page.source.name).stem not in text
        for line in result.receipts[0].lines:
            assert len(line.text) < 6 or line.text not in text


def test_kill_9_of_an_engine_costs_a_retry_and_changes_nothing(
    folder: Path, tmp_path: Path, undisturbed: list[PageResult]
) -> None:
    path = tmp_path / "store.sqlite"
    batch = new_batch(path, folder)
    killed: list[int] = []
    finished: list[str] = []

    def hear(event: Event) -> None:
        if isinstance(event, PageFinished):
            finished.append(event.state)
        if isinstance(event, PageStarted) and finished and not killed:
            # Every engine is in the middle of a page now, or will be in a moment: the first one dies.
            engine = next(p for p in psutil.Process().children() if "engine_process" in " ".join(p.cmdline()))
            killed.append(engine.pid)
            engine.send_signal(signal.SIGKILL)

    scan(path, batch, tmp_path, hear)
    assert killed
    assert results(path, batch) == undisturbed


@pytest.mark.long
def test_kill_9_of_the_whole_program_and_a_restart_give_the_same(
    folder: Path, tmp_path: Path, undisturbed: list[PageResult]
) -> None:
    path, scratch = tmp_path / "store.sqlite", tmp_path / "scratch"
    scratch.mkdir()
    batch = new_batch(path, folder)
    command = [sys.executable, "-c", PROGRAM, str(path), str(batch), str(scratch)]
    program = subprocess.Popen(command, cwd=ROOT)
    pause = threading.Event()
    with Store(path) as store:
        while store.summary(batch).done + store.summary(batch).needs_review == 0:
            assert program.poll() is None
            pause.wait(0.02)
        engines = psutil.Process(program.pid).children()
        assert engines
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        _, alive = psutil.wait_procs(engines, timeout=10)
        assert alive == [], "engines outlived the program"
        assert store.summary(batch).unfinished
    left = [thing for folder in scratch.iterdir() for thing in folder.iterdir()]
    assert left == [], "engines left something in their scratch"  # the folder itself is beyond their jail
    before = len(results(path, batch))
    assert 0 < before < len(undisturbed)
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    assert list(scratch.iterdir()) == []
    assert results(path, batch) == undisturbed


def test_three_lines_in_an_unguarded_script_start_no_children_without_end(folder: Path, tmp_path: Path) -> None:
    """With multiprocessing's own spawn this script would import itself in every child."""
    script = tmp_path / "three_lines.py"
    script.write_text(
        f"import sys; sys.path.append({str(ROOT)!r})\n"
        "from paddlescan.pipeline.clients import EngineProcess\n"
        "from paddlescan.document import PageRef, ScanOptions, SourceFile\n"
        f"source = SourceFile.at({str(sorted(folder.iterdir())[0])!r})\n"
        "engine = EngineProcess()\n"
        "print(engine.scan(PageRef(source), ScanOptions()).status)\n"
    )
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.strip() in ("done", "needs_review")  # and nothing that a library printed
