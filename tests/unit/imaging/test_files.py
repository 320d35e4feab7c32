from __future__ import annotations

import errno
import hashlib
import io
import os
import socket
from pathlib import Path

import pytest

from paddlescan.document import SourceFile
from paddlescan.errors import FileVanished, NoPermission, PaddleScanError, UnreadableFile, UnsupportedFormat
from paddlescan.imaging.files import open_source, sha256_of


def test_a_file_with_a_chinese_name_opens(tmp_path: Path) -> None:
    path = tmp_path / "收据 与发票①（扫描）.jpg"
    path.write_bytes(b"abc")
    with open_source(SourceFile.at(path)) as file:
        assert file.read() == b"abc"


def test_a_name_that_is_no_text_opens(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.jpg"
    Path(os.fsdecode(path)).write_bytes(b"abc")
    with open_source(SourceFile(path, "x")) as file:
        assert file.read() == b"abc"


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormat):
        open_source(SourceFile.at(tmp_path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.timeout(10)
def test_a_pipe_is_no_document_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(UnsupportedFormat):
        open_source(SourceFile.at(tmp_path / "pipe.jpg"))


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets with names here")
def test_a_socket_is_no_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.jpg")
        with pytest.raises(UnsupportedFormat):
            open_source(SourceFile.at("socket.jpg"))


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FileVanished) as caught:
        open_source(SourceFile.at(tmp_path / "a.jpg"))
    assert "a.jpg" in caught.value.message


@pytest.mark.skipif(os.name != "posix", reason="links and rights of POSIX")
def test_a_link_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").symlink_to(tmp_path / "b.jpg")
    (tmp_path / "b.jpg").symlink_to(tmp_path / "a.jpg")
    with pytest.raises(UnreadableFile):
        open_source(SourceFile.at(tmp_path / "a.jpg"))


@pytest.mark.skipif(os.name != "posix", reason="links and rights of POSIX")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"abc")
    path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # rights bind everyone but root
    try:
        with pytest.raises(NoPermission):
            open_source(SourceFile.at(path))
    finally:
        os.seteuid(user)


def test_the_checksum_is_of_the_whole_file_wherever_it_stands() -> None:
    data = os.urandom(3_000_000)
    file = io.BytesIO(data)
    file.seek(1000)
    assert sha256_of(file) == hashlib.sha256(data).hexdigest()
    assert file.tell() == 0


class _FailingDisk(io.BytesIO):
    """A file on a disk that fails after a few bytes."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 100:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(100)


def test_a_failing_disk_is_an_error_of_ours() -> None:
    from paddlescan.document import Limits
    from paddlescan.imaging.loading import inspect_source

    from .drawing import four_corners, saved

    with pytest.raises(PaddleScanError):
        inspect_source(_FailingDisk(saved(four_corners(), "PNG").getvalue() + bytes(3000)), "x", Limits())
