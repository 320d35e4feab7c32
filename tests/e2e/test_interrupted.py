"""A scan that is stopped or killed, and goes on."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from paddlescan.store import Store
from tests.e2e.conftest import PAGES, CommandLine, steady

pytestmark = pytest.mark.slow


def finished(paddlescan: CommandLine) -> int:
    """How many pages the store holds results of."""
    file = paddlescan.home / "data" / "receipts.sqlite"
    if not file.exists():
        return 0
    with Store(file) as store:
        return sum(summary.done + summary.needs_review for summary in store.batches())


def wait_for_pages(paddlescan: CommandLine, process: subprocess.Popen[str], wanted: int) -> None:
    deadline = time.monotonic() + 120
    while finished(paddlescan) < wanted:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue


def attempts(paddlescan: CommandLine) -> dict[str, int]:
    with sqlite3.connect(paddlescan.home / "data" / "receipts.sqlite") as db:
        rows = db.execute("SELECT name, attempts FROM page JOIN source ON source.id = source_id").fetchall()
    return dict(rows)


@pytest.mark.long
def test_killed_and_resumed_it_gives_the_undisturbed_export(
    paddlescan: CommandLine, inbox: Path, tmp_path: Path
) -> None:
    undisturbed = CommandLine(tmp_path / "other home")
    assert undisturbed("scan", inbox, "--json", tmp_path / "calm.json").returncode == 0

    process = paddlescan.start("scan", inbox, "--json", tmp_path / "killed.json")
    wait_for_pages(paddlescan, process, 2)
    process.kill()
    process.communicate()
    before = finished(paddlescan)
    assert 2 <= before < PAGES
    assert not (tmp_path / "killed.json").exists()

    again = paddlescan("scan", inbox, "--json", tmp_path / "killed.json", "--resume")
    assert again.returncode == 0, again.stderr
    assert "Going on with an unfinished scan" in again.stderr
    calm, killed = (json.loads((tmp_path / f"{name}.json").read_text())["pages"] for name in ("calm", "killed"))
    assert steady(killed) == steady(calm)
    counts = attempts(paddlescan)
    assert len(counts) == PAGES
    assert sum(count > 1 for count in counts.values()) <= PAGES - before


@pytest.mark.long
def test_a_batch_that_another_program_reads_is_left_as_it_is(
    paddlescan: CommandLine, inbox: Path, tmp_path: Path
) -> None:
    store = paddlescan.home / "data" / "receipts.sqlite"
    for path in sorted(inbox.iterdir())[2:]:
        path.rename(tmp_path / path.name)
    process = paddlescan.start("scan", inbox)
    wait_for_pages(paddlescan, process, 1)
    process.kill()
    process.communicate()
    before = pages_and_notes(store, 1)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_BATCH, store], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout and holder.stdout.readline() == "held\n"
    later = next(path for path in sorted(tmp_path.iterdir()) if path.suffix == ".jpg")
    later.rename(inbox / later.name)

    done = paddlescan("scan", inbox, "--resume")
    holder.communicate("")
    assert done.returncode == 0, done.stderr
    assert "is being read by another PaddleScan" in done.stderr
    assert "Going on with" not in done.stderr
    assert pages_and_notes(store, 1) == before
    assert pages_and_notes(store, 2)[0] == 3

    on = paddlescan("scan", inbox, "--resume")  # free now: the late file is added, and it is noted once
    assert "Going on with an unfinished scan" in on.stderr
    pages, notes = pages_and_notes(store, 1)
    assert (pages, notes.count("resumed")) == (3, 1)


HOLD_BATCH = """
import sys
from pathlib import Path
from paddlescan.store import Store
with Store(Path(sys.argv[1])) as store, store.lease(1) as held:
    print("held" if held else "busy", flush=True)
    sys.stdin.read()
"""


def pages_and_notes(file: Path, batch: int) -> tuple[int, list[str]]:
    with Store(file) as store:
        events = store.newest_events(batch, 100)
        return store.summary(batch).pages, [event.what for event in events if event.page_id is None]


@pytest.mark.long
def test_ctrl_c_stops_at_once_and_keeps_what_was_read(paddlescan: CommandLine, inbox: Path, tmp_path: Path) -> None:
    process = paddlescan.start("scan", inbox, "--json", tmp_path / "o.json")
    wait_for_pages(paddlescan, process, 2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "--resume" in err
    assert not (tmp_path / "o.json").exists()
    assert paddlescan("scan", inbox, "--json", tmp_path / "o.json", "--resume").returncode == 0
    assert len(json.loads((tmp_path / "o.json").read_text())["pages"]) == PAGES


@pytest.mark.long
def test_resume_with_other_switches_begins_anew(paddlescan: CommandLine, inbox: Path) -> None:
    process = paddlescan.start("scan", inbox)
    wait_for_pages(paddlescan, process, 1)
    process.kill()
    process.communicate()
    for path in sorted(inbox.iterdir())[1:]:
        path.unlink()
    done = paddlescan("scan", inbox, "--resume", "--no-deskew")
    assert done.returncode == 0
    assert "a new one is started" in done.stderr
    assert "Pages: 1 " in done.stderr


@pytest.mark.long
def test_killed_while_exports_are_written_no_page_is_read_again(
    paddlescan: CommandLine, inbox: Path, tmp_path: Path
) -> None:
    for path in sorted(inbox.iterdir())[2:]:
        path.unlink()
    wanted = [word for kind in ("json", "pdf") for word in (f"--{kind}", str(tmp_path / f"o.{kind}"))]
    process = paddlescan.start("scan", inbox, *wanted)
    while not (tmp_path / "o.json").exists():  # all is read
        assert process.poll() is None, process.communicate()
    process.kill()
    process.communicate()
    assert finished(paddlescan) == 2

    again = paddlescan("scan", inbox, *wanted, "--resume", "--overwrite")
    assert again.returncode == 0, again.stderr
    assert "2 of 2 pages are read already" in again.stderr
    assert set(attempts(paddlescan).values()) == {1}
    assert len(json.loads((tmp_path / "o.json").read_text())["pages"]) == 2
    assert (tmp_path / "o.pdf").exists()

    nothing = paddlescan("scan", inbox, "--resume")  # what is brought to its end is not gone on with
    assert "There is no unfinished scan" in nothing.stderr


@pytest.mark.long
def test_an_unfinished_scan_is_spoken_of(paddlescan: CommandLine, inbox: Path) -> None:
    for path in sorted(inbox.iterdir())[1:]:
        path.unlink()
    process = paddlescan.start("scan", inbox)
    while not list(paddlescan.home.glob("data/*.scan-*")):
        assert process.poll() is None, process.communicate()
    process.kill()
    process.communicate()
    done = paddlescan("scan", inbox)
    assert "An earlier scan of these files was not finished" in done.stderr
    assert "--resume" in done.stderr
    assert "An earlier scan" not in paddlescan("scan", inbox).stderr  # the newest was brought to its end
