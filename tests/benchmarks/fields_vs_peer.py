"""Fields of English receipts and invoices, side by side with the PyPI package amagi-receipts-to-csv. Asserts nothing.

    python -m tests.benchmarks.fields_vs_peer --export F --manifest M [--peer-json F] [--count N]

--export: an export (paddlescan/1) of the manifest's pictures; its lines are extracted anew. The peer reads the same
files, by its own command line, with one thread, days first; it has no switch for the country of a page, and no
address. It takes some 20 s a page; --peer-json keeps what it said, or uses it where the file is there already.
Prints right / given / expected per field that either has, and the strict micro F1 of SROIE's third task (merchant,
date, total, address: right only if the whole value is) with and without the address.
The peer's environment is made below build/ the first time.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.environments import interpreter
from tests.benchmarks.fields import Sample, from_export, judge, key

PEER = "amagi-receipts-to-csv==0.1.0"
ENGLISH = ("receipt_en", "invoice_en", "invoice_pdf")
NAMES = {"vendor": "merchant", "date": "date", "total": "total", "subtotal": "subtotal", "tax": "tax"}
TASK_3 = ("merchant", "date", "total", "address")


@dataclass
class Tally:
    """What one side gave."""

    right: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)

    def add(self, sample: Sample, name: str, value: str | None) -> None:
        """Count a value; where the page prints none, one that is given is wrong."""
        if value:
            self.given[name] += 1
            self.right[name] += key(name, value) in sample.truth[name]

    def f1(self, names: Iterable[str], expected: Counter[str]) -> float:
        """Micro F1 over fields."""
        names = tuple(names)
        right = sum(self.right[n] for n in names)
        whole = sum(self.given[n] + expected[n] for n in names)
        return 2 * right / whole if whole else 0.0


def files_of(manifest: Path, samples: list[Sample]) -> dict[str, Path]:
    """The picture or PDF of each sample."""
    items = json.loads(manifest.read_text("utf-8"))["items"]
    paths = {item["id"]: manifest.parent / item["path"] for item in items}
    return {sample.name: paths[sample.name].resolve() for sample in samples}


def run_peer(files: dict[str, Path]) -> list[dict[str, str]]:
    """What the peer says of each file; its `file` is the sample's name and an ending."""
    python = interpreter("peer-receipts", (PEER,))
    with tempfile.TemporaryDirectory() as folder:
        for name, path in files.items():
            (Path(folder) / f"{name}{path.suffix}").symlink_to(path)
        command = [
            str(python),
            "-m",
            "amagi_receipts_to_csv",
            folder,
            "-f",
            "json",
            "-o",
            "-",
            "--day-first",
            "--quiet",
        ]
        calm = os.environ | {"OMP_NUM_THREADS": "1", "ORT_DISABLE_TELEMETRY": "1"}
        said = subprocess.run(command, check=True, capture_output=True, env=calm).stdout
    return list(json.loads(said))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--export", type=Path, required=True, metavar="JSON")
    parser.add_argument("--manifest", type=Path, required=True, metavar="JSON")
    parser.add_argument("--peer-json", type=Path, metavar="JSON")
    parser.add_argument("--count", type=int, help="only the first pages")
    args = parser.parse_args()
    samples = [s for s in from_export(args.export, args.manifest) if s.group in ENGLISH][: args.count]
    if not samples:
        parser.error("no English pages with known truth there")
    if args.peer_json and args.peer_json.is_file():
        said = json.loads(args.peer_json.read_text("utf-8"))
    else:
        start = time.monotonic()
        said = run_peer(files_of(args.manifest, samples))
        print(f"the peer took {(time.monotonic() - start) / len(samples):.1f} s a page")
        if args.peer_json:
            args.peer_json.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    theirs = {Path(row["file"]).stem: {ours: row.get(name) for name, ours in NAMES.items()} for row in said}
    ours, peer, expected = Tally(), Tally(), Counter[str]()
    for sample in samples:
        for row in judge(sample, as_exported=False)[0]:
            expected[row.name] += bool(row.want)
            ours.add(sample, row.name, row.got)
            peer.add(sample, row.name, theirs.get(sample.name, {}).get(row.name))
    print(f"{len(samples)} pages; right / given / expected")
    for name, wanted in sorted(expected.items()):
        both = (
            f"{t.right[name]:4} / {t.given[name]:3} / {wanted:3}  {t.right[name] / wanted:.3f}" for t in (ours, peer)
        )
        print(f"{name:20}", *both, "" if name in NAMES.values() else "(the peer has no such field)")
    for names in (TASK_3, TASK_3[:3]):
        print(f"strict F1 of {', '.join(names)}: {ours.f1(names, expected):.3f}, peer {peer.f1(names, expected):.3f}")


if __name__ == "__main__":
    main()
