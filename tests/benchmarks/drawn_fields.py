"""How many fields of drawn pages come out right, by kind: `python -m tests.benchmarks.drawn_fields [KIND ...]`.

    --pages N --seed S    N pages a kind, seeds S, S + 1, ... (tune on some, measure on others)
    --keep FOLDER         keep pictures, manifest.json and read.json (paddlescan/1, with all lines) there
    --again FOLDER        extract anew from the lines kept there; nothing is drawn or read
    --misses              each value that is wrong

Pages are drawn from seeds (tests/samples/drawn_kinds.py) and read by the real engine with one worker. Prints right /
expected per kind and field, the share of pages whose kind is right, and milliseconds. Asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import cv2

from paddlescan.document import TextLine
from paddlescan.extraction.extract import extract_receipt
from tests.benchmarks.fields import key, text_lines
from tests.samples.drawn_kinds import KINDS


@dataclass(frozen=True)
class Read:
    """One drawn page as it was read, and its truth."""

    name: str
    kind: str
    layout: str
    truth: dict[str, str | None]
    lines: tuple[TextLine, ...]
    width: int
    height: int


@dataclass(frozen=True)
class Value:
    """One field of one page."""

    page: Read
    name: str
    got: str | None
    doubtful: bool

    @property
    def want(self) -> str | None:
        return self.page.kind if self.name == "kind" else self.page.truth[self.name]

    @property
    def right(self) -> bool:
        if self.got is None or self.want is None:
            return self.got == self.want
        return key(self.name, self.got) == key(self.name, self.want)


def draw(kinds: list[str], seeds: range, folder: Path) -> None:
    """Draw the pages and their manifest, in the form that real ones have."""
    items = []
    for kind in kinds:
        for seed in seeds:
            page = KINDS[kind](seed)
            path = folder / f"{kind}_{seed:05}.jpg"
            cv2.imwrite(str(path), page.pixels, [cv2.IMWRITE_JPEG_QUALITY, 95])
            fields = page.truth | {"doc_type": page.kind}
            item = {"id": path.stem, "path": path.name, "category": f"{kind}_zh", "layout": page.layout}
            items.append(item | {"gt": {"fields": fields}})
    manifest = {"schema_version": 1, "set": "drawn", "items": items}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")


def read(folder: Path) -> None:
    """Read the pictures of a folder into its read.json, as a person would on the command line."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        pictures = sorted(str(path) for path in folder.glob("*.jpg"))
        command = [sys.executable, "-m", "paddlescan", "scan", *pictures, "--json", str(folder / "read.json")]
        options = ["--workers", "1", "--overwrite", "--quiet"]
        done = subprocess.run([*command, *options], env=os.environ | {"PADDLESCAN_HOME": home}, check=False)
    if not (folder / "read.json").exists():
        sys.exit(f"paddlescan scan ended with {done.returncode}")
    spent = time.monotonic() - start
    print(
        f"read {len(pictures)} pages in {spent:.0f} s, {1000 * spent / len(pictures):.0f} ms a page, loading included"
    )


def kept(folder: Path) -> list[Read]:
    """The pages of a folder that was drawn and read."""
    exported = json.loads((folder / "read.json").read_text("utf-8"))["pages"]
    pages = {Path(page["source"]).name: page for page in exported}
    found = []
    for item in json.loads((folder / "manifest.json").read_text("utf-8"))["items"]:
        page, fields = pages[item["path"]], dict(item["gt"]["fields"])
        kind = fields.pop("doc_type")
        lines = text_lines(page["lines"])
        size = page["width"] or 1, page["height"] or 1
        found.append(Read(item["id"], kind, item["layout"], fields, lines, *size))
    return found


def judge(page: Read) -> tuple[list[Value], float]:
    """Every field of the truth beside what was found, and the processor's milliseconds."""
    start = time.process_time()
    receipt = extract_receipt(page.lines, page.width, page.height)
    spent = 1000 * (time.process_time() - start)
    fields = {f.name: f for f in receipt.fields if f.value}
    values = [Value(page, "kind", receipt.kind, doubtful=False)]
    for name in page.truth:
        field = fields.get(name)
        values.append(Value(page, name, field.value if field else None, field.doubtful if field else False))
    return values, spent


def report(values: list[Value], spent: list[float], misses: bool) -> None:
    """Print the table."""
    table: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for value in values:
        table[value.page.kind][value.name].append(value)
    sums: Counter[str] = Counter()
    for kind, columns in table.items():
        cells, right, expected = [], 0, 0
        for name, cell in columns.items():
            wanted = [v for v in cell if v.want is not None]
            invented = sum(v.got is not None for v in cell if v.want is None)
            hits = sum(v.right for v in wanted)
            cells.append(f"{name} {hits}/{len(wanted)}" + (f" (+{invented} invented)" if invented else ""))
            if name != "kind":
                right, expected = right + hits, expected + len(wanted)
        sums.update(right=right, expected=expected)
        print(f"{kind:18}{right / expected:.3f}  " + "  ".join(cells))
    if sums["expected"]:
        print(f"{'all kinds':18}{sums['right'] / sums['expected']:.3f}  of {sums['expected']} fields")
    given = [v for v in values if v.got is not None and v.name != "kind"]
    wrong, good = [v for v in given if not v.right], [v for v in given if v.right]
    print(
        f"doubtful: {sum(v.doubtful for v in wrong)} of {len(wrong)} wrong, "
        f"{sum(v.doubtful for v in good)} of {len(good)} right"
    )
    print(f"extraction: median {statistics.median(spent):.1f} ms a page, most {max(spent):.1f} ms")
    if misses:
        for v in values:
            if not v.right:
                print(
                    f"{v.page.name} ({v.page.layout}) {v.name}: want {v.want!r} got {v.got!r}"
                    + " doubtful" * v.doubtful
                )


def main() -> None:
    """Draw, read and judge, or judge what was kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; all without")
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--again", type=Path, metavar="FOLDER")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    if unknown := set(args.kinds) - set(KINDS):
        parser.error(f"cannot draw {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.again or args.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if not args.again:
            draw(args.kinds or list(KINDS), range(args.seed, args.seed + args.pages), folder)
            read(folder)
        pages = [page for page in kept(folder) if not args.kinds or page.kind in args.kinds]
    extract_receipt(pages[0].lines, pages[0].width, pages[0].height)  # the patterns are read once
    judged = [judge(page) for page in pages]
    report([v for values, _ in judged for v in values], [ms for _, ms in judged], args.misses)


if __name__ == "__main__":
    main()
