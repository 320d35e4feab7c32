"""Damaged files, by the thousand, through loading in a real light process under its supervisor.

    python -m tests.faults.fuzz_loading [--count 2000] [--seed 1] [--keep FOLDER] [FOLDER ...]

Files are damaged in six ways, the same for the same seed: bits turned, bytes replaced, the end cut off, parts left out
or told twice, parts of one file put into another, and numbers that look like lengths made extreme. They come from the
given folders (sound and unsound ones), else from drawn ones of every kind. Each must end as a page or as an error
that a person understands; a process that is lost is counted, and its file kept where --keep says.
"""

from __future__ import annotations

import argparse
import random
import struct
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from paddlescan.document import PageRef, SourceFile
from paddlescan.errors import PaddleScanError
from paddlescan.pipeline.clients import LightProcess
from paddlescan.pipeline.losses import blame
from paddlescan.pipeline.supervisor import ChildLimits, EngineLost
from tests.samples.containers import drawn_files

LIMITS = ChildLimits(request_s=30.0)
PAGES = 2
LARGEST = 400_000
"""Bytes of a file that is taken from a folder."""
EXTREMES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def damaged(sound: bytes, other: bytes, chosen: random.Random) -> bytes:
    """The file with one to four faults."""
    data = bytearray(sound)
    for _ in range(chosen.choice((1, 1, 2, 4))):
        if len(data) < 8:
            break
        chosen.choice((_flip, _replace, _cut, _repeat, _splice, _length))(data, other, chosen)
    return bytes(data)


def _place(data: bytearray, chosen: random.Random) -> int:
    """Anywhere, or (half the time) in the first 300 bytes, where the headers are."""
    return chosen.randrange(len(data) if chosen.random() < 0.5 else min(len(data), 300))


def _flip(data: bytearray, other: bytes, chosen: random.Random) -> None:
    for _ in range(chosen.choice((1, 3, 30))):
        data[_place(data, chosen)] ^= 1 << chosen.randrange(8)


def _replace(data: bytearray, other: bytes, chosen: random.Random) -> None:
    at = _place(data, chosen)
    data[at : at + chosen.choice((1, 4, 16, 200))] = chosen.randbytes(chosen.choice((1, 4, 16, 200)))


def _cut(data: bytearray, other: bytes, chosen: random.Random) -> None:
    del data[max(4, _place(data, chosen)) :]


def _repeat(data: bytearray, other: bytes, chosen: random.Random) -> None:
    start = _place(data, chosen)
    part = data[start : start + chosen.choice((4, 40, 400, 4000))]
    if chosen.random() < 0.5:
        del data[start : start + len(part)]
    else:
        data[start:start] = part * chosen.choice((1, 2, 20))


def _splice(data: bytearray, other: bytes, chosen: random.Random) -> None:
    if other:
        start = chosen.randrange(len(other))
        at = _place(data, chosen)
        data[at : at + chosen.choice((0, 50, 1000))] = other[start : start + chosen.choice((50, 1000, 10_000))]


def _length(data: bytearray, other: bytes, chosen: random.Random) -> None:
    form = chosen.choice(("<H", ">H", "<I", ">I"))
    width = struct.calcsize(form)
    at = max(0, min(_place(data, chosen), len(data) - width))
    old = int(struct.unpack_from(form, data, at)[0])
    new = chosen.choice((*EXTREMES, old + 1, old - 1, old * 2))
    struct.pack_into(form, data, at, new & ((1 << 8 * width) - 1))


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


def files(sources: dict[str, bytes], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Damaged files with names that tell how to make them again."""
    names = sorted(sources)
    for number in range(count):
        chosen = random.Random(seed * 1_000_003 + number)
        name = names[number % len(names)]
        yield f"{seed}-{number}-{name}", damaged(sources[name], sources[chosen.choice(names)], chosen)


def fuzz(sources: dict[str, bytes], count: int, seed: int, scratch: Path, keep: Path | None = None) -> Report:
    """Load them one after another; a sound file now and then shows that the process still reads."""
    light, report = LightProcess(limits=LIMITS, scratch_root=scratch), Report()
    path = scratch / "damaged"
    try:
        for name, data in files(sources, count, seed):
            path.write_bytes(data)
            begun = perf_counter()
            outcome = load(light, path)
            seconds = perf_counter() - begun
            report.outcomes[outcome] += 1
            if seconds > report.slowest_s:
                report.slowest_s, report.slowest = seconds, name
            if outcome.startswith("lost") and keep:
                (keep / name).write_bytes(data)
    finally:
        light.stop()
    report.peak_bytes, report.starts = light.peak_bytes, light.starts
    return report


def load(light: LightProcess, path: Path) -> str:
    """Inspect a file and make its first pages small: `page`, the code of an error, or `lost: ` and why."""
    source = SourceFile.at(path)
    try:
        count = light.inspect(source).page_count
        for number in range(1, min(count, PAGES) + 1):
            Path(light.thumbnail(PageRef(source, number), 100).file).unlink()
        return "page"
    except EngineLost as lost:
        assert blame(lost, path.name, LIMITS.request_s).message
        return f"lost: {lost.cause}"
    except PaddleScanError as error:
        assert error.code != "internal", "a bug of ours"
        assert error.message and error.remedy
        return error.code


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("folders", nargs="*", type=Path)
    asked = parser.parse_args()
    found = [f for folder in asked.folders for f in sorted(folder.iterdir()) if 0 < f.stat().st_size <= LARGEST]
    sources = {file.name: file.read_bytes() for file in found} or drawn_files()
    begun = perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        report = fuzz(sources, asked.count, asked.seed, Path(scratch), asked.keep)
    print(f"{asked.count} damaged files from {len(sources)}, seed {asked.seed}, {perf_counter() - begun:.0f} s")
    for outcome, count in report.outcomes.most_common():
        print(f"{count:6} {outcome}")
    print(f"slowest {report.slowest_s:.2f} s ({report.slowest}), peak {report.peak_bytes / 1e6:.0f} MB,")
    print(f"{report.starts} processes, of which {report.lost} were lost")


if __name__ == "__main__":
    main()
