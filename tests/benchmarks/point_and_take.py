"""How soon a place that is dragged over stands in its field: `python -m tests.benchmarks.point_and_take --workers 1 2`.

From letting go of the mouse button to the value in the review sheet, through everything between: the queue, the engine
in the midst of a page, the answer, the edit. In the real window over the sample receipts; the batch is copies of them
that wait and are read all the while. The place is another line of the page each time. Prints seconds, asserts nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from paddlescan.document import TextLine
from paddlescan.gui import tokens
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths
from paddlescan.resources_dir import resource
from paddlescan.settings import Settings

SIZE = (1440, 900)
PATIENCE_S = 120.0
PAUSE_S = 0.37
"""Between two places, so that they fall into every part of a page's reading."""


def until(condition: Callable[[], bool]) -> float:
    """Run the window until it is so. Returns the seconds it took."""
    start = time.perf_counter()
    while not condition():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        time.sleep(0.001)
        if time.perf_counter() - start > PATIENCE_S:
            raise SystemExit("waited in vain")
    return time.perf_counter() - start


def pause(seconds: float) -> None:
    """Let the window run for a while."""
    end = time.perf_counter() + seconds
    until(lambda: time.perf_counter() >= end)


def drag(window: MainWindow, line: TextLine) -> float:
    """Drag over a line with Ctrl held. Seconds from letting go to the value."""
    canvas, desk = window.viewer.canvas, window.workplace.review
    canvas.set_divider(0.0)
    canvas.bring_into_sight(line.quad)
    (a, b), _, (c, d), _ = canvas.quad_in_widget(line.quad, after=True)
    start, end = QPoint(round(a) - 2, round(b) - 2), QPoint(round(c) + 2, round(d) + 2)
    button, control = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    QTest.mousePress(canvas, button, control, start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    steps = desk.undo_stack.count()
    QTest.mouseRelease(canvas, button, control, end)
    return until(lambda: desk.undo_stack.count() > steps)


def copies(folder: Path, count: int) -> list[str]:
    """So many files that nobody has seen before."""
    samples = sorted(path for path in resource("samples").iterdir() if path.suffix == ".jpg")
    files = []
    for number in range(count):
        one = samples[number % len(samples)]
        file = folder / f"{number}-{one.name}"
        file.write_bytes(Path(str(one)).read_bytes() + bytes(number + 1))
        files.append(str(file))
    return files


def measure(workers: int, count: int) -> None:
    """One batch with so many workers."""
    with tempfile.TemporaryDirectory() as home:
        paths = Paths(*(Path(home) / name for name in ("config", "data", "cache", "logs"))).make()
        window = MainWindow(Workplace(paths, replace(Settings(), workers=workers)))
        window.resize(*SIZE)
        window.show()
        controller, desk = window.workplace.controller, window.workplace.review
        window.workplace.start()
        pause(0.5)
        controller.begin_batch("take", [str(resource("samples", "cafe.jpg"))])
        until(lambda: bool(desk.sheet.ids()) and not controller.running)
        until(lambda: window.viewer.canvas.scene is not None and bool(window.viewer.canvas.scene.lines))
        receipt = desk.sheet.ids()[0]
        scene = window.viewer.canvas.scene
        assert scene is not None
        lines = [line for line in scene.lines if len(line.text) > 3]
        desk.bring_to_front(receipt, "merchant")
        pause(0.5)
        tell(workers, "engine loaded, nothing else to do", (one(window, line) for line in lines))
        controller.add_paths(copies(Path(home), count))
        until(lambda: controller.waiting >= count)
        seconds: list[float] = []
        while controller.waiting > workers + 1:
            seconds.append(one(window, lines[len(seconds) % len(lines)]))
        tell(workers, "while a batch is read", seconds)
        until(lambda: not controller.waiting)
        window.close()
        window.workplace.end()


def one(window: MainWindow, line: TextLine) -> float:
    """One place, after a pause."""
    desk = window.workplace.review
    desk.bring_to_front(desk.sheet.ids()[0], "merchant")
    pause(PAUSE_S)
    return drag(window, line)


def tell(workers: int, what: str, seconds: Iterable[float]) -> None:
    """A line of the table."""
    some = sorted(seconds)
    late = some[min(len(some) - 1, round(0.95 * len(some)))]
    print(
        f"{workers} worker(s), {what}: {len(some)} places, median {statistics.median(some):.2f} s, "
        f"95 % within {late:.2f} s, most {some[-1]:.2f} s",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--pages", type=int, default=30, help="pages of the batch that waits")
    arguments = parser.parse_args()
    app = QApplication([])
    tokens.apply(app)
    for workers in arguments.workers:
        measure(workers, arguments.pages)


if __name__ == "__main__":
    main()
