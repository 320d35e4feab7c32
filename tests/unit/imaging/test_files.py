from __future__ import annotations

import errno
import hashlib
import io
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paddlescan.document import Limits, SourceFile
from paddlescan.errors import (
    FileChanged,
    FileVanished,
    NoPermission,
    PaddleScanError,
    UnreadableFile,
    UnsupportedFormat,
)
from paddlescan.imaging.files import open_source, sha256_of
from paddlescan.imaging.loading import inspect_source, load_page

from .drawing import draw_receipt, four_corners, saved

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


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
    with pytest.raises(PaddleScanError):
        inspect_source(_FailingDisk(saved(four_corners(), "PNG").getvalue() + bytes(3000)), "x", Limits())


class Meddled(io.FileIO):
    """A real file to which somebody does something while it is read: at the so many-eth call of `read`."""

    def __init__(self, path: Path, at_read: int, act: Callable[[], object]) -> None:
        super().__init__(path)
        self._left, self._act = at_read, act

    def _count(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._act()

    def read(self, size: int | None = -1) -> bytes:
        self._count()
        return super().read(-1 if size is None else size) or b""

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._count()
        return super().readinto(buffer) or 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP", "PDF"])
@pytest.mark.parametrize("how", ["cut", "longer", "overwritten"])
@pytest.mark.parametrize("look", [True, False])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, kind: str, how: str, look: bool) -> None:
    path = tmp_path / "a"
    path.write_bytes(saved(draw_receipt(300, 400), kind).getvalue())
    os.utime(path, ns=(1, 1))

    def change() -> None:
        with path.open("r+b") as other:
            if how == "cut":
                other.truncate(path.stat().st_size // 2)
            else:
                other.seek(0 if how == "overwritten" else path.stat().st_size)
                other.write(bytes(100))

    with Meddled(path, 2, change) as file, pytest.raises(FileChanged) as caught:
        if look:
            inspect_source(file, "a", Limits())
        else:
            load_page(file, "a", 1, Limits())
    assert "a was changed" in caught.value.message


def test_a_file_that_is_replaced_while_it_is_read_is_the_one_that_was_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(four_corners(), "PNG").getvalue())
    (tmp_path / "b.png").write_bytes(saved(draw_receipt(99, 99), "PNG").getvalue())
    with Meddled(path, 2, lambda: (tmp_path / "b.png").replace(path)) as file:
        pixels = load_page(file, "a", 1, Limits()).pixels
    assert pixels.shape == (40, 60, 3)
    assert pixels[0, 0].tolist() == [0, 0, 255]


@pytest.mark.skipif(os.name != "posix", reason="an open file can be removed")
def test_a_file_that_is_removed_while_it_is_read_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(four_corners(), "PNG").getvalue())
    with Meddled(path, 2, path.unlink) as file:
        assert load_page(file, "a", 1, Limits()).pixels.shape == (40, 60, 3)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # PDFium asks through a callback
@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_a_network_disk_that_is_gone(tmp_path: Path, kind: str) -> None:
    def gone() -> None:
        raise OSError(errno.ESTALE, "Stale file handle")

    path = tmp_path / "a"
    path.write_bytes(saved(draw_receipt(300, 400), kind).getvalue())
    for calls in (1, 2):
        with Meddled(path, calls, gone) as file, pytest.raises(PaddleScanError) as caught:
            load_page(file, "a", 1, Limits())
        assert caught.value.code in ("file_vanished", "unreadable_file")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices with names here")
@pytest.mark.timeout(10)
def test_a_device_is_no_document() -> None:
    with pytest.raises(UnsupportedFormat):
        open_source(SourceFile.at("/dev/zero"))


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_long_paths_open_and_too_long_ones_are_errors(tmp_path: Path) -> None:
    folder = tmp_path
    while len(os.fsencode(folder)) < 3600:
        folder = folder / ("长" * 80)  # 240 bytes
    folder.mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"abc")
    with open_source(SourceFile.at(folder / "a.jpg")) as file:
        assert file.read() == b"abc"
    for path in (tmp_path / ("x" * 300), folder / ("y" * 250) / ("z" * 250) / "a.jpg"):
        with pytest.raises(PaddleScanError):
            open_source(SourceFile.at(path))


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_file_on_a_disk_that_nobody_may_write(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(four_corners(), "PNG").getvalue())
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    before = path.stat()
    try:
        with open_source(SourceFile.at(path)) as file:
            assert inspect_source(file, "a", Limits()).page_count == 1
            assert load_page(file, "a", 1, Limits()).pixels.shape == (40, 60, 3)
    finally:
        tmp_path.chmod(0o755)
    after = path.stat()
    assert (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.png"]
