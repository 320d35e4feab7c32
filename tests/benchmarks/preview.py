"""How soon a switch of the viewer shows: `python -m tests.benchmarks.preview`.

From the move of a switch to the new picture painted on the stage, through everything between: the request, the light
process, its file, the picture, the paint event. The page is drawn: 12 megapixels (3000 x 4000), without, with one and
with two seals, and taken for read. The viewer is as large as a window of 1440 x 900, at one and at two device pixels a
pixel. Nothing is at hand from before: each update is drawn. Prints milliseconds and asserts nothing. --docs puts them
into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import psutil
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from paddlescan.document import PageRef, PageResult, PrepareOptions, Receipt, SourceFile
from paddlescan.gui import tokens
from paddlescan.gui.lane import PreviewLane
from paddlescan.gui.viewer import PageViewer
from paddlescan.pipeline.light_client import LightProcess
from tests.benchmarks.beside.machine import describe
from tests.benchmarks.documents import PERFORMANCE, put_between

SIZE = (3000, 4000)
WINDOW = (1440, 900)
UPDATES = 40
PATIENCE_MS = 60_000
SEALS = (
    (2100, 3050, 420, "北京清风餐饮有限公司", "发票专用章"),
    (900, 2850, 360, "海淀晴川科技有限公司", "财务专用章"),
)


def draw(file: Path, seals: int) -> None:
    """The page, slightly askew, with that many seals."""
    from tests.samples.paper import Paper, scan, stamp

    paper = Paper(SIZE[0] - 72, SIZE[1] - 72)
    paper.top = 200
    for n in range(40):
        paper.row(
            f"{n + 1:02d}  餐饮服务 Lunch for two, table {n % 9}", f"￥{17.5 * n + 3:.2f}", 54, gap=18, margin=220
        )
    picture = paper.image
    for seal in SEALS[:seals]:
        picture = stamp(picture, *seal)
    scan(picture, 3, 1.3).resize(SIZE).save(file, quality=90)


class Watch(QObject):
    """Tells when a picture made with the switches as they stand was painted."""

    def __init__(self, viewer: PageViewer) -> None:
        super().__init__()
        self._viewer = viewer
        self._loop = QEventLoop()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(PATIENCE_MS)
        self._late.timeout.connect(self._give_up)
        viewer.canvas.installEventFilter(self)

    def milliseconds(self, move: Callable[[], object]) -> float:
        """Move a switch and wait for the paint event after it. Raises TimeoutError."""
        start = time.perf_counter()
        move()
        self._late.start()
        if self._loop.exec():
            raise TimeoutError
        self._late.stop()
        return (time.perf_counter() - start) * 1000

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        scene, wanted = self._viewer.canvas.scene, self._viewer.pictures.asked_with
        if event.type() == QEvent.Type.Paint and scene is not None and scene.preview.options == wanted:
            QTimer.singleShot(0, self._loop.quit)  # after it was painted
        return False

    def _give_up(self) -> None:
        self._loop.exit(1)


def moves(viewer: PageViewer, lane: PreviewLane, seals: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a clerk does, each as a function that does it once more, differently each time."""
    angles, strengths = cycle(range(-60, 60)), cycle([*range(0, 50), *range(51, 101)])

    def forgetting(act: Callable[[], object]) -> Callable[[], object]:
        def do() -> None:
            lane.forget(1)
            act()

        return do

    yield "angle", forgetting(lambda: viewer.bar.slider.setValue(next(angles)))
    yield "quarter turn", forgetting(viewer.verbs.turn_right.trigger)
    yield "seals on and off", forgetting(viewer.verbs.seals.trigger)
    if seals and hasattr(viewer.bar, "strength"):
        yield "seal strength", forgetting(lambda: viewer.bar.strength.setValue(next(strengths)))


def measure(folder: Path) -> None:
    """All figures at the device pixel ratio that this process runs with."""
    app = QApplication(sys.argv[:1])
    tokens.apply(app)
    light = LightProcess()
    lane = PreviewLane(lambda: light)
    lane.start()
    viewer = PageViewer(lane)
    viewer.resize(*WINDOW)
    viewer.show()
    watch = Watch(viewer)
    for seals in range(3):
        measure_page(viewer, watch, lane, light, PageRef(SourceFile.at(folder / f"{seals}.jpg"), 1, 1))
    lane.stop()


def measure_page(viewer: PageViewer, watch: Watch, lane: PreviewLane, light: LightProcess, ref: PageRef) -> None:
    """The figures of one page."""
    viewer.show_page(None, None, None, PrepareOptions())
    first = watch.milliseconds(lambda: viewer.show_page(1, ref, None, PrepareOptions()))
    scene = viewer.canvas.scene
    assert scene is not None
    preview = scene.preview
    receipt = Receipt(preparation=preview.preparation)
    read = PageResult(ref, width=preview.width, height=preview.height, receipts=(receipt,))
    watch.milliseconds(lambda: viewer.show_page(1, ref, read, PrepareOptions()))
    sides = max(preview.after.width(), preview.after.height())
    found = len(preview.preparation.seals)
    print(f"ratio {viewer.devicePixelRatioF():g}, {found} seals, {sides} px; opened in {first:.0f} ms")
    for name, move in moves(viewer, lane, found):
        for _ in range(4):
            watch.milliseconds(move)
        spent = processor_ms(light)
        times = sorted(watch.milliseconds(move) for _ in range(UPDATES))
        spent = (processor_ms(light) - spent) / len(times)
        late = times[round(0.95 * (len(times) - 1))]
        print(
            f"  {name:18s} median {statistics.median(times):5.1f}  95 of 100 within {late:5.1f}"
            f"  processor {spent:5.1f} ms ({len(times)})",
            flush=True,
        )
    viewer.show_page(1, ref, read, PrepareOptions())


def processor_ms(light: LightProcess) -> float:
    """What this process and the light process have taken so far."""
    theirs = psutil.Process(light.pid).cpu_times()
    return (time.process_time() + theirs.user + theirs.system) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", action="store_true", help="write the figures into docs/performance.md")
    parser.add_argument("--pages", type=Path, help="used by itself: measure with the pages of this folder")
    arguments = parser.parse_args()
    if arguments.pages is not None:
        measure(arguments.pages)
        return 0
    said = f"{describe()}, load {os.getloadavg()[0]:.1f}\n"
    with tempfile.TemporaryDirectory() as folder:
        for seals in range(3):
            draw(Path(folder, f"{seals}.jpg"), seals)
        for ratio in ("1", "2"):
            environment = os.environ | {"QT_SCALE_FACTOR": ratio}
            if not os.environ.get("DISPLAY"):
                environment["QT_QPA_PLATFORM"] = "offscreen"
            command = [sys.executable, "-m", "tests.benchmarks.preview", "--pages", folder]
            said += subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(said, end="")
    if arguments.docs:
        put_between(PERFORMANCE, "preview", f"`python -m tests.benchmarks.preview`\n\n```text\n{said}```")
    return 0


if __name__ == "__main__":
    sys.exit(main())
