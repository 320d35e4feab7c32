"""What inspecting and loading costs: seconds and peak memory of every bomb and of every file of a folder.

    python -m tests.benchmarks.loading [FOLDER or FILE ...]

Each file is looked at in a process of its own, up to its third page, and stopped after a minute. The memory is that
of the whole process, of which an idle one has the first line's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 60


def look(path: Path) -> dict[str, object]:
    """Inspect and load; what came of it."""
    import resource

    from paddlescan.document import Limits, SourceFile
    from paddlescan.errors import PaddleScanError
    from paddlescan.imaging.loading import inspect_source, load_page, open_source

    begun = perf_counter()
    outcome, pixels = "idle", 0
    if path.is_file():
        try:
            with open_source(SourceFile.at(path)) as file:
                info = inspect_source(file, path.name, Limits())
                for number in range(1, min(info.page_count, 3) + 1):
                    pixels = max(pixels, load_page(file, path.name, number, Limits()).pixels.size // 3)
            outcome = f"{info.format}, {info.page_count} p."
        except PaddleScanError as error:
            outcome = error.code
    seconds = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"outcome": outcome, "seconds": seconds, "peak": peak, "pixels": pixels}


def measure(path: Path) -> dict[str, object]:
    """`look` in a process of its own; outcome `killed` or `crashed` where it gave no answer."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.benchmarks.loading", "--one", str(path)]
    begun = perf_counter()
    try:
        done = subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, timeout=MOST_SECONDS, check=False
        )
        if done.returncode == 0:
            return dict(json.loads(done.stdout))
        outcome = f"crashed ({done.returncode})"
    except subprocess.TimeoutExpired:
        outcome = "killed"
    return {"outcome": outcome, "seconds": perf_counter() - begun, "peak": 0, "pixels": 0}


def files(paths: list[Path], folder: Path) -> Iterator[tuple[str, Path]]:
    """An idle process, the bombs (made in `folder`), and what lies in the paths."""
    from tests.faults.bombs import all_bombs

    yield "(idle)", Path("/nowhere")
    if not paths:
        for name, data in all_bombs():
            made = folder / name
            made.write_bytes(data)
            yield name, made
            made.unlink()
    for path in paths:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            yield file.name, file


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--one", type=Path)
    parser.add_argument("paths", nargs="*", type=Path)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(look(asked.one)))
        return
    print(f"{'file':44} {'outcome':22} {'seconds':>8} {'MB':>6} {'megapixels':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for name, path in files(asked.paths, Path(folder)):
            found = measure(path)
            seconds, peak, pixels = (float(str(found[key])) for key in ("seconds", "peak", "pixels"))
            print(
                f"{name[:44]:44} {found['outcome']!s:22} {seconds:8.2f} {peak / 1e6:6.0f} {pixels / 1e6:10.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
