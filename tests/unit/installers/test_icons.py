"""The program's icon in every size, from the one drawing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from installers.icons import ICO_SIZES, SIZES, write_icons
from paddlescan.gui.tokens import LIGHT


@pytest.fixture(scope="module")
def icons(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    write_icons(folder)
    return folder


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


@pytest.mark.parametrize("size", SIZES)
def test_the_paper_stands_out_from_its_ground_at_every_size(icons: Path, size: int) -> None:
    with Image.open(icons / f"paddlescan-{size}.png") as picture:
        pixels = np.asarray(picture)
    assert pixels.shape == (size, size, 4)
    assert pixels[0, 0, 3] == 0, "the corners are see-through"
    left_of_the_paper, above_the_line = pixels[size // 4, size // 6], pixels[size // 4, size // 2]
    assert tuple(left_of_the_paper) == (*rgb(LIGHT.accent), 255)
    assert tuple(above_the_line) == (255, 255, 255, 255)
    red, _, blue, _ = (int(part) for part in pixels[round(size * 8.5 / 16), size // 2])
    assert red - blue > 40, "the amber line across it"


def test_the_containers_hold_what_windows_and_macos_ask_for(icons: Path) -> None:
    with Image.open(icons / "paddlescan.ico") as ico:
        assert ico.info["sizes"] == {(size, size) for size in ICO_SIZES}
        ico.size = (16, 16)
        ico.load()
        small = np.asarray(ico.convert("RGBA"))
    with Image.open(icons / "paddlescan-16.png") as picture:
        assert np.array_equal(small, np.asarray(picture)), "drawn at 16 pixels, not shrunk to them"
    with Image.open(icons / "paddlescan.icns") as icns:
        assert {(128, 128, 1), (256, 256, 1), (512, 512, 1), (512, 512, 2)} <= set(icns.info["sizes"])
