"""Reviews receipts as a clerk does, by keys alone, and counts keys and milliseconds. Asserts nothing.

    python -m tests.benchmarks.review FOLDER [--pages 60] [--home FOLDER]

FOLDER: receipts with a manifest.json that says what is right. The real window reads them with the real engine; then a
clerk who knows the truth goes from doubt to doubt. A field that is right is accepted, one that is wrong is typed over.
Prints the keys of each kind of step, how long the window took from a key until everything it causes was shown, how
long until the picture of the place stood there, and what is wrong at the end although nobody was asked. Without a
screen Qt's offscreen platform is used. --home: where the list of receipts is kept; what was read there is not read
again, and what a clerk did there before is taken back first.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from paddlescan.gui import tokens
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.pipeline.keeping import open_store
from paddlescan.settings import Settings
from paddlescan.store import FieldEdit
from tests.benchmarks.fields import RENAMED, key

ALONE = frozenset(
    {
        "receipt_en",
        "invoice_en",
        "taxi_receipt_zh",
        "vat_invoice_zh",
        "train_ticket_zh",
        "nontax_receipt_zh",
        "receipt_zh",
    }
)
"""Categories whose items are one receipt each."""
PATIENCE_S = 900.0
PICTURE_S = 5.0
Truth = dict[str, tuple[frozenset[object], str]]
"""By field: the keys of all values that are right, and the one that a clerk types."""


@dataclass
class Count:
    """What a review took."""

    keys: Counter[str] = field(default_factory=Counter)
    corrected: list[int] = field(default_factory=list)
    """Keys besides the typed text, of each corrected field."""
    chosen: int = 0
    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """From each key until all is shown, by kind of key."""
    computed: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Of these, what the window's thread computed; the rest it waited for a processor."""
    pictures: list[float] = field(default_factory=list)
    """Milliseconds from the key that goes on until the page of the next field stands there; of other pages only."""


