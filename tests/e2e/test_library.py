"""The three lines of the README."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.document import Backend, ModelTrial, Runtimes
from paddlescan.paths import user_paths
from paddlescan.pipeline.runtimes_kept import keep_runtimes, kept_runtimes
from tests.e2e.conftest import SAMPLES


@pytest.fixture(autouse=True)
def nobody_s_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that is not there, as of somebody who never ran the program."""
    home = tmp_path / "home"
    monkeypatch.setenv("PADDLESCAN_HOME", str(home))
    return home


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


@pytest.mark.slow
def test_what_the_program_found_about_the_runtimes_holds_in_the_library() -> None:
    pytest.importorskip("openvino")
    from paddlescan import scan

    file = user_paths().make().runtimes
    quickest = ModelTrial(Backend("openvino"), ())
    keep_runtimes(file, Runtimes(quickest, quickest), 1)
    (page,) = scan(SAMPLES / "cafe.jpg")
    assert page.engine is not None
    assert page.engine.name == "openvino"


@pytest.mark.slow
def test_the_library_finds_out_what_is_quickest_and_makes_no_folders_for_it(
    tmp_path: Path, nobody_s_home: Path
) -> None:
    pytest.importorskip("openvino")
    from paddlescan import prepare, scan

    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(8):
        shutil.copy(SAMPLES / "cafe.jpg", pages / f"{number}.jpg")
    assert {page.receipts[0].value("total") for page in scan(pages)} == {"42.40"}
    prepare(pages / "0.jpg")
    assert not nobody_s_home.exists()
    user_paths().make()  # as the program itself does when it is first used
    list(scan(pages))
    found = kept_runtimes(user_paths().runtimes, 1)
    assert found is not None
    assert found.detector is not None
