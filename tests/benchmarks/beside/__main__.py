"""PaddleScan beside other programs that read text: the same files, one run, in turn, on both cores.

    python -m tests.benchmarks.beside [--pages 12] [--rounds 3] [--sides rapidocr tesseract ...] [--docs]

The English receipts whose words are known, of the manifest in the folder PADDLESCAN_RECEIPTS (else the drawn samples).
A round has every program read the same pages with one worker of one thread, and with both cores: PaddleScan with two
workers of one thread, each other with what is better for it, two workers of one thread or one of two, as the first
round shows. Who begins moves from round to round; each process reads six other pages before it is timed. All receipts
are then read on end by one worker of every program: word F1 is of that, and what the worker holds at most.

Asserts nothing. OUT (build/bench/beside) gets runs.json, and what each program read as KEY.json in the form of an
export, for other judges. --docs puts tables and chart into docs/performance.md. Environments of the others are made
below build/ the first time. With nothing else running: three quarters of an hour.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.benchmarks.beside.chart import Bar, chart
from tests.benchmarks.beside.figures import (
    Record,
    counted,
    field_sentence,
    goal_table,
    goals,
    rounds_said,
    table,
    values,
)
from tests.benchmarks.beside.machine import describe, has_vnni
from tests.benchmarks.beside.receipts import KnownReceipt, known_receipts, manifest_file
from tests.benchmarks.beside.running import Crew, Run, run
from tests.benchmarks.beside.sides import OURS, Side, ours, peers
from tests.benchmarks.beside.workers import Reading
from tests.benchmarks.documents import DOCS, PERFORMANCE, command_line, put_between
from tests.benchmarks.environments import BUILD

ONE, TWO_BY_ONE, ONE_BY_TWO = Crew(1, 1), Crew(2, 1), Crew(1, 2)
MARK, PLOT = "beside others", "beside_others.svg"

WARM = 6
"""Pages that each process reads before it is timed, as it does in a batch, where it reads 200."""


def measure(side: Side, record: Record, paths: Sequence[Path], warm: Sequence[Path]) -> list[Run]:
    """One round of one program. All runs of it."""
    made = [run(side.make, ONE, paths, warm)]
    tried = [TWO_BY_ONE] if side.key == OURS else [TWO_BY_ONE, ONE_BY_TWO]
    crews = [record.best_crew] if record.two else tried
    both = [run(side.make, crew, paths, warm) for crew in crews]
    record.one.append(made[0])
    record.two.append(max(both, key=lambda one: one.pages_a_minute))
    for one in (*made, *both):
        tell(side, one)
    return made + both


def tell(side: Side, one: Run) -> None:
    """A line while it goes on."""
    print(
        f"{side.name:28} {one.crew}: {one.pages_a_minute:6.1f} pages/min, CPU {one.cpu_a_page:5.2f} s/page,"
        f" {one.peak_bytes / 1e9:5.2f} GB, others {one.others:.2f} cores",
        flush=True,
    )


def some(receipts: Sequence[KnownReceipt], count: int) -> list[KnownReceipt]:
    """So many of them, evenly from the whole row."""
    count = min(count, len(receipts))
    return [receipts[n * len(receipts) // count] for n in range(count)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = {side.key: side for side in peers()}
    parser.add_argument("--pages", type=int, default=12, help="that are timed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sides", nargs="*", choices=tuple(known), default=tuple(known), metavar="PROGRAM")
    parser.add_argument("--words", type=int, help="whose words are counted (default: all)")
    parser.add_argument("--out", type=Path, default=BUILD / "bench" / "beside")
    parser.add_argument("--docs", action="store_true", help="write tables and chart into docs/performance.md")
    given = parser.parse_args()
    receipts = known_receipts(manifest_file())
    if not receipts:
        parser.error(f"no English receipts with known words in {manifest_file()}")
    read_at_all = some(receipts, given.words or len(receipts))
    timed = some(read_at_all, given.pages)
    rest = [one for one in read_at_all if one not in timed]
    sides = [ours(), *(known[key] for key in given.sides)]
    records = {side.key: Record(side) for side in sides}
    warm = [one.path for one in some(rest or timed, WARM)]
    every = rounds(sides, records, [one.path for one in timed], warm, given.rounds)
    print("\nall of them, by one worker", flush=True)
    read = {side.key: judged(side, records[side.key], read_at_all) for side in sides}
    found = [records[side.key] for side in sides]
    said, drawing = report(found, every, len(timed), len(read_at_all), command_line("tests.benchmarks.beside"))
    print(f"\n{said}")
    longest = [(one.side.key, one.long) for one in found if one.long]
    keep(given.out, [*every, *longest], read, drawing)
    if given.docs:
        (DOCS / PLOT).write_text(drawing, encoding="utf-8")
        put_between(PERFORMANCE, MARK, f"{said}\n\n![Pages a minute of each program]({PLOT})")
    return 0


def judged(side: Side, record: Record, receipts: Sequence[KnownReceipt]) -> dict[Path, Reading]:
    """Have one worker read all of them, and count the words. What was read of each page."""
    record.long = once = run(side.make, ONE, [one.path for one in receipts], ())
    tell(side, once)
    for known in receipts:
        record.judge(known, once.readings[known.path])
    return once.readings


def rounds(
    sides: Sequence[Side], records: dict[str, Record], paths: Sequence[Path], warm: Sequence[Path], count: int
) -> list[tuple[str, Run]]:
    """All rounds; who begins moves on by one each time."""
    every: list[tuple[str, Run]] = []
    for number in range(count):
        first = number % len(sides)
        print(f"\nround {number + 1} of {count}", flush=True)
        for side in (*sides[first:], *sides[:first]):
            every += [(side.key, one) for one in measure(side, records[side.key], paths, warm)]
    return every


def report(
    records: Sequence[Record], every: Sequence[tuple[str, Run]], timed: int, pages: int, command: str
) -> tuple[str, str]:
    """What the document says, and the chart. timed: how many receipts were; pages: how many were read at all."""
    ours_ = records[0]
    busy, count = [one.others for _, one in every], len(ours_.one)
    versions = {name: number for _, one in every for name, number in one.versions.items()}
    notes = "\n".join(f"* {record.side.name}: {record.side.note}." for record in records if record.side.note)
    said = "\n\n".join(
        (
            f"`{command}`, {date.today().isoformat()}: {describe()}. {counted(timed, 'receipt')} timed,"
            f" {counted(count, 'round')}; word F1, and the most memory that a worker held, of {pages}, read by one."
            f" Everything else on the machine kept {statistics.median(busy):.2f} cores busy meanwhile (at most"
            f" {max(busy):.2f}); the processor's seconds do not depend on that, the clock's do. {rounds_said(count)}",
            table(records),
            field_sentence(ours_),
            goal_table(goals(records, has_vnni())),
            f"How each was used (one thread a worker, or as said under “how”: workers x threads):\n\n{notes}",
            f"Versions: {', '.join(f'{name} {number}' for name, number in sorted(versions.items()))}.",
        )
    )
    bars = [
        Bar(
            record.side.name,
            record.side.colour,
            values(record.one, lambda r: r.pages_a_minute),
            values(record.two, lambda r: r.pages_a_minute),
            f"word F1 {record.words.f1:.3f}",
        )
        for record in records
    ]
    return said, chart(bars, f"{timed} English receipts, {os.cpu_count()} cores")


def keep(out: Path, every: Sequence[tuple[str, Run]], read: dict[str, dict[Path, Reading]], drawing: str) -> None:
    """Keep figures, chart and what was read."""
    out.mkdir(parents=True, exist_ok=True)
    lines = [
        {
            "program": key,
            "crew": str(one.crew),
            "pages": one.pages,
            "wall_s": round(one.wall_s, 3),
            "cpu_s": round(one.cpu_s, 3),
            "peak_bytes": one.peak_bytes,
            "others": round(one.others, 3),
        }
        for key, one in every
    ]
    (out / "runs.json").write_text(json.dumps(lines, indent=1), encoding="utf-8")
    (out / PLOT).write_text(drawing, encoding="utf-8")
    for key, readings in read.items():
        pages = [page for path, reading in readings.items() for page in exported(path, reading)]
        (out / f"{key}.json").write_text(json.dumps({"pages": pages}, ensure_ascii=False), encoding="utf-8")


def exported(path: Path, reading: Reading) -> list[dict[str, object]]:
    """What was read of a page, as an export says it."""
    if reading.page is None:
        return [{"source": str(path), "page": 1, "lines": [{"text": text} for text in reading.texts], "fields": {}}]
    return [
        {
            "source": str(path),
            "page": 1,
            "kind": receipt.kind,
            "lines": [{"text": line.text} for line in receipt.lines],
            "fields": {one.name: {"value": one.value, "doubtful": one.doubtful} for one in receipt.fields},
        }
        for receipt in reading.page.receipts
    ]


if __name__ == "__main__":
    sys.exit(main())
