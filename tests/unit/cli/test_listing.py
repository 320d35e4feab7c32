"""What lies at the paths of a command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from paddlescan.cli import listing
from paddlescan.cli.listing import Listing
from paddlescan.document import SourceFile
from paddlescan.errors import NothingToScan, PathMissing, StorageFails
from paddlescan.pipeline.intake import IntakeProblem, walk
from tests.fakes.web_server import served


def test_it_is_looked_up_once_and_knows_the_first_file_of_each_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[str] = []

    def counted(paths: Sequence[str]) -> Iterator[SourceFile | IntakeProblem]:
        walked.extend(paths)
        return walk(paths)

    monkeypatch.setattr(listing, "walk", counted)
    for name in ("a/2.jpg", "a/10.jpg", "b/notes.txt", "c.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    paths = [str(tmp_path / name) for name in ("a", "b", "gone.jpg", "c.jpg")]
    found = Listing(paths)
    assert walked == []
    assert [one.name for one in found.firsts()] == ["a/2.jpg", "c.jpg"]
    assert [one.name for one in found] == ["a/2.jpg", "a/10.jpg", "gone.jpg", "c.jpg"]
    assert list(found) == list(walk(paths))
    assert walked == paths
    found.forget()
    (tmp_path / "c.jpg").unlink()
    assert [one.name for one in found.firsts()] == ["a/2.jpg"]


def test_where_no_address_has_a_file_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "1.jpg").write_bytes(b"x")
    with served(tmp_path) as root:
        Listing([f"{root}/gone.jpg", f"{root}/1.jpg"]).refuse_nothing()
        with pytest.raises(PathMissing) as told:
            Listing([f"{root}/gone.jpg", f"{root}/none/"]).refuse_nothing()
        assert f"{root}/gone.jpg" in told.value.message
        with pytest.raises(NothingToScan):
            Listing([f"{root}/none/"]).refuse_nothing()
    with pytest.raises(StorageFails):
        Listing([f"{root}/1.jpg"]).refuse_nothing()
