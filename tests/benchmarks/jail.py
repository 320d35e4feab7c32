"""What the jail costs: a start and a page, with it and without, by turns on the same machine.

    python -m tests.benchmarks.jail [ROUNDS]

Processor time of the child itself (user and system), which a busy machine disturbs less than a clock on the wall.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

import psutil

from paddlescan.document import EngineOptions, PageRef, ScanOptions, SourceFile
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.jail import SWITCH
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.resources_dir import resource

PAGES = [SourceFile.at(path) for path in sorted(resource("samples").glob("*.jpg"))[:4]]
Sample = dict[str, float]


def used(pid: int | None) -> float:
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def measure(scratch: Path) -> Sample:
    light = LightProcess(scratch_root=scratch)
    light.ensure_started()
    found = {"light process, start": used(light.pid)}
    before = used(light.pid)
    for source in PAGES * 5:
        Path(light.thumbnail(PageRef(source), 400).file).unlink()
    found["small picture"] = (used(light.pid) - before) / (5 * len(PAGES))
    light.stop()
    engine = EngineProcess(EngineOptions(device="cpu"), scratch_root=scratch)
    engine.ensure_started()
    found["engine, start"] = used(engine.pid)
    engine.scan(PageRef(PAGES[0]), ScanOptions())
    before = used(engine.pid)
    for source in PAGES:
        engine.scan(PageRef(source), ScanOptions())
    found["page"] = (used(engine.pid) - before) / len(PAGES)
    found["memory, MB"] = psutil.Process(engine.pid).memory_info().rss / 1e6
    engine.stop()
    return found


def main(rounds: int) -> None:
    samples: dict[str, list[Sample]] = {"on": [], "off": []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for switch, kept in samples.items():
                os.environ[SWITCH] = switch
                kept.append(measure(Path(folder)))
    print(f"{'seconds of processor time':28}{'jailed':>10}{'free':>10}")
    for name in samples["on"][0]:
        on, off = (statistics.median(sample[name] for sample in samples[switch]) for switch in ("on", "off"))
        print(f"{name:28}{on:10.3f}{off:10.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
