"""What each step of `imaging` costs: `python -m tests.benchmarks.steps [--peer] [--rounds 7]`.

Pages of 2, 8 and 24 megapixels, drawn: an invoice with a red seal, 2 degrees askew, on grey paper. Each step runs in a
process of its own, on one thread, timed by process time after one warm-up; the table has the median in milliseconds
and in brackets the range, and by how many megabytes the process grew at most (Linux tells). Steps that the package does
not have are left out. With --peer, jdeskew measures the same pages in a virtual environment below build/.
Asserts nothing.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from paddlescan.document.pixels import Pixels
from tests.benchmarks import environments
from tests.benchmarks.drawn_pages import LAYOUTS, grey

MEGAPIXELS = (2, 8, 24)
PEER_PACKAGES = ("jdeskew==0.4.2",)
PEER = """
import json, sys, time
import numpy as np, cv2
cv2.setNumThreads(1)
from jdeskew.estimator import get_angle
pixels, times = np.load(sys.argv[1]), []
def memory(name):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(name))
open("/proc/self/clear_refs", "w").write("5")
before = memory("VmRSS")
for _ in range(int(sys.argv[2]) + 1):
    start = time.process_time()
    get_angle(pixels, angle_max=45)
    times.append(time.process_time() - start)
print(json.dumps([times[1:], memory("VmHWM") - before]))
"""
ROOMS = {  # a step and the room it lives in; each takes the page's pixels
    "find_quality": "quality",
    "measure_skew": "deskew",
    "find_paper": "paper",
    "flatten_lighting": "lighting",
    "find_seals": "seal_removal",
}
STEPS = ("decode", *ROOMS, "remove_seals", "warp")


def page(megapixels: float) -> Pixels:
    """The page at that size, uint8 (height, width, 3), BGR."""
    chosen = random.Random(7)
    pixels = grey(LAYOUTS["chinese_invoice"](chosen), 2.0, chosen)
    factor = (megapixels * 1e6 / (pixels.shape[0] * pixels.shape[1])) ** 0.5
    pixels = np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC), np.uint8)
    height, width = pixels.shape[:2]
    ink = np.full_like(pixels, 255)
    centre, axes = (round(0.7 * width), round(0.75 * height)), (round(0.09 * width), round(0.07 * width))
    cv2.ellipse(ink, centre, axes, 0, 0, 360, (60, 50, 210), max(2, width // 250), cv2.LINE_AA)
    cv2.ellipse(ink, centre, (axes[0] // 3, axes[1] // 3), 0, 0, 360, (60, 50, 210), max(2, width // 250), cv2.LINE_AA)
    return np.asarray(cv2.multiply(pixels, ink, scale=1 / 255), np.uint8)


def step(name: str, pixels: Pixels) -> Callable[[], object] | None:
    """The step, ready to run on the page; None where the package does not have it."""
    if name == "decode":
        data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
        return _decode(data)
    if name == "warp":
        height, width = pixels.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -2.0, 1.0)
        return lambda: cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC)
    if name == "remove_seals":
        from paddlescan.imaging.seal_removal import find_seals, remove_seals

        seals = find_seals(pixels)
        return lambda: remove_seals(pixels, 50, seals)
    try:
        room = importlib.import_module(f"paddlescan.imaging.{ROOMS[name]}")
    except ImportError:
        return None
    found: Callable[[Pixels], object] | None = getattr(room, name, None)
    return None if found is None else lambda: found(pixels)


def _decode(data: bytes) -> Callable[[], object]:
    import io

    from paddlescan.document import Limits
    from paddlescan.imaging.loading import load_page

    return lambda: load_page(io.BytesIO(data), "page.jpg", 1, Limits())


def measured(name: str, path: str, rounds: int) -> tuple[list[float], int] | None:
    """Seconds of each round, and kilobytes by which the process grew."""
    cv2.setNumThreads(1)
    pixels = np.load(path)
    run = step(name, pixels)
    if run is None:
        return None
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark starts anew, at what is held now
    before = _memory("VmRSS")
    times = []
    for _ in range(rounds + 1):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return times[1:], _memory("VmHWM") - before


def _memory(name: str) -> int:
    """A figure of this process in kilobytes, as Linux gives it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def _in_a_process(command: list[str]) -> Any:
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


def _cell(answer: Any) -> str:
    if answer is None:
        return "-"
    times, grown = [1000 * seconds for seconds in answer[0]], answer[1] / 1024
    return f"{statistics.median(times):.0f} ({min(times):.0f} to {max(times):.0f}) ms, {grown:.0f} MB"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action="store_true", help="compare measure_skew with jdeskew")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--one", nargs=2, metavar=("STEP", "PAGE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        step, page_file = arguments.one
        print(json.dumps(measured(step, page_file, arguments.rounds)))
        return 0
    rows: dict[str, list[str]] = {name: [] for name in STEPS}
    with tempfile.TemporaryDirectory() as folder:
        for megapixels in MEGAPIXELS:
            path = str(Path(folder, f"{megapixels}.npy"))
            np.save(path, page(megapixels))
            for name in STEPS:
                command = [sys.executable, "-m", "tests.benchmarks.steps", "--rounds", str(arguments.rounds)]
                rows[name].append(_cell(_in_a_process([*command, "--one", name, path])))
            if arguments.peer:
                python = environments.interpreter("jdeskew", PEER_PACKAGES)
                answer = _in_a_process([str(python), "-c", PEER, path, str(arguments.rounds)])
                rows.setdefault("jdeskew 0.4.2", []).append(_cell(answer))
    print(f"{'':18s}" + "".join(f"{f'{m} megapixels':32s}" for m in MEGAPIXELS))
    for name, cells in rows.items():
        print(f"{name:18s}" + "".join(f"{cell:32s}" for cell in cells))
    return 0


if __name__ == "__main__":
    sys.exit(main())
