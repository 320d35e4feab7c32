"""Ten thousand pages in one batch: `python -m tests.benchmarks.soak [--pages 10000] [--workers 2] [--command]`.

Draws small receipts (or takes those of --folder, over and over under other names where there are fewer), and has the
real program read them: the window (offscreen, with its threads and engine processes), or with --command the command
line. From outside it looks every few seconds at the memory of each process (PSS), the pages read, CPU seconds, and the
bytes of store, write-ahead log, thumbnails and scratch; the window itself notes how long its event loop was held, and
what a jump in the list of pages and a turn of the wheel take.

Each look is a line in OUT/soak.csv, written at once. Ended half-way, the same command goes on where it stood (the
program does so by itself). At the end: the table, and OUT/soak.svg. --docs puts the table into docs/reliability.md and
the plot beside it. Two cores and 10,000 drawn pages: about 25 minutes. Asserts nothing.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import astuple, fields
from pathlib import Path

from tests.benchmarks.documents import DOCS, put_between
from tests.benchmarks.pictures import real_pages
from tests.benchmarks.soak_figures import plot, table
from tests.benchmarks.soak_pages import draw_all
from tests.benchmarks.soak_samples import HEADER, Looker, Sample, pages_read

ROOT = Path(__file__).resolve().parent.parent.parent


def command(arguments: argparse.Namespace, folder: Path, home: Path, notes: Path) -> list[str]:
    """What starts the program."""
    if not arguments.command:
        words = [home, folder, arguments.pages, arguments.workers, notes]
        return [sys.executable, "-m", "tests.benchmarks.soak_window", *map(str, words)]
    # Exports are for later: they are written once, and a soak is about reading.
    words = ["scan", str(folder), "--resume", "--quiet", "--workers", str(arguments.workers)]
    return [sys.executable, "-m", "paddlescan", *words]


def run(arguments: argparse.Namespace, folder: Path, out: Path) -> list[Sample]:
    """Have the program read all of it, and look at it meanwhile."""
    home, notes, log = out / "home", out / "window.jsonl", out / "soak.csv"
    before = read_samples(log)
    environment = os.environ | {"PADDLESCAN_HOME": str(home), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    samples = list(before)
    start = before[-1] if before else None
    with (out / "program.log").open("ab") as said, log.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if not before:
            writer.writerow(HEADER)
        program = subprocess.Popen(
            command(arguments, folder, home, notes), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=said
        )
        try:
            looker, shown = Looker(program.pid, home, notes), 0.0
            while program.poll() is None:
                sample = later(looker.look(), start)
                if sample.program_mb > 0:
                    samples.append(sample)
                    writer.writerow(astuple(sample))
                    file.flush()
                if time.monotonic() - shown > 60:
                    shown = time.monotonic()
                    print(f"{sample.seconds / 60:.1f} min: {sample.pages:,} pages", file=sys.stderr, flush=True)
                try:
                    program.wait(arguments.every)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            if program.poll() is None:
                program.terminate()
                program.wait(30)
    if program.returncode not in (0, 1):
        print(f"the program ended with {program.returncode}: see {out / 'program.log'}", file=sys.stderr)
    return samples


def later(sample: Sample, start: Sample | None) -> Sample:
    """A sample of a run that goes on, with the time and the work before it."""
    if start is None:
        return sample
    values = {each.name: getattr(sample, each.name) for each in fields(Sample)}
    added = {name: round(values[name] + getattr(start, name), 1) for name in ("seconds", "cpu_s")}
    return Sample(**(values | added | {"starts": sample.starts + start.starts}))


def read_samples(file: Path) -> list[Sample]:
    """Those of an earlier run; a last line that is cut off is left out."""
    if not file.exists():
        return []
    with file.open(newline="", encoding="utf-8") as lines:
        rows = [row for row in csv.reader(lines) if len(row) == len(HEADER)][1:]
    kinds = [int if each.type == "int" else float for each in fields(Sample)]
    names = [each.name for each in fields(Sample)]
    return [
        Sample(**{name: kind(value) for name, kind, value in zip(names, kinds, row, strict=True)})  # type: ignore[arg-type]
        for row in rows
    ]


def write_docs(name: str, said: str, drawing: str) -> None:
    """Put the table between its marks, and the plot beside the document."""
    (DOCS / f"soak_{name}.svg").write_text(drawing, encoding="utf-8")
    shown = f"![Memory and pages a minute over the pages read](soak_{name}.svg)"
    put_between(DOCS / "reliability.md", f"soak {name}", f"{said}\n\n{shown}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="real receipts in place of drawn ones")
    parser.add_argument("--command", action="store_true", help="the command line in place of the window")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks")
    parser.add_argument("--out", type=Path, help="where everything goes; default: a folder of its own in /tmp")
    parser.add_argument("--fresh", action="store_true", help="begin anew although OUT has a run that was not finished")
    parser.add_argument("--docs", action="store_true", help="write table and plot into docs/")
    arguments = parser.parse_args()
    kind = "real" if arguments.folder else "drawn"
    name = f"{'command' if arguments.command else 'window'}_{kind}"
    out = arguments.out or Path(tempfile.gettempdir()) / f"paddlescan-soak-{name}-{arguments.pages}"
    if arguments.fresh:
        shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    print(f"everything is in {out}", file=sys.stderr)
    files = out / "files"
    folder = (
        real_pages(arguments.folder, files, arguments.pages) if arguments.folder else draw_all(files, arguments.pages)
    )
    samples = run(arguments, folder, out)
    done = pages_read(out / "home" / "data" / "receipts.sqlite")
    if done < arguments.pages:
        print(f"{done:,} of {arguments.pages:,} pages are read; the same command goes on", file=sys.stderr)
    if len(samples) < 3:
        print("too short to say anything: more --pages, or a smaller --every", file=sys.stderr)
        return 1
    how = "the command line" if arguments.command else "the window"
    title = f"{how}, {done:,} {kind} pages, {arguments.workers} workers"
    said, drawing = table(samples, done), plot(samples, title)
    (out / "soak.svg").write_text(drawing, encoding="utf-8")
    print(f"{title}, load {os.getloadavg()[0]:.1f}\n\n{said}")
    if arguments.docs:
        write_docs(name, said, drawing)
    return 0 if done >= arguments.pages else 1


if __name__ == "__main__":
    sys.exit(main())
