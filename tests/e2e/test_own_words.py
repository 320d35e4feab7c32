"""An office's own words reach the engine; a slip in them is told before anything is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import SAMPLES, CommandLine

CANTEEN = """
kind: other
words: {harbour: 40}
expects: [total]
"""


@pytest.mark.long
def test_a_layout_in_the_settings_folder_is_used(paddlescan: CommandLine, tmp_path: Path) -> None:
    kinds = paddlescan.home / "config" / "patterns" / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "canteen.yaml").write_text(CANTEEN, "utf-8")
    done = paddlescan("scan", SAMPLES / "cafe.jpg", "--json", tmp_path / "o.json", "--quiet")
    assert done.returncode == 0, done.stderr
    (page,) = json.loads((tmp_path / "o.json").read_text("utf-8"))["pages"]
    assert any("harbour" in line["text"].casefold() for line in page["lines"])
    assert page["kind"] == "other"


def test_a_slip_in_it_is_told_once_and_nothing_is_read(paddlescan: CommandLine, tmp_path: Path) -> None:
    kinds = paddlescan.home / "config" / "patterns" / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "canteen.yaml").write_text(CANTEEN + "colour: red\n", "utf-8")
    done = paddlescan("scan", SAMPLES, "--json", tmp_path / "o.json")
    assert done.returncode == 3
    assert done.stderr.count("canteen: does not know colour") == 1
    assert "take it out of the folder" in done.stderr
    assert not (tmp_path / "o.json").exists()
