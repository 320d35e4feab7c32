"""`paddlescan PATH...` for the window: what does not exist is said, and the rest goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.__main__ import main
from paddlescan.cli.named_paths import those_there


@pytest.mark.parametrize(("language", "words"), [("en", "does not exist."), ("zh", "不存在")])
def test_a_start_that_names_nothing_there_says_so_and_ends_as_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    gone = str(tmp_path / "nonexistent.jpg")
    assert main(["--lang", language, gone]) == 2
    said = capsys.readouterr().err
    assert gone in said
    assert words in said
    assert not (tmp_path / "home").exists(), "neither a window nor a store was made"


def test_the_others_are_handed_over_in_their_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.jpg").write_bytes(b"b")
    paths = [str(tmp_path), str(tmp_path / "a\x1b.jpg"), str(tmp_path / "b.jpg" / "c"), str(tmp_path / "b.jpg")]
    assert those_there(paths, "en") == [paths[0], paths[3]]
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "a\\x1b.jpg" in said[0]
