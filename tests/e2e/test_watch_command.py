"""`paddlescan watch` as a person types it, with the real engine."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.soak_pages import draw
from tests.e2e.conftest import CommandLine

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")]


def test_what_lies_there_is_read_exported_and_put_away_once(
    paddlescan: CommandLine, tmp_path: Path, pages: Callable[[Path], list[dict[str, Any]]]
) -> None:
    folder = tmp_path / "Scans 收据"
    folder.mkdir()
    draw(7).save(folder / "7.png")
    (folder / "7 copy.png").write_bytes((folder / "7.png").read_bytes())
    (folder / "half.png.part").write_bytes(b"half")
    away = tmp_path / "away"
    words = ("watch", folder, "--once", "--settle", "1", "--json", tmp_path / "out.json", "--move-to", away)
    done = paddlescan(*words)
    assert done.returncode == 0, done.stderr
    (page,) = pages(tmp_path / "out-0001.json")
    assert page["source"] == "Scans 收据/7 copy.png"
    assert "000007" in page["fields"]["invoice_number"]["value"]
    assert sorted(path.name for path in (away / "read").iterdir()) == ["7 copy.png", "7.png"]
    assert [path.name for path in folder.iterdir()] == ["half.png.part"]

    done = paddlescan(*words)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.glob("out*")) == ["out-0001.json"]
    log = "".join(path.read_text() for path in (paddlescan.home / "logs").glob("*.log"))
    assert "7.png" not in log
    assert "Scans" not in log


def test_a_second_one_refuses_and_the_first_ends_when_it_is_told_to(paddlescan: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    first = paddlescan.start("watch", folder, "--every", "1")  # it is not there yet, which is told
    try:
        locks = paddlescan.home / "data"
        deadline = time.monotonic() + 60
        while not list(locks.glob("*.watch-*.lock")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        second = paddlescan("watch", folder, "--quiet")
        assert second.returncode == 3
        assert "watches the folder" in second.stderr
        first.send_signal(signal.SIGTERM)
        _, told = first.communicate(timeout=60)
        assert first.returncode == 130
    finally:
        first.kill()
        first.wait()
    assert f"The folder {folder} is not there now." in told
    assert "Stopped." in told
