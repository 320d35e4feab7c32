"""A look into a file at rest, on the real disk."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from paddlescan.desktop.hot_folder.listing import Seen, list_folder
from paddlescan.desktop.hot_folder.whole import Content, examine, is_open_for_writing


def seen(path: Path) -> Seen:
    (found,) = [each for each in list_folder(path.parent, False).files if each.path.endswith(path.name.encode())]
    return found


def test_content_is_told_by_its_hash(tmp_path: Path) -> None:
    (tmp_path / "a.bmp").write_bytes(b"some picture")
    assert examine(seen(tmp_path / "a.bmp")) == Content(hashlib.sha256(b"some picture").hexdigest(), True)


@pytest.mark.parametrize(
    ("name", "half", "rest"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0 picture", b"\xff\xd9"),
        ("a.png", b"\x89PNG\r\n\x1a\n picture", b"IEND\xaeB`\x82"),
        ("a.pdf", b"%PDF-1.4 page", b"\n%%EOF\n"),
    ],
)
def test_a_missing_end_is_noticed(tmp_path: Path, name: str, half: bytes, rest: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(half)
    content = examine(seen(path))
    assert content is not None
    assert not content.has_end
    path.write_bytes(half + rest)
    content = examine(seen(path))
    assert content is not None
    assert content.has_end


def test_one_that_is_another_by_now_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"one")
    before = seen(path)
    path.write_bytes(b"another")
    assert examine(before) is None
    path.unlink()
    assert examine(before) is None


@pytest.mark.skipif(sys.platform != "linux", reason="leases are Linux's")
def test_one_that_somebody_writes_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"one")
    with path.open("ab"):
        assert examine(seen(path)) is None
    with path.open("rb") as reader:
        assert not is_open_for_writing(reader)
        assert examine(seen(path)) is not None


@pytest.mark.skipif(sys.platform != "linux", reason="leases are Linux's")
def test_a_writer_that_comes_just_then_is_not_kept_waiting(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"one")
    with path.open("rb") as reader:
        assert not is_open_for_writing(reader)
        with path.open("ab") as writer:
            writer.write(b"two")
        assert path.read_bytes() == b"onetwo"


def test_a_link_that_took_its_place_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"one")
    before = seen(path)
    path.rename(tmp_path / "b.png")
    path.symlink_to(tmp_path / "b.png")
    assert examine(before) is None
