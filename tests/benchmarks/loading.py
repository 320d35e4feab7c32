"""What inspecting and loading costs in a real light process: seconds and peak memory, of every bomb or of given files.

    python -m tests.benchmarks.loading [FOLDER or FILE ...]

Each file is inspected and its first three pages are made small, as for the window's list. The process is ended after
half a minute or beyond its usual memory, as everywhere in PaddleScan. The memory is that of the whole process, of
which an idle one has the first line's; Linux only.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from paddlescan.document import PageRef, SourceFile
from paddlescan.errors import PaddleScanError
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.losses import blame
from paddlescan.pipeline.supervisor import ChildLimits, EngineLost
from tests.faults.bombs import BOMBS, DEAR

LIMITS = ChildLimits(request_s=30.0)
PAGES = 3


@dataclass(frozen=True)
class Cost:
    """What came of a file, and what it took."""

    outcome: str
    seconds: float
    peak_bytes: int
    size: str = ""


def cost_of(light: LightProcess, path: Path) -> Cost:
    """Inspect a file and load its first pages; the outcome is `format, pages` or the code of the error."""
    light.ensure_started()
    pid = light.pid
    Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak begins anew
    source, size = SourceFile.at(path), ""
    begun = perf_counter()
    try:
        info = light.inspect(source)
        outcome = f"{info.format}, {info.page_count} p."
        for number in range(1, min(info.page_count, PAGES) + 1):
            picture = light.thumbnail(PageRef(source, number), 200)
            Path(picture.file).unlink()
            size = f"{picture.width} x {picture.height}"
    except EngineLost as lost:
        outcome = f"{blame(lost, path.name, LIMITS.request_s).code} ({lost.cause})"
    except PaddleScanError as error:
        outcome = error.code
    seconds = perf_counter() - begun
    return Cost(outcome, seconds, max(_peak(pid), 0 if light.pid == pid else light.peak_bytes), size)


def _peak(pid: int | None) -> int:
    """The most memory that a process took, in bytes; 0 if it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("VmHWM")), 0)


def files(paths: list[Path], folder: Path) -> Iterator[tuple[str, Path]]:
    """The bombs (made in `folder`, one at a time), or what lies in the paths."""
    for name, make in ({} if paths else BOMBS | DEAR).items():
        made = folder / name
        made.write_bytes(make())
        yield name, made
        made.unlink()
    for path in paths:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            yield file.name, file


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="*", type=Path)
    asked = parser.parse_args()
    print(f"{'file':42} {'outcome':32} {'seconds':>8} {'MB':>6} {'bytes':>11}")
    with tempfile.TemporaryDirectory() as folder:
        light = LightProcess(limits=LIMITS, scratch_root=Path(folder))
        idle = cost_of(light, Path("/nowhere"))
        print(f"{'(idle)':42} {'':32} {idle.seconds:8.2f} {idle.peak_bytes / 1e6:6.0f}")
        for name, path in files(asked.paths, Path(folder)):
            light.peak_bytes = 0
            cost = cost_of(light, path)
            size = path.stat().st_size
            print(
                f"{name[:42]:42} {cost.outcome:32} {cost.seconds:8.2f} {cost.peak_bytes / 1e6:6.0f} {size:11}",
                flush=True,
            )
        print(f"{light.starts} processes")
        light.stop()


if __name__ == "__main__":
    main()
