"""A real mouse drags pages and rows to another program, and takes a piece of the screen as a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from paddlescan.document import Preparation, SourceFile
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from tests.gui_x11.desktop import PYTHON, Desktop, missing, wait_until
from tests.unit.gui.receipts import Filled, read_receipt

pytestmark = [pytest.mark.x11, pytest.mark.long]
HERE = Path(__file__).parent
SAMPLES = [str(resource("samples", name)) for name in ("cafe.jpg", "hotel.jpg")]
TAKER = (1200, 60)


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    if missing():
        pytest.skip(f"needs {', '.join(missing())}: apt-get install xvfb openbox xdotool")
    made = Desktop()
    yield made
    made.close()


class Window:
    """The window and the program beside it, as they say they are."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self._file, self._got = folder / "window.json", folder / "got.json"
        desktop.start([PYTHON, str(HERE / "filled_window.py"), str(self._file), str(folder / "home")])
        desktop.start([PYTHON, str(HERE / "drop_taker.py"), str(self._got), *map(str, TAKER)])
        wait_until(lambda: len(self.see("pages") or ()) == len(SAMPLES), "the pages")
        wait_until(lambda: bool(desktop.find("drop taker")), "the other program")

    def see(self, name: str) -> Any:
        return json.loads(self._file.read_text())[name] if self._file.exists() else None

    def got(self) -> dict[str, Any]:
        """What the other program got just now."""
        wait_until(self._got.exists, "something to be dropped", 20)
        told: dict[str, Any] = json.loads(self._got.read_text())
        self._got.unlink()
        return told


def fill(home: Path) -> Paths:
    paths = Paths(*(home / name for name in ("config", "data", "cache", "logs"))).make()
    with Store(paths.store) as store:
        made = Filled(paths.store, store, store.create_batch("out"))
        for file in SAMPLES:
            store.add_sources(made.batch, [SourceFile.at(file)])
            receipt = read_receipt(merchant=f"={Path(file).stem}", total="9.00")
            made.read(Path(file).name, replace(receipt, preparation=Preparation()))
    return paths


def test_pages_and_rows_go_out_and_a_piece_of_the_screen_comes_in(desktop: Desktop, tmp_path: Path) -> None:
    paths = fill(tmp_path / "home")
    try:
        window = Window(desktop, tmp_path)
        beside = (TAKER[0] + 80, TAKER[1] + 80)

        desktop.drag(tuple(window.see("page")), beside)
        desktop.let_go()
        got = window.got()
        assert got["urls"] == [f"file://{SAMPLES[0]}"]
        assert "9.00" in got["text"]
        assert not got["move"], "an original is never moved"

        desktop.drag(tuple(window.see("page")), tuple(window.see("viewer")))
        assert not window.see("veiled")
        desktop.let_go()
        desktop.drag(tuple(window.see("page")), tuple(window.see("row")))
        desktop.let_go()

        desktop.do("mousemove", *window.see("row"), "click", 1, "key", "ctrl+a")
        wait_until(lambda: window.see("cells").count("\n") == 1, "both rows to be selected")
        desktop.drag(tuple(window.see("row_below")), beside)  # not where a second click would edit
        desktop.let_go()
        got = window.got()
        assert (got["urls"], got["text"]) == ([], window.see("cells"))
        assert got["text"].startswith("'=cafe\t")
        assert window.see("pages") == SAMPLES
        assert not window.see("dialog")

        place = window.see("place")
        desktop.do("key", "ctrl+shift+g")
        wait_until(lambda: window.see("covers") == 1, "the screen to be covered")
        assert not window.see("visible")
        desktop.do("key", "Escape")
        wait_until(lambda: window.see("visible") and not window.see("covers"), "the window to be back")
        assert window.see("pages") == SAMPLES

        desktop.do("key", "ctrl+shift+g")
        wait_until(lambda: window.see("covers") == 1, "the screen to be covered")
        desktop.drag((TAKER[0] - 10, TAKER[1] - 10), (TAKER[0] + 209, TAKER[1] + 169))
        desktop.let_go()
        wait_until(lambda: len(window.see("pages")) == 3, "the new page")
        assert window.see("visible")
        wait_until(lambda: window.see("place") == place, "the window to lie where it lay")
        (file,) = paths.pasted.iterdir()
        assert window.see("pages")[2] == str(file)
        with Image.open(file) as picture:
            assert picture.size == (220, 180)
            shown = picture.convert("RGB")
            assert shown.getpixel((5, 5)) == (0, 0, 0), "the bare screen, without a veil"
            assert min(shown.getpixel((20, 150))) > 200, "and the other program on it"
    except BaseException:
        desktop.photograph(tmp_path / "screen.png")
        raise
