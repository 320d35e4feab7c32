"""The packed program does what the program does that it was made of, in a place like no developer's machine.

Run by frozen.sh, which names the folder that was built in PADDLESCAN_FROZEN; not part of `make test`.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import psutil
import pytest

from paddlescan.pipeline.jail import landlock
from paddlescan.store import Store
from tests.e2e.conftest import SAMPLES, CommandLine, steady
from tests.e2e.tracing import outward, traced
from tests.gui_x11.desktop import Desktop, missing, wait_until
from tests.packages.cage import Cage, obstacle

PROGRAM = Path(os.environ["PADDLESCAN_FROZEN"]).resolve()
pytestmark = pytest.mark.skipif(obstacle() is not None, reason=str(obstacle()))
FOUR = [SAMPLES / name for name in ("cafe.jpg", "hotel.jpg", "餐饮小票.jpg", "电子发票.jpg")]
EXPORTS = ("o.json", "o.csv", "o.xlsx", "o.pdf")


@pytest.fixture
def cage() -> Iterator[Cage]:
    with tempfile.TemporaryDirectory(prefix="paddlescan-cage-") as folder:
        yield Cage(Path(folder), PROGRAM).make()


def exports(folder: Path) -> list[str]:
    return [word for name in EXPORTS for word in (f"--{name.removeprefix('o.')}", str(folder / name))]


def pages_of(file: Path) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["pages"]
    return pages


def engines(program: Path) -> list[psutil.Process]:
    """The engine processes of the packed program that run now and are not ending."""
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
        except psutil.Error:
            continue
        if words[1:3] == ["--paddlescan-child", "engine"] and words[0].startswith(str(program)):
            found.append(process)
    return found


def test_the_doctor_finds_nothing_wrong(cage: Cage) -> None:
    findings = {one["name"]: one for one in json.loads(cage("doctor", "--json", "--lang", "en").stdout)}
    states = {name: one["state"] for name, one in findings.items()}
    assert {name for name, state in states.items() if state == "problem"} == set()
    assert states["reading"] == states["models"] == states["jail"] == "ok"
    if landlock.version():
        assert "Landlock" in findings["jail"]["detail"] and "seccomp" in findings["jail"]["detail"]
    assert "models" in cage("models", "verify", "--lang", "en").stdout
    assert cage.left() == []


def test_it_reads_and_exports_what_the_source_program_does(cage: Cage, tmp_path: Path) -> None:
    inbox = cage.bring(*FOUR, folder="票据 in")
    out = cage.bring(folder="结果")
    source = tmp_path / "source"
    source.mkdir()
    alone = ("--workers", "1", "--quiet")  # rows get their numbers, which the workbook holds, in the order of reading
    cage("scan", inbox, *exports(out), *alone)
    done = CommandLine(tmp_path / "source home")("scan", inbox, *exports(source), *alone)
    assert done.returncode == 0, done.stderr
    assert steady(pages_of(out / "o.json")) == steady(pages_of(source / "o.json"))
    assert len(pages_of(out / "o.json")) == len(FOUR)
    assert all(page["status"] != "failed" for page in pages_of(out / "o.json"))
    sheets = [
        [*csv.reader((folder / "o.csv").read_text(encoding="utf-8-sig").splitlines())] for folder in (out, source)
    ]
    assert sheets[0] == sheets[1] and len(sheets[0]) == 1 + len(FOUR)
    books = [openpyxl.load_workbook(folder / "o.xlsx") for folder in (out, source)]
    cells = [[[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()] for book in books]
    assert cells[0] == cells[1]
    texts = [
        subprocess.run(["pdftotext", folder / "o.pdf", "-"], check=True, capture_output=True, text=True).stdout
        for folder in (out, source)
    ]
    assert texts[0] == texts[1] and "42.40" in texts[0]
    assert [name for name in cage.left() if not name.startswith(("票据 in/", "结果/"))] == []


@pytest.mark.parametrize(
    ("engine", "library"), [("onnxruntime", "onnxruntime_pybind11_state"), ("openvino", "libopenvino_intel_cpu_plugin")]
)
def test_each_runtime_reads_and_turns_to_no_network(cage: Cage, tmp_path: Path, engine: str, library: str) -> None:
    """By the kernel's account; that it works where there is none, all the others show."""
    inbox = cage.bring(FOUR[0], folder="in")
    out = inbox / "o.json"
    command = cage.command("scan", inbox, "--json", out, "--quiet", "--engine", engine, network=True)
    calls = traced(command, tmp_path / "trace", cage.environment(), cage.home)
    assert any("ppocrv6_rec.onnx" in call for call in calls), "the engine was not seen, so this proves nothing"
    assert any(library in call for call in calls)
    assert outward(calls) == []
    (page,) = pages_of(out)
    assert page["engine"]["name"] == engine
    assert page["fields"]["total"]["value"] == "42.40"


