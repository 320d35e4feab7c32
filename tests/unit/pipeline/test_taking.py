"""Files that a child left, and what it may have put in their place since it answered."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from paddlescan.errors import PaddleScanError
from paddlescan.pipeline.taking import left_file, take_bytes


def test_a_picture_is_taken_and_gone(tmp_path: Path) -> None:
    file = tmp_path / "picture-1.rgb"
    file.write_bytes(b"pixels")
    assert take_bytes(str(file)) == b"pixels"
    assert not file.exists()


def test_the_file_goes_also_when_reading_it_fails(tmp_path: Path) -> None:
    file = tmp_path / "picture-1.png"
    file.write_bytes(b"pixels")
    with pytest.raises(ZeroDivisionError), left_file(str(file)):
        raise ZeroDivisionError
    assert not file.exists()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")
@pytest.mark.parametrize("trick", ["link", "pipe", "socket", "folder", "gone", "huge"])
def test_what_is_no_plain_file_is_not_opened(tmp_path: Path, trick: str) -> None:
    secret, file = tmp_path / "secret", tmp_path / "picture-1.rgb"
    secret.write_bytes(b"papers")
    match trick:
        case "link":
            file.symlink_to(secret)
        case "pipe":
            os.mkfifo(file)  # to open it would wait for a writer
        case "socket":
            socket.socket(socket.AF_UNIX).bind(str(file))
        case "huge":
            file.touch()
            os.truncate(file, (1 << 30) + 1)
        case "folder":
            file.mkdir()
    with pytest.raises(PaddleScanError):
        take_bytes(str(file))
    assert secret.read_bytes() == b"papers"
    assert file.is_dir() or not file.exists()
