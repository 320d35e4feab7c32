"""The window with a large batch: `python -m tests.benchmarks.big_batch [--rows 10000] [--rounds 3] [--docs]`.

The real window opens a store with no receipts, with 1,000 and with 10,000 (drawn ones, 11 fields and 40 lines each), in
a process of its own, and does what a clerk does: scrolls, sorts, searches, edits, goes to the next doubtful field,
takes things back. A frame is a turn of the wheel, or a move of the bar, until all of it is painted anew, so an upper
bound: a real frame moves what it has. Milliseconds are those that the window's thread computed, and in brackets those
on the clock, which others on the machine lengthen; medians over the rounds, each in a process of its own. "Held" is the
longest time on the clock that the window answered nothing. Offscreen; with a display (xvfb-run) under
QT_QPA_PLATFORM=xcb. --docs puts the table into docs/performance.md. Asserts nothing.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

from paddlescan.gui import tokens
from paddlescan.gui.garbage import Collector
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.review.columns import COLUMNS, Chosen
from paddlescan.gui.review.delegate import ROW_HEIGHT
from paddlescan.gui.review.filters import NO_FILTER, RowFilter
from paddlescan.gui.review.many import Replacement, hits
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.settings import Settings
from tests.benchmarks.big_store import fill_store

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT, HEADING = ROOT / "docs" / "performance.md", "## The window with 10,000 receipts"
EDITS = 1000
NARROWS = (
    RowFilter(merchant="a"),
    RowFilter(first_day=date(2026, 2, 1), last_day=date(2026, 2, 28)),
    RowFilter(lowest=Decimal(50), highest=Decimal(500), currency="CNY"),
    RowFilter(category="meals"),
    NO_FILTER,
)
Figures = dict[str, tuple[float, ...]]
"""By name: megabytes; milliseconds on the clock; or milliseconds computed and on the clock."""
Act = Callable[[], object]


class Heartbeat(QObject):
    """Says how long the event loop was held at most: a timer that should fire every few milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self._last = time.perf_counter()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._beat)
        timer.start(4)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst, self._last = max(self.worst, now - self._last), now

    def take(self) -> float:
        """The worst since the last time it was asked, in milliseconds."""
        self._beat()
        worst, self.worst = self.worst, 0.0
        return 1000 * worst


class Clock:
    """How long something took: computed by this thread, and on the clock, in milliseconds."""

    def __init__(self) -> None:
        self._start = time.thread_time(), time.perf_counter()

    def read(self) -> tuple[float, float]:
        """Until now."""
        return 1000 * (time.thread_time() - self._start[0]), 1000 * (time.perf_counter() - self._start[1])


