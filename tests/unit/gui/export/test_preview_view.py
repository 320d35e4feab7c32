"""What a preview draws of the pages of a PDF."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from paddlescan.gui.export.preview_view import _small


def encoded(kind: str) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (300, 200), "green").save(kept, kind)
    return kept.getvalue()


def test_a_page_is_shown_no_larger_than_its_place(qtbot: QtBot) -> None:
    picture = _small(encoded("JPEG"), 2.0)
    assert (picture.width(), picture.height()) == (540, 360)


@pytest.mark.qt_log_ignore("Not a JPEG file")
@pytest.mark.parametrize("kind", ["PNG", "BMP", "PPM", "GIF", "ICO"])
def test_what_is_no_jpeg_meets_no_other_decoder(qtbot: QtBot, kind: str) -> None:
    assert _small(encoded(kind), 1.0).isNull()
