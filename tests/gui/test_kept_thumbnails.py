"""Small pictures on the disk: found again, bounded, private, and never in the way."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from paddlescan.document import PageRef, PageResult, Receipt, SourceFile
from paddlescan.gui.kept_thumbnails import KeptThumbnails
from paddlescan.gui.thumbnail_files import ThumbnailFiles
from paddlescan.paths import Paths
from paddlescan.store import Store
from tests.gui.window_rooms import Rooms, sample


@pytest.fixture
def page(tmp_path: Path) -> PageRef:
    file = tmp_path / "Kopi Ah Seng 30.90.png"
    file.write_bytes(b"a picture")
    return PageRef(SourceFile.at(file), 1, 7)


@pytest.fixture
def kept(tmp_path: Path, qtbot: QtBot) -> Iterator[KeptThumbnails]:
    made = KeptThumbnails(tmp_path / "cache" / "thumbnails", lambda source: source.name.startswith("locked"))
    yield made
    assert made.close()


def drawn() -> QImage:
    image = QImage(70, 104, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 60, 40))
    return image


def draw_and_keep(qtbot: QtBot, kept: KeptThumbnails, page: PageRef, ticket: int) -> None:
    """Ask, be told that it is missing, draw it, and wait until it is written."""
    with qtbot.waitSignal(kept.missing) as missing:
        kept.request(page.id, page, 104, ticket)
    assert missing.args == [page.id, page, 104, ticket]
    kept.keep(page.id, drawn(), ticket)
    with qtbot.waitSignal(kept.found):  # after the writing: one thing after the other
        kept.request(page.id, page, 104, ticket + 1)


def test_a_picture_that_was_drawn_is_found_again(
    qtbot: QtBot, kept: KeptThumbnails, page: PageRef, tmp_path: Path
) -> None:
    draw_and_keep(qtbot, kept, page, 1)
    again = KeptThumbnails(tmp_path / "cache" / "thumbnails", lambda _: False)
    with qtbot.waitSignal(again.found) as found:
        again.request(7, page, 104, 9)
    page_id, image, ticket = found.args
    assert (page_id, ticket, image.width(), image.height()) == (7, 9, 70, 104)
    assert abs(image.pixelColor(35, 50).red() - 200) < 8
    assert again.close()


def test_names_tell_nothing_and_nobody_else_may_look(
    qtbot: QtBot, kept: KeptThumbnails, page: PageRef, tmp_path: Path
) -> None:
    draw_and_keep(qtbot, kept, page, 1)
    folder = tmp_path / "cache" / "thumbnails"
    (file,) = folder.iterdir()
    assert re.fullmatch(r"[0-9a-f]{24}-[0-9a-f]{24}", file.name)
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_was_written_to_is_drawn_anew(qtbot: QtBot, kept: KeptThumbnails, page: PageRef) -> None:
    draw_and_keep(qtbot, kept, page, 1)
    Path(page.source.path).write_bytes(b"another picture")
    with qtbot.waitSignal(kept.missing):
        kept.request(7, page, 104, 3)


def test_a_broken_picture_is_drawn_and_written_anew(
    qtbot: QtBot, kept: KeptThumbnails, page: PageRef, tmp_path: Path
) -> None:
    draw_and_keep(qtbot, kept, page, 1)
    (file,) = (tmp_path / "cache" / "thumbnails").iterdir()
    file.write_bytes(file.read_bytes()[:40])
    draw_and_keep(qtbot, kept, page, 5)


def test_what_a_password_opened_is_never_written(qtbot: QtBot, kept: KeptThumbnails, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(b"secret")
    page = PageRef(SourceFile.at(file), 1, 8)
    with qtbot.waitSignal(kept.missing):
        kept.request(8, page, 104, 1)
    kept.keep(8, drawn(), 1)
    assert not kept.isRunning()
    assert not (tmp_path / "cache" / "thumbnails").exists()


def test_a_file_that_is_gone_is_asked_of_who_can_say_so(qtbot: QtBot, kept: KeptThumbnails, tmp_path: Path) -> None:
    page = PageRef(SourceFile.at(tmp_path / "gone.png"), 1, 9)
    with qtbot.waitSignal(kept.missing):
        kept.request(9, page, 104, 1)


def test_the_folder_is_bounded_and_the_oldest_use_goes_first(tmp_path: Path) -> None:
    files = ThumbnailFiles(tmp_path / "thumbnails", most_bytes=10_000)
    for number in range(10):
        files.put(f"{number:040x}", bytes(984))
        os.utime(tmp_path / "thumbnails" / f"{number:040x}", (1000 + number, 1000 + number))
    assert files.get(f"{0:040x}") is not None  # wanted now
    files.put("f" * 40, bytes(984))
    left = {file.name for file in (tmp_path / "thumbnails").iterdir()}
    assert sum(file.stat().st_size for file in (tmp_path / "thumbnails").iterdir()) <= 9000
    assert f"{0:040x}" in left
    assert "f" * 40 in left
    assert not {f"{1:040x}", f"{2:040x}"} & left


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "thumbnails").write_bytes(b"in the way")
    files = ThumbnailFiles(tmp_path / "thumbnails")
    files.put("a" * 40, b"picture")
    assert files.get("a" * 40) is None


def test_a_batch_that_is_opened_again_shows_its_pictures_from_the_disk(paths: Paths, qtbot: QtBot) -> None:
    with Store(paths.store) as store:
        batch = store.create_batch()
        (row,) = store.add_sources(batch, [SourceFile.at(sample("cafe.jpg"))])
        claim = store.claim_page(batch)
        assert claim is not None
        assert store.save_result(row.id, PageResult(claim.ref, sha256="0" * 64, receipts=(Receipt(),)), claim.token)
    rooms = Rooms(paths, qtbot)
    shown = rooms.open().pages.thumbnails
    qtbot.waitUntil(lambda: shown._kept.get(row.id) is not None, timeout=30_000)
    qtbot.waitUntil(lambda: len(list(paths.thumbnails.glob("[0-9a-f]*"))) == 1)
    assert rooms.close()

    window = rooms.open()
    with qtbot.assertNotEmitted(window.workplace.thumbnails.missing):
        qtbot.waitUntil(lambda: window.pages.thumbnails._kept.get(row.id) is not None)
    assert rooms.close()