class Bench:
    """The window over a home, and what is done with it."""

    def __init__(self, home: Path) -> None:
        paths = Paths(home / "config", home / "data", home / "cache", home / "logs").make()
        self.app = QApplication.instance() or QApplication([])
        assert isinstance(self.app, QApplication)
        speak(self.app, "en")
        tokens.apply(self.app)
        self.figures: Figures = {}
        self.window = MainWindow(Workplace(paths, replace(Settings(), workers=1)))
        Collector(self.app)
        self.window.resize(1440, 900)
        self.beat = Heartbeat()
        self.sheet = self.window.workplace.review.sheet
        self.desk = self.window.workplace.review
        self.table, self.pages = self.window.table, self.window.pages

    def wait(self, until: Callable[[], bool], at_most_s: float = 120.0) -> float:
        """Run the event loop until something is so; the milliseconds it took on the clock."""
        clock = Clock()
        while not until():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # the heartbeat sees to some
            if clock.read()[1] > 1000 * at_most_s:
                raise TimeoutError
        return clock.read()[1]

    def rest(self, seconds: float = 0.3) -> None:
        """Let what is on its way arrive."""
        end = time.perf_counter() + seconds
        self.wait(lambda: time.perf_counter() > end)

    def open(self, rows: int) -> None:
        """Open the newest batch, until its rows are shown and painted."""
        self.window.show()
        self.rest()
        self.beat.take()
        self.window.workplace.start()
        self.figures["open until shown"] = (self.wait(lambda: len(self.sheet) >= rows),)
        self.rest(1.0)
        self.figures["open, held"] = (self.beat.take(),)
        self.figures["memory"] = (memory(),)

    def times(self, name: str, acts: Iterable[Act], view: QAbstractItemView | None = None) -> None:
        """Do things one by one, each until it is painted."""
        taken = []
        port = (view or self.table).viewport()
        for act in acts:
            clock = Clock()
            act()
            port.repaint()
            self.app.processEvents()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # no loop runs that would see to it
            taken.append(clock.read())
        taken.sort()
        self.figures[f"{name}, median"] = _middle(taken)
        if len(taken) > 99:
            self.figures[f"{name}, 99 of 100"] = taken[round(0.99 * len(taken)) - 1]
        if len(taken) > 1:
            self.figures[f"{name}, worst"] = taken[-1]

    # what a clerk does

    def scroll(self) -> None:
        """Table and page list, by wheel and by dragging the bar."""
        views: tuple[tuple[str, QAbstractItemView], ...] = (("table", self.table), ("pages", self.pages))
        for name, view in views:
            bar = view.verticalScrollBar()
            bar.setValue(0)
            self.times(f"{name} by wheel", [partial(wheel, view)] * 200, view)
            places = (round(bar.maximum() * n / 100) for n in (*range(100), *range(100, 0, -1)))
            self.times(f"{name} by the bar", [partial(bar.setValue, place) for place in places], view)
        self.figures["memory after scrolling"] = (memory(),)
        splitter = self.window.panes.down
        before = splitter.saveState()
        splitter.setChildrenCollapsible(True)
        splitter.setSizes([0, splitter.height()])
        self.rest()
        rows = self.table.viewport().height() // ROW_HEIGHT
        bar = self.table.verticalScrollBar()
        places = (round(bar.maximum() * n / 100) for n in range(100))
        self.times(f"table of {rows} rows by the bar", [partial(bar.setValue, place) for place in places])
        splitter.restoreState(before)
        self.rest()

    def thumbnails(self) -> None:
        """Until the pictures in sight are there, in places not seen before."""
        times = []
        bar, kept = self.pages.verticalScrollBar(), self.pages.thumbnails._kept
        for n in range(1, 6):
            bar.setValue(round(bar.maximum() * n / 6.1) + 1)
            self.app.processEvents()
            pages = self.pages.pages_in_sight()
            times.append(self.wait(partial(_all_in, pages, kept)))
        self.figures["pictures of a screenful of pages"] = (statistics.median(times),)

    def arrange(self) -> None:
        """Sorting, chips, search, sums."""
        header, state = self.table.horizontalHeader(), self.table.set_state_filter
        orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
        self.times("sort", [partial(header.setSortIndicator, c, o) for c in range(len(COLUMNS)) for o in orders])
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        chips: tuple[Chosen | None, ...] = ("needs_review", None, "done", None, "duplicate", None)
        self.times("chip", [partial(state, chip) for chip in chips])
        words = ("a", "上", "上海", "外婆", "99", "kedai", "")
        self.times("search", [partial(self.table.set_search, word) for word in words])
        self.times("filter", [partial(self.table.review_model.set_narrow, narrow) for narrow in NARROWS])
        self.times("find in all text fields", [partial(hits, self.sheet, self.sheet.ids(), Replacement("a", "b"))] * 3)
        self.times("summary", [self.window.summary.refresh] * 3)
        self.rest()
        self.beat.take()
        self.table.selectAll()
        self.rest(0.6)
        self.figures["sum of all selected, held"] = (self.beat.take(),)
        self.table.clearSelection()

    def review(self) -> None:
        """F8, and edits one by one."""
        self.times("F8", [self.desk.go_to_next_look] * 50)
        ids = self.sheet.ids()
        some = ids[:: max(1, len(ids) // 50)][:50]
        self.beat.take()
        self.times("an edit", [partial(self.desk.type_into, i, "note", f"note {n}") for n, i in enumerate(some)])
        self.saved("an edit")

    def saved(self, name: str) -> None:
        """Wait until all is on the disk, and note how long the window was held since it was begun."""
        writer = self.window.workplace.writer
        self.wait(lambda: not writer.unsaved() and not self.sheet.unsaved())
        self.rest(0.2)
        self.figures[f"{name}, held until saved"] = (self.beat.take(),)

    def undo(self) -> None:
        """Edits step by step, and a thousand as one; then back."""
        ids = self.sheet.ids()[:EDITS]
        stack = self.window.workplace.undo_stack
        self.beat.take()
        self.times("200 edits on end", [partial(self.desk.type_into, i, "project", "P1") for i in ids[:200]])
        self.saved("200 edits on end")
        self.times("200 undone on end", [stack.undo] * 200)
        self.saved("200 undone on end")
        self.times("1,000 edits as one step", [partial(self.desk.type_many, [(i, "note", "all") for i in ids], "x")])
        self.saved("1,000 edits as one step")
        self.times("undo of the one step", [stack.undo])
        self.saved("undo of the one step")

    def end(self) -> None:
        """Close the window."""
        gc.collect()
        self.figures["memory in the end"] = (memory(),)
        self.window.close()
        self.window.workplace.end()


def _middle(taken: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(cpu for cpu, _ in taken), statistics.median(wall for _, wall in taken)


def _all_in(pages: Iterable[int], kept: Container[int]) -> bool:
    return all(page in kept for page in pages)


def wheel(view: QAbstractItemView) -> None:
    """One notch downwards over the middle of a view."""
    port = view.viewport()
    middle = QPointF(port.rect().center())
    where = QPointF(port.mapToGlobal(middle.toPoint()))
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(port, QWheelEvent(middle, where, QPoint(), QPoint(0, -120), *none, False))


def memory() -> float:
    """What this process holds, in megabytes (Linux tells)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def measured(home: Path, rows: int) -> Figures:
    """Everything once, in this process."""
    bench = Bench(home)
    bench.open(rows)
    if rows:
        bench.scroll()
        bench.thumbnails()
        bench.arrange()
        bench.review()
        bench.undo()
    bench.end()
    return bench.figures


def in_a_process(home: Path, rows: int) -> Figures:
    """Everything once, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.big_batch", "--one", str(home), str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(done.stderr)
    answer: Figures = json.loads(done.stdout.splitlines()[-1])
    return answer


def home_with(folder: Path, rows: int) -> Path:
    """A home whose store holds so many receipts."""
    home = folder / str(rows)
    if rows and not (home / "data").exists():
        (home / "data").mkdir(parents=True, mode=0o700)
        fill_store(home / "data" / "receipts.sqlite", home / "files", rows)
    return home


def table(counts: list[int], found: dict[int, list[Figures]]) -> str:
    """The medians as a table for people."""
    names = list(dict.fromkeys(name for figures in found[counts[-1]] for name in figures))
    lines = ["| | " + " | ".join(f"{count:,}" for count in counts) + " |", "| --- |" + " --- |" * len(counts)]
    for name in names:
        cells = [_cell(name, [figures[name] for figures in found[count] if name in figures]) for count in counts]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(name: str, values: list[tuple[float, ...]]) -> str:
    if not values:
        return ""
    first, *clock = (
        f"{each:,.{0 if each >= 20 else 1}f}" for each in map(statistics.median, zip(*values, strict=True))
    )
    return f"{first} {'MB' if name.startswith('memory') else 'ms'}" + (f" ({clock[0]})" if clock else "")


def write_docs(said: str) -> None:
    """Put the section into the document in place of the one before."""
    text = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else "# How fast it is, and how much it takes\n"
    head, _, rest = text.partition(HEADING)
    tail = "".join(f"\n## {part}" for part in rest.split("\n## ")[1:])
    DOCUMENT.write_text(f"{head.rstrip()}\n\n{HEADING}\n\n{said}\n{tail}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[0, 1000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--docs", action="store_true", help="write the table into docs/performance.md")
    parser.add_argument("--folder", type=Path, help="keep the stores here, for another time")
    parser.add_argument("--one", nargs=2, metavar=("HOME", "ROWS"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measured(Path(arguments.one[0]), int(arguments.one[1]))))
        return 0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.folder or Path(made)
        found: dict[int, list[Figures]] = {count: [] for count in arguments.rows}
        for _ in range(arguments.rounds):
            for count in arguments.rows:
                kept = home_with(folder, count)
                with tempfile.TemporaryDirectory() as fresh:  # what the one before typed is not there
                    home = Path(fresh, "home")
                    shutil.copytree(kept / "data", home / "data") if count else home.mkdir()
                    found[count].append(in_a_process(home, count))
    said = f"{describe()}\n\n{table(arguments.rows, found)}"
    print(said)
    if arguments.docs:
        write_docs(said)
    return 0


def describe() -> str:
    """Where and with what this was measured."""
    from PySide6 import __version__ as qt

    platform, load = os.environ.get("QT_QPA_PLATFORM", "offscreen"), os.getloadavg()[0]
    return (
        f"`python -m tests.benchmarks.big_batch --docs`, window 1440 x 900, Qt {qt} ({platform}), "
        f"{os.cpu_count()} cores, load {load:.1f}. Milliseconds computed, in brackets those on the clock; frames are"
        " painted whole, so upper bounds. 60 a second leave 16.7 ms."
    )


if __name__ == "__main__":
    sys.exit(main())