class Clerk:
    """Presses keys in a window and waits for what they do."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self._app, self.window, self.count = app, window, Count()

    def press(self, code: Qt.Key, what: str) -> None:
        """One key, to whatever has the focus."""
        self._timed(what, lambda: QTest.keyClick(self._focus(), code))
        self.count.keys[what] += 1

    def type(self, text: str) -> None:
        """A text, letter by letter; each is timed."""
        for letter in text:
            self._timed("letters", lambda letter=letter: QTest.keyClicks(self._focus(), letter))  # type: ignore[misc]
        self.count.keys["letters"] += len(text)

    def wait_for_picture(self, page_before: int | None) -> None:
        """Until the page of the field in front is shown."""
        desk, viewer = self.window.workplace.review, self.window.viewer
        if desk.front is None:
            return
        page_id = desk.sheet.row(desk.front[0]).page_id
        start = time.perf_counter()
        while viewer.page_id != page_id or viewer.canvas.scene is None:
            if time.perf_counter() - start > PICTURE_S:
                break
            self._app.processEvents()
        if page_id != page_before:
            self.count.pictures.append(1000 * (time.perf_counter() - start))

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _timed(self, what: str, act: Callable[[], None]) -> None:
        start, computed = time.perf_counter(), time.thread_time()
        act()
        self._app.processEvents()
        self.count.milliseconds[what].append(1000 * (time.perf_counter() - start))
        self.count.computed[what].append(1000 * (time.thread_time() - computed))


def truth_of(item: dict[str, Any]) -> Truth:
    """What is right for an item; a field of which the truth is not known is left out."""
    found: Truth = {}
    for raw, value in item["gt"]["fields"].items():
        name = RENAMED.get(raw, raw)
        if raw in item.get("uncertain", ()) or raw in ("doc_type", "base"):
            continue
        values = [] if value is None else [value, *item.get("alternatives", {}).get(raw, [])]
        found[name] = frozenset(key(name, v) for v in values), "" if value is None else str(value)
    return found


def review(clerk: Clerk, truths: dict[str, Truth]) -> None:
    """From doubt to doubt until none is left."""
    desk = clerk.window.workplace.review
    clerk.press(Qt.Key.Key_F8, "F8")
    while desk.next_look() is not None and desk.front is not None:
        receipt_id, name = desk.front
        row = desk.sheet.row(receipt_id)
        right, typed = truths.get(row.source, {}).get(name, (frozenset(), ""))
        found = row.values.get(name)
        looks_before = desk.sheet.wants_look(receipt_id)
        before = sum(clerk.count.keys.values())
        if typed and (found is None or key(name, found.value) not in right):
            clerk.type(typed)
            clerk.press(Qt.Key.Key_Return, "Enter")
            clerk.count.corrected.append(sum(clerk.count.keys.values()) - before - len(typed))
        else:
            clerk.press(Qt.Key.Key_Return, "Enter")
        clerk.wait_for_picture(row.page_id)
        if desk.front == (receipt_id, name) and desk.sheet.wants_look(receipt_id) == looks_before:
            clerk.press(Qt.Key.Key_F8, "F8")  # it stays in doubt, whatever is said: go on
            if desk.front == (receipt_id, name):
                return


def left_wrong(window: MainWindow, truths: dict[str, Truth]) -> tuple[int, int]:
    """Fields that hold a wrong value at the end, and fields of which the truth is known."""
    sheet = window.workplace.review.sheet
    wrong = known = 0
    for receipt_id in sheet.ids():
        row = sheet.row(receipt_id)
        for name, (right, _) in truths.get(row.source, {}).items():
            found = row.values.get(name)
            known += 1
            wrong += key(name, found.value) not in right if found else bool(right)
    return wrong, known


def forget_the_clerk(store: Path) -> None:
    """Put every receipt of a store back to what was read."""
    if not store.exists():
        return
    with open_store(store) as opened:
        for batch in opened.batches():
            for row in opened.receipt_rows(batch.id):
                read = opened.receipt(row.receipt_id).read
                for name, now in row.values.items():
                    before = read.field(name) if read else None
                    if now != before:
                        opened.apply_edit(FieldEdit(row.receipt_id, name, now, before, as_read=True))


def report(count: Count, wrong: tuple[int, int], receipts: int) -> None:
    """Print it all."""
    pictures = sorted(count.pictures) or [0.0]
    keys = count.keys
    print(f"{receipts} receipts reviewed: {sum(keys.values())} keys ({', '.join(f'{n} {k}' for k, n in keys.items())})")
    if count.corrected:
        print(
            f"corrected {len(count.corrected)} fields, keys besides the typed text: "
            f"median {statistics.median(count.corrected):g}, most {max(count.corrected)}"
        )
    for what in count.milliseconds:
        for clock, unsorted in (("", count.milliseconds[what]), (", computed", count.computed[what])):
            times = sorted(unsorted)
            print(
                f"from a key ({what}) until all is shown{clock}: median {statistics.median(times):.1f} ms, "
                f"95 % under {times[int(0.95 * (len(times) - 1))]:.1f} ms, most {times[-1]:.1f} ms"
            )
    spent = sum(map(sum, count.computed.values())) / 1000
    print(f"{spent / max(1, len(count.corrected)):.2f} s of computer time a corrected field")
    print(f"picture of another page: median {statistics.median(pictures):.0f} ms, most {pictures[-1]:.0f} ms")
    print(f"wrong or missing at the end, nobody was asked: {wrong[0]} of {wrong[1]} fields whose truth is known")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--home", type=Path)
    args = parser.parse_args()
    items = json.loads((args.folder / "manifest.json").read_text("utf-8"))["items"]
    items = [i for i in items if i["category"] in ALONE and i.get("gt", {}).get("fields")][: args.pages]
    files = [str(args.folder / item["path"]) for item in items]
    truths = {Path(item["path"]).name: truth_of(item) for item in items}
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    tokens.apply(app)
    speak(app, "en")
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.home or Path(scratch)
        places = Paths(folder / "config", folder / "data", folder / "cache", folder / "logs").make()
        forget_the_clerk(places.store)
        window = MainWindow(Workplace(places, replace(Settings(), workers=2)))
        window.show()
        window.activateWindow()
        controller = window.workplace.controller
        window.workplace.start()
        QTest.qWait(1000)
        if controller.batch is None:
            controller.begin_batch("Review", files)
        start = time.monotonic()
        while controller.pages.rowCount() < len(files) or controller.waiting or controller.running:
            QTest.qWait(100)
            if time.monotonic() - start > PATIENCE_S:
                raise TimeoutError("not read in time")
        print(f"{len(files)} files read in {time.monotonic() - start:.0f} s")
        QTest.qWait(2000)
        clerk = Clerk(app, window)
        review(clerk, truths)
        report(clerk.count, left_wrong(window, truths), len(files))
        window.close()
        window.workplace.end()


if __name__ == "__main__":
    main()
