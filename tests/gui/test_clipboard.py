"""What can be pasted: files as each file manager spells them, pictures; and what is said of the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from paddlescan.document.options import Limits
from paddlescan.gui.clipboard import NoUse, local_paths, picture_of
from paddlescan.gui.main_window import MainWindow
from paddlescan.paths import Paths
from tests.gui.window_rooms import Rooms

pytestmark = pytest.mark.usefixtures("emptied_clipboard")


@pytest.fixture
def window(paths: Paths, qtbot: QtBot) -> Iterator[MainWindow]:
    rooms = Rooms(paths, qtbot)
    yield rooms.open()
    assert rooms.close()


def encoded(kind: str) -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("text/uri-list", b"file:///tmp/a%20b.png\r\nfile:///tmp/%E7%A5%A8.pdf\r\n"),
        ("x-special/gnome-copied-files", b"copy\nfile:///tmp/a%20b.png\nfile:///tmp/%E7%A5%A8.pdf"),
        ("x-special/gnome-copied-files", b"cut\nfile:///tmp/a%20b.png\nfile:///tmp/%E7%A5%A8.pdf\n\x00"),
        ("x-special/mate-copied-files", b"copy\nfile:///tmp/a%20b.png\r\nfile:///tmp/%E7%A5%A8.pdf"),
        ("text/plain", b"x-special/nautilus-clipboard\ncopy\nfile:///tmp/a%20b.png\nfile:///tmp/%E7%A5%A8.pdf\n"),
    ],
)
def test_files_are_known_however_they_are_spelt(kind: str, data: bytes) -> None:
    mime = QMimeData()
    mime.setData(kind, data)
    assert local_paths(mime) == ["/tmp/a b.png", "/tmp/票.pdf"]


@pytest.mark.parametrize("data", [b"", b"copy", b"\xff\xfe", b"copy\n\n", b"copy\nnot an address", b"copy\nhttp://[\n"])
def test_odd_lists_of_files_are_no_files(data: bytes) -> None:
    mime = QMimeData()
    mime.setData("x-special/gnome-copied-files", data)
    assert local_paths(mime) == []


@pytest.mark.parametrize("kind", ["PNG", "JPG", "BMP", "WEBP"])
def test_a_picture_is_taken_whatever_its_kind(kind: str) -> None:
    mime = QMimeData()
    mime.setImageData(QImage.fromData(encoded(kind)))
    image = picture_of(mime, Limits())
    assert image is not None
    assert (image.width(), image.height()) == (40, 30)


def test_a_picture_beyond_what_is_read_is_refused_before_it_is_kept() -> None:
    mime = QMimeData()
    mime.setImageData(QImage(400, 300, QImage.Format.Format_RGB32))
    assert picture_of(mime, Limits(max_pixels=120_000)) is not None
    for limits in (Limits(max_pixels=119_999), Limits(max_side=399)):
        with pytest.raises(NoUse):
            picture_of(mime, limits)
    mime.setImageData(QImage())
    with pytest.raises(NoUse):
        picture_of(mime, Limits())
    assert picture_of(QMimeData(), Limits()) is None


def test_the_window_says_what_it_cannot_take(window: MainWindow, qtbot: QtBot) -> None:
    said: list[str] = []
    window.asking.remark.connect(said.append)
    clipboard = QGuiApplication.clipboard()
    for put in (
        lambda mime: mime.setText("12.50"),
        lambda mime: mime.setUrls([QUrl("smb://server/scans/a.pdf")]),
        lambda mime: mime.setImageData(QImage(32_001, 1, QImage.Format.Format_Mono)),
        lambda mime: None,
    ):
        mime = QMimeData()
        put(mime)
        clipboard.setMimeData(mime)
        window.actions_.paste.trigger()
    clipboard.clear()  # here nobody gives any answer then
    window.actions_.paste.trigger()
    assert said == [
        "There is no file or picture on the clipboard",
        "What was copied is not on this computer: save it in a folder, then add it",
        "The picture on the clipboard is damaged or too large",
        "There is no file or picture on the clipboard",
        "There is no file or picture on the clipboard",
    ]
    assert window.workplace.controller.batch is None


def test_what_was_copied_in_a_file_manager_comes_into_the_batch(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a b.png"
    file.write_bytes(encoded("PNG"))
    mime = QMimeData()
    mime.setData("x-special/gnome-copied-files", b"cut\n" + bytes(QUrl.fromLocalFile(str(file)).toEncoded().data()))
    QGuiApplication.clipboard().setMimeData(mime)
    window.workplace.controller.pool.count = 0
    window.actions_.paste.trigger()
    pages = window.workplace.controller.pages
    qtbot.waitUntil(lambda: pages.rowCount() == 1)
    assert pages.pages()[0].ref.source.path == str(file)
    assert file.exists()


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
@pytest.mark.parametrize("name", [b"caf\xe9 100% #1.png", "caf\ufffd.png".encode(), "收据.png".encode()])
def test_a_name_that_is_no_text_comes_in_as_it_is(tmp_path: Path, name: bytes) -> None:
    file = tmp_path / os.fsdecode(name)
    mime = QMimeData()
    mime.setUrls([QUrl.fromEncoded(file.as_uri().encode())])
    assert local_paths(mime) == [str(file)]