def test_the_first_pages_find_out_which_runtime_is_quicker(cage: Cage) -> None:
    inbox = cage.bring(*FOUR, folder="in")
    for number in range(20):  # each engine tries for itself, on some ten pages
        shutil.copy(SAMPLES / "hotel.jpg", inbox / f"more {number}.jpg")
    cage("scan", inbox, "--csv", cage.home / "o.csv", "--quiet")
    (found,) = (one for one in json.loads(cage("doctor", "--json", "--lang", "en").stdout) if one["name"] == "runtimes")
    assert re.search(r"ONNX Runtime \d+ ms, OpenVINO \d+ ms.*ONNX Runtime \d+ ms, OpenVINO \d+ ms", found["detail"])


def test_five_engines_at_once_one_of_them_killed_lose_no_page(cage: Cage) -> None:
    inbox = cage.bring(*(path for path in SAMPLES.glob("*.jpg")), folder="in")
    for number in range(4):
        shutil.copy(SAMPLES / "cafe.jpg", inbox / f"more {number}.jpg")
    count = len(list(inbox.iterdir()))
    process = cage.start("scan", inbox, "--json", cage.home / "o.json", "--workers", "5", "--quiet")
    most: list[int] = []

    def five() -> bool:
        running = engines(cage.place)
        most.append(len(running))
        return len(running) >= 5 or process.poll() is not None

    wait_until(five, "five engines", 120)
    assert process.poll() is None, process.communicate()
    os.kill(engines(cage.place)[0].pid, signal.SIGKILL)
    out, err = process.communicate(timeout=280)
    assert process.returncode == 0, f"{out}\n{err}"
    pages = pages_of(cage.home / "o.json")
    assert len(pages) >= count and all(page["status"] != "failed" for page in pages)
    assert max(most) >= 5
    assert engines(cage.place) == []


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    if missing():
        pytest.skip(f"needs {', '.join(missing())}: apt-get install xvfb openbox xdotool")
    made = Desktop()
    yield made
    made.close()


def test_the_window_takes_what_a_second_start_brings_and_ends(cage: Cage, desktop: Desktop, tmp_path: Path) -> None:
    inbox = cage.bring(FOUR[2], folder="收件")
    shown = {"DISPLAY": desktop.display, "QT_QPA_PLATFORM": "xcb"}
    window = cage.start("--lang", "zh", **shown)
    try:
        wait_until(lambda: bool(desktop.find("^PaddleScan$")) or window.poll() is not None, "the window")
        assert window.poll() is None, window.communicate()
        second = cage.start(next(inbox.iterdir()), **shown)
        out, err = second.communicate(timeout=60)
        assert second.returncode == 0, f"{out}\n{err}"
        wait_until(lambda: pages_read(cage) == 1, "the page that was brought", 90)
        if folder := os.environ.get("PADDLESCAN_PICTURES"):
            desktop.photograph(Path(folder, "frozen window.png"))
        window.terminate()  # as a session does that ends
        wait_until(lambda: window.poll() is not None, "the end of the window", 60)
        out, err = window.communicate()
        assert (window.returncode, err) == (0, "")
    finally:
        window.kill()
    assert [name for name in cage.left() if not name.startswith("收件/")] == []


def pages_read(cage: Cage) -> int:
    """How many pages of all batches have a result."""
    file = cage.home / ".local/share/PaddleScan/receipts.sqlite"
    if not file.exists():
        return 0
    with Store(file) as store:
        return sum(batch.done + batch.needs_review for batch in store.batches())
