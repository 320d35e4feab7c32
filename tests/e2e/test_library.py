"""The three lines of the README."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import SAMPLES

README_LINES = """
from paddlescan import scan
for page in scan([{path!r}]):
    print(page.status, [(r.value("merchant"), r.value("date"), r.value("total")) for r in page.receipts])
"""


@pytest.mark.slow
def test_three_lines_give_typed_results(tmp_path: Path) -> None:
    script = tmp_path / "three_lines.py"
    script.write_text(README_LINES.format(path=str(SAMPLES / "cafe.jpg")))
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    status, _, rest = done.stdout.partition(" ")
    assert status in ("done", "needs_review")
    assert rest.strip() == "[('HARBOUR LANE COFFEE SDN BHD', '2026-03-14', '42.40')]"


@pytest.mark.slow
def test_a_copy_in_the_same_call_says_so(tmp_path: Path) -> None:
    from paddlescan import scan

    copy = tmp_path / "again.jpg"
    shutil.copy(SAMPLES / "cafe.jpg", copy)
    first, second = scan([SAMPLES / "cafe.jpg", copy])
    failed = [[check.name for check in page.receipts[0].checks if not check.passed] for page in (first, second)]
    assert failed == [[], ["not_seen_before"]]


@pytest.mark.slow
def test_one_page_can_be_prepared() -> None:
    from paddlescan import prepare

    (page,) = prepare(SAMPLES / "hardware.jpg")
    assert page.preparation.skew_degrees == pytest.approx(-2.1, abs=0.2)
    assert page.pixels.shape[2] == 3
