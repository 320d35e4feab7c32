"""A real window on a real (virtual) screen: a file dragged in from another program, read, corrected, exported."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from paddlescan.resources_dir import resource
from paddlescan.store import ReceiptRow, Store
from tests.gui_x11.desktop import HEIGHT, PYTHON, WIDTH, Desktop, missing, wait_until

pytestmark = [pytest.mark.x11, pytest.mark.slow]
SOURCE = Path(__file__).with_name("drag_source.py")
BARS = 112
"""Menus, toolbar and status bar together, in pixels."""
STATUS, HEADER, ROW, TABLE_SHARE = 30, 36, 30, 0.33


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    if missing():
        pytest.skip(f"needs {', '.join(missing())}: apt-get install xvfb openbox xdotool")
    made = Desktop()
    yield made
    made.close()


def rows(store: Path) -> tuple[ReceiptRow, ...]:
    """The table as the store has it."""
    if not store.exists():
        return ()
    with Store(store) as opened:
        batches = opened.batches()
        return opened.receipt_rows(batches[0].id) if batches else ()


@pytest.mark.slow
def test_drag_read_correct_export(desktop: Desktop, tmp_path: Path) -> None:
    receipt = tmp_path / "my receipt.jpg"
    shutil.copy(resource("samples", "cafe.jpg"), receipt)
    items = json.loads(resource("samples", "truth.json").read_text("utf-8"))["items"]
    truth = next(item["gt"]["fields"] for item in items if item["path"] == "cafe.jpg")
    home = tmp_path / "home"
    home.mkdir()
    store = home / "data" / "receipts.sqlite"
    try:
        window = desktop.start(
            [PYTHON, "-m", "paddlescan", "--lang", "en"], PADDLESCAN_HOME=str(home), HOME=str(home), XDG_CONFIG_HOME=""
        )
        wait_until(lambda: bool(desktop.find("^PaddleScan$")), "the window")
        shown = desktop.find("^PaddleScan$")
        desktop.do("windowmove", "--sync", shown, 0, 0)
        desktop.do("windowsize", "--sync", shown, WIDTH - 160, HEIGHT - 60)
        desktop.start([PYTHON, str(SOURCE), str(receipt), str(WIDTH - 130), "300"])
        wait_until(lambda: bool(desktop.find("drag source")), "the other program")

        desktop.drag((WIDTH - 70, 340), (500, 400))
        desktop.let_go()
        wait_until(lambda: bool(rows(store)), "the receipt to be read", seconds=120)
        assert [row.values["total"].value for row in rows(store)] == [truth["total"]]

        place = desktop.place(shown)
        table = TABLE_SHARE * (place["HEIGHT"] - BARS)
        row = round(place["Y"] + place["HEIGHT"] - STATUS - table + HEADER + ROW / 2)
        desktop.do("mousemove", "--sync", place["X"] + 250, row, "click", "--repeat", 2, "--delay", 60, 1)
        desktop.do("key", "ctrl+a")
        desktop.do("type", "--delay", 20, "Corner Cafe")
        desktop.do("key", "Return")
        wait_until(lambda: rows(store)[0].values["merchant"].value == "Corner Cafe", "the edit to be saved")

        desktop.do("key", "ctrl+e")
        wait_until(lambda: bool(desktop.find("^Export")), "the export dialog")
        desktop.do("windowfocus", "--sync", desktop.find("^Export"), "key", "Return")
        wait_until(lambda: bool(list(home.glob("*.xlsx"))), "the exported file")
        (exported,) = home.glob("*.xlsx")
        sheet = openpyxl.load_workbook(exported)["Receipts"]
        head, row = ([cell.value for cell in line] for line in list(sheet)[:2])
        entry = dict(zip(head, row, strict=True))
        assert entry["Merchant"] == "Corner Cafe"
        assert entry["Date"].date().isoformat() == truth["date"]
        assert entry["Total"] == float(truth["total"])

        desktop.do("key", "Escape")
        wait_until(lambda: not desktop.find("^Export"), "the dialog to close")
        desktop.do("windowfocus", "--sync", shown, "key", "ctrl+q")
        assert window.wait(20) == 0
        log = (home / "logs" / "window.log").read_text("utf-8")
        assert "ERROR" not in log
        assert "my receipt" not in log
        assert "Corner" not in log
    except BaseException:
        desktop.photograph(tmp_path / "screen.png")
        raise
