"""Damaged files, by the thousand, through a real engine process or a real light one, as the batch and the window ask.

    python -m tests.faults.fuzz_loading [--count 5000] [--seed 1] [--through engine|light] [--record FILE]
                                        [--keep FOLDER] [FOLDER ...]

Files are damaged as `damage.py` says, the same for the same seed. They are those of the given folders (sound and
unsound ones) and drawn ones of every kind, turn by turn. The engine process is asked what the file is and reads its
first pages; the light process makes them small. Each must end as a page or as an error that a person understands; a
process that is lost is counted, and so is an error of our own (`internal`); the files of both are kept where --keep
says. With --record, a run that was stopped goes on where it stood when it is started again. Ends with status 1 where
anything was lost or an error our own.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Literal

import numpy as np

from paddlescan.document import Limits, PageRef, ScanOptions, SourceFile
from paddlescan.errors import Failure, PaddleScanError
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.losses import blame
from paddlescan.pipeline.supervisor import ChildLimits, EngineLost
from tests.faults.damage import files
from tests.samples.containers import drawn_files, small_receipt
from tests.samples.originals import digital_ofd, digital_xml, picture_ofd, railway_ofd, vat_ofd, vat_xml

LIMITS = ChildLimits(request_s=30.0)
ENGINE_LIMITS = ChildLimits()
"""As the batch has them."""
PAGES = {"light": 2, "engine": 1}
"""Of a file that are tried; reading is the dear part."""
LARGEST = 400_000
"""Bytes of a file that is taken from a folder."""
Through = Literal["engine", "light"]


def all_drawn() -> dict[str, bytes]:
    """One small receipt in every kind of file, electronic invoices among them; by name."""
    originals = {
        "vat.ofd": vat_ofd(),
        "digital.ofd": digital_ofd(),
        "railway.ofd": railway_ofd(),
        "picture.ofd": picture_ofd(np.asarray(small_receipt())),
        "digital.xml": digital_xml(),
        "vat.xml": vat_xml(),
    }
    return drawn_files() | originals


@dataclass
class Report:
    """What became of the files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    """`page`, the code of an error, or `lost: ` and why."""
    slowest_s: float = 0.0
    slowest: str = ""
    peak_bytes: int = 0
    starts: int = 0

    @property
    def lost(self) -> int:
        return sum(count for outcome, count in self.outcomes.items() if outcome.startswith("lost"))

    def add(self, name: str, outcome: str, seconds: float) -> None:
        self.outcomes[outcome] += 1
        if seconds > self.slowest_s:
            self.slowest_s, self.slowest = seconds, name


class Record:
    """A line for each file that was tried, so that a long run can be stopped and gone on with."""

    def __init__(self, path: Path | None, seed: int) -> None:
        self._path, self._seed = path, seed
        self.done: set[int] = set()

    def recall(self, report: Report) -> None:
        """Put into the report what is known already."""
        if self._path is None or not self._path.exists():
            return
        for line in self._path.read_text("utf-8").splitlines():
            told = json.loads(line)
            if told["seed"] == self._seed and told["number"] not in self.done:
                self.done.add(told["number"])
                report.add(told["name"], told["outcome"], told["seconds"])

    def write(self, number: int, name: str, outcome: str, seconds: float) -> None:
        if self._path is not None:
            told = {"seed": self._seed, "number": number, "name": name, "outcome": outcome, "seconds": seconds}
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(told) + "\n")


def fuzz(
    sources: Mapping[str, bytes],
    count: int,
    seed: int,
    scratch: Path,
    keep: Path | None = None,
    through: Through = "light",
    record: Path | None = None,
) -> Report:
    """Try them one after another; a sound one now and then shows that the process still reads."""
    report, told = Report(), Record(record, seed)
    told.recall(report)
    process, look = _process(through, scratch)
    path = scratch / "damaged"
    try:
        for number, name, data in files(sources, range(count), seed):
            if number in told.done:
                continue
            path.write_bytes(data)
            begun = perf_counter()
            outcome = look(path)
            seconds = perf_counter() - begun
            report.add(name, outcome, seconds)
            told.write(number, name, outcome, round(seconds, 3))
            if keep and (outcome.startswith("lost") or outcome == "internal" or seconds > LIMITS.request_s / 3):
                (keep / name).write_bytes(data)
    finally:
        process.stop()
    report.peak_bytes, report.starts = process.peak_bytes, process.starts
    return report


def _process(through: Through, scratch: Path) -> tuple[EngineProcess | LightProcess, Callable[[Path], str]]:
    """A process of that kind, and how a file goes through it."""
    if through == "light":
        light = LightProcess(limits=LIMITS, scratch_root=scratch)
        return light, lambda path: load(light, path)
    engine = EngineProcess(limits=ENGINE_LIMITS, scratch_root=scratch)
    return engine, lambda path: read(engine, path)


def load(light: LightProcess, path: Path) -> str:
    """Inspect a file and make its first pages small: `page`, the code of an error, or `lost: ` and why."""
    source = SourceFile.at(path)
    try:
        count = light.inspect(source).page_count
        for number in range(1, min(count, PAGES["light"]) + 1):
            Path(light.thumbnail(PageRef(source, number), 100).file).unlink()
        return "page"
    except EngineLost as lost:
        return _lost(lost, path)
    except PaddleScanError as error:
        return _told(error.failure)


def read(engine: EngineProcess, path: Path) -> str:
    """Inspect a file and read its first pages, as the batch does: `page`, the code of an error, or `lost: ` and why."""
    source = SourceFile.at(path)
    try:
        found = engine.inspect(source, Limits())
        if isinstance(found, Failure):
            return _told(found)
        for number in range(1, min(found.page_count, PAGES["engine"]) + 1):
            error = engine.scan(PageRef(source, number), ScanOptions()).error
            if error is not None:
                return _told(error)
        return "page"
    except EngineLost as lost:
        return _lost(lost, path)


def _lost(lost: EngineLost, path: Path) -> str:
    assert blame(lost, path.name, LIMITS.request_s).message
    return f"lost: {lost.cause}"


def _told(failure: Failure) -> str:
    """The code of an error that has words for a person."""
    assert failure.message and failure.remedy
    return failure.code


def _to_damage(file: Path) -> bool:
    return file.is_file() and 0 < file.stat().st_size <= LARGEST


def main() -> int:
    """Run it; the status of the program."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--through", choices=("engine", "light"), default="engine")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("folders", nargs="*", type=Path)
    asked = parser.parse_args()
    found = [f for folder in asked.folders for f in sorted(folder.iterdir()) if _to_damage(f)]
    sources = {file.name: file.read_bytes() for file in found} | all_drawn()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    begun = perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        report = fuzz(sources, asked.count, asked.seed, Path(scratch), asked.keep, asked.through, asked.record)
    spent = perf_counter() - begun
    print(f"{report.outcomes.total()} damaged files from {len(sources)}, seed {asked.seed}, {spent:.0f} s")
    for outcome, count in report.outcomes.most_common():
        print(f"{count:6} {outcome}")
    print(f"slowest {report.slowest_s:.2f} s ({report.slowest}), peak {report.peak_bytes / 1e6:.0f} MB,")
    print(f"{report.starts} processes in this run; {report.lost} were lost")
    return 1 if report.lost or report.outcomes["internal"] else 0


if __name__ == "__main__":
    sys.exit(main())
