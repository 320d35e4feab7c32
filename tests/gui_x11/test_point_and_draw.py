"""A real mouse on a real (virtual) screen points at text, and draws, cuts and joins the receipts of a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paddlescan.resources_dir import resource
from tests.gui_x11.desktop import PYTHON, Desktop, missing, wait_until

pytestmark = [pytest.mark.x11, pytest.mark.slow]
WINDOW = Path(__file__).with_name("telling_window.py")


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    if missing():
        pytest.skip(f"needs {', '.join(missing())}: apt-get install xvfb openbox xdotool")
    made = Desktop()
    yield made
    made.close()


class Eyes:
    """What the window says of itself."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def see(self, name: str) -> Any:
        return json.loads(self._file.read_text())[name] if self._file.exists() else None

    def wait(self, name: str, wanted: object, seconds: float = 120.0) -> None:
        wait_until(lambda: self.see(name) == wanted, f"{name} to be {wanted}", seconds)

    def around(self, text: str) -> tuple[tuple[int, int], tuple[int, int]]:
        """The corners of a line, a little outside, once the page stands still."""
        self.wait("still", True)
        left, top, right, bottom = self.see("lines")[text]
        return (left - 4, top - 4), (right + 4, bottom + 4)

    def on_page(self, x: float, y: float) -> tuple[int, int]:
        left, top, right, bottom = self.see("page")
        return round(left + (right - left) * x), round(top + (bottom - top) * y)


def test_text_is_taken_and_receipts_are_drawn_with_the_mouse(desktop: Desktop, tmp_path: Path) -> None:
    eyes = Eyes(tmp_path / "window.json")
    receipt = str(resource("samples", "cafe.jpg"))
    desktop.start([PYTHON, str(WINDOW), str(tmp_path / "window.json"), receipt, str(tmp_path / "home")])
    eyes.wait("total", "42.40")
    wait_until(lambda: bool(eyes.see("lines")), "the page")
    desktop.do("mousemove", *eyes.see("editor"), "click", 1)
    eyes.wait("caret", True)

    desktop.do("keydown", "ctrl")
    desktop.drag(*eyes.around("40.00"))
    desktop.let_go()
    desktop.do("keyup", "ctrl")
    eyes.wait("total", "40.00")
    eyes.wait("caret", True)
    desktop.do("key", "ctrl+z")
    eyes.wait("total", "42.40")

    desktop.do("key", "ctrl+t")
    eyes.wait("taking", True)
    desktop.drag(*eyes.around("2.40"))
    desktop.let_go()
    eyes.wait("total", "2.40")
    eyes.wait("taking", False)
    desktop.do("key", "ctrl+z")
    eyes.wait("total", "42.40")

    desktop.do("key", "ctrl+shift+p")
    eyes.wait("outlines", 0)
    eyes.wait("still", True)
    for top, bottom in ((0.05, 0.45), (0.55, 0.95)):
        desktop.drag(eyes.on_page(0.05, top), eyes.on_page(0.95, bottom))
        desktop.let_go()
    eyes.wait("outlines", 2)
    desktop.do("key", "x")
    eyes.wait("outlines", 3)
    desktop.do("key", "ctrl+a")
    desktop.do("key", "m")
    eyes.wait("outlines", 1)
    desktop.do("key", "--repeat", 40, "Left")
    eyes.wait("left", 0.0)  # and not beyond the page
    desktop.do("key", "Escape")
    eyes.wait("outlines", -1)
