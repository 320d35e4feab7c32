"""A short soak: the script that reads ten thousand pages, with a few dozen. The long one: `make soak`."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.long
PAGES = 24


def test_a_few_dozen_pages_in_the_window(tmp_path: Path) -> None:
    words = ["--pages", str(PAGES), "--workers", "2", "--every", "0.5", "--out", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.soak", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr + (tmp_path / "program.log").read_text()
    assert f"| pages read | {PAGES} |" in done.stdout
    assert "memory, all processes" in done.stdout
    with (tmp_path / "soak.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    read = [int(row["pages"]) for row in rows]
    assert read == sorted(read)
    assert read[-1] == PAGES
    assert max(float(row["engines_mb"]) for row in rows) > 50
    assert max(float(row["scratch_mb"]) for row in rows) < 100  # two engines with their models
    assert not list((tmp_path / "home" / "cache" / "scratch").glob("*/*"))
    ElementTree.parse(tmp_path / "soak.svg")
