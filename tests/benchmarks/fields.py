"""How many fields come out right, how long it takes, and whether doubt means something. Asserts nothing.

    python -m tests.benchmarks.fields --lines FOLDER            452 receipts as text lines (lines.jsonl), read anew
    python -m tests.benchmarks.fields --export F --manifest M   an export (paddlescan/1) against a manifest.json; its
                                                                 lines are extracted anew unless --as-exported is given

Prints right / expected per field, milliseconds a page, how many wrong values are marked doubtful and how many
right ones, and a calibration table; with --items, how far line items can be trusted. With --misses each wrong value
is printed (receipt content: for your own eyes).
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import re
import statistics
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from paddlescan.document import Item, TextLine, quad_from
from paddlescan.extraction.dates import find_dates
from paddlescan.extraction.extract import extract_receipt
from tests.benchmarks.calibration import Outcome, print_doubt, print_trade

AMOUNTS = {"total", "subtotal", "tax"}
NUMBERS = {"invoice_number", "invoice_code", "currency", "train_number", "check_code"}
RENAMED = {
    "from": "origin_station",
    "to": "destination_station",
    "train": "train_number",
    "pretax": "subtotal",
    "ticket_number": "invoice_number",
}


@dataclass(frozen=True)
class Sample:
    """A page's lines with the values that are right for each field; an empty set means that none is printed."""

    name: str
    group: str
    lines: tuple[TextLine, ...]
    width: int
    height: int
    truth: dict[str, frozenset[object]]
    exported: dict[str, Any] | None = None


@dataclass(frozen=True)
class Row:
    """One field of one page: what was wanted and what came."""

    sample: str
    group: str
    name: str
    want: frozenset[object]
    got: str | None
    confidence: float
    doubtful: bool

    @property
    def right(self) -> bool:
        return key(self.name, self.got) in self.want if self.got else not self.want


def key(name: str, value: object) -> object:
    """The form in which two values of a field are the same."""
    text = unicodedata.normalize("NFKC", str(value)).casefold().strip()
    if name in AMOUNTS:
        try:
            return Decimal(re.sub(r"[^\d.\-]", "", text))
        except InvalidOperation:
            return text
    if name == "date":
        return text[:10]
    if name in NUMBERS:
        return re.sub(r"\s", "", text).lstrip("#:")
    letters = "".join(c for c in text if c.isalnum())
    return letters.removesuffix("站") if name.endswith("_station") else letters


def text_lines(data: list[dict[str, Any]]) -> tuple[TextLine, ...]:
    """Lines of JSON, quads as four pairs or as eight numbers."""
    made = []
    for line in data:
        flat = line["quad"]
        corners = flat if isinstance(flat[0], list) else [flat[i : i + 2] for i in (0, 2, 4, 6)]
        made.append(TextLine(line["text"], min(max(float(line["confidence"]), 0.0), 1.0), quad_from(corners)))
    return tuple(made)


def from_lines(folder: Path, typed: bool = False) -> Iterator[Sample]:
    """The samples of lines.jsonl as recognised, or as people typed them; its typed dates are day first."""
    today = datetime.date.today()
    for text in (folder / "lines.jsonl").read_text(encoding="utf-8").splitlines():
        data = json.loads(text)
        said, truth = data["truth"], {}
        for name, field in (("merchant", "company"), ("total", "total"), ("address", "address")):
            if said.get(field):
                truth[name] = frozenset({key(name, said[field])})
        dates = find_dates(said.get("date") or "", "dmy", today)
        if dates:
            truth["date"] = frozenset({dates[0].value.isoformat()})
        lines = text_lines([{"confidence": 1.0} | line for line in data["lines"]] if typed else data["recognised"])
        yield Sample(data["id"], str(said.get("company")), lines, data["width"], data["height"], truth)


def from_export(export: Path, manifest: Path) -> Iterator[Sample]:
    """The single-receipt items of a manifest that an export has pages of."""
    pages = {unicodedata.normalize("NFC", p["source"]): p for p in json.loads(export.read_text("utf-8"))["pages"]}
    for item in json.loads(manifest.read_text("utf-8"))["items"]:
        fields = item.get("gt", {}).get("fields")
        page = next((p for s, p in pages.items() if item["path"].endswith(s) or s.endswith(item["path"])), None)
        if page is None or not fields or "documents" in fields or item["category"] in ("variant", "nasty"):
            continue
        truth = {}
        for raw, value in fields.items():
            name = RENAMED.get(raw, raw)
            if raw not in item.get("uncertain", ()) and raw not in ("doc_type", "base"):
                also = item.get("alternatives", {}).get(raw, [])
                truth[name] = frozenset(key(name, v) for v in ([value, *also] if value is not None else []))
        lines = text_lines(page["lines"])
        yield Sample(
            item["id"], item["category"], lines, page["width"] or 1, page["height"] or 1, truth, page["fields"]
        )


def judge(sample: Sample, as_exported: bool) -> tuple[list[Row], float]:
    """The rows of a sample, and the processor seconds that extraction took."""
    start = time.process_time()
    receipt = extract_receipt(sample.lines, sample.width, sample.height)
    seconds = time.process_time() - start
    found: dict[str, tuple[str, float, bool]] = {f.name: (f.value, f.confidence, f.doubtful) for f in receipt.fields}
    if as_exported and sample.exported is not None:
        found = {n: (f["value"], f["confidence"], f["doubtful"]) for n, f in sample.exported.items()}
    rows = []
    for name, want in sample.truth.items():
        value, confidence, doubtful = found.get(name, (None, 0.0, False))
        rows.append(Row(sample.name, sample.group, name, want, value, confidence, doubtful))
    return rows, seconds


def report(rows: list[Row], seconds: list[float], misses: bool, by_group: bool) -> None:
    """Print it all."""
    table: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        table[row.group if by_group else "", row.name].append(row)
    for (group, name), mine in sorted(table.items()):
        expected = [r for r in mine if r.want]
        invented = sum(r.got is not None for r in mine if not r.want)
        hits = sum(r.right for r in expected)
        share = f"{hits / len(expected):.3f}" if expected else "  -  "
        print(
            f"{group:24}{name:20}{hits:4} / {len(expected):4}  {share}" + (f"  {invented} invented" if invented else "")
        )
    given = [Outcome(r.name, r.right, r.confidence, r.doubtful) for r in rows if r.got]
    print_doubt(given)
    print_trade(given)
    times = sorted(1000 * s for s in seconds)
    middle, late = statistics.median(times), times[int(len(times) * 0.95)]
    print(f"{len(times)} pages: median {middle:.1f} ms, 95 % under {late:.1f} ms, most {times[-1]:.1f} ms")
    if misses:
        for row in rows:
            if not row.right:
                print(
                    f"{row.sample} {row.name}: want {sorted(map(str, row.want))} got {row.got!r} {row.confidence:.2f}"
                    + (" doubtful" if row.doubtful else "")
                )


def report_items(samples: list[Sample]) -> None:
    """How many pages give line items, how many of those make a sum of the page, and how much each item says.

    Nobody wrote the items of these pages down: what can be proven is that they add up, to the total that is right or,
    where the page adds tax below its items, to the net or subtotal that was extracted.
    """
    pages = with_items = add_up = 0
    items: list[Item] = []
    for sample in samples:
        total = next((v for v in sample.truth.get("total", ()) if isinstance(v, Decimal)), None)
        if total is None:
            continue
        receipt = extract_receipt(sample.lines, sample.width, sample.height)
        pages += 1
        with_items += bool(receipt.items)
        items += receipt.items
        tax, net = (Decimal(receipt.value(name) or 0) for name in ("tax", "subtotal"))
        made = sum((Decimal(item.amount or 0) for item in receipt.items), Decimal(0))
        add_up += bool(receipt.items) and any(abs(made - w) <= Decimal("0.05") for w in (total, net, total - tax) if w)
    print(f"items: {with_items} of {pages} pages have them, those of {add_up} make the total, the net or the subtotal")
    said = [sum(getattr(item, part) not in (None, "") for item in items) for part in ("description", "quantity")]
    print(f"items: {len(items)}, {said[0]} with words, {said[1]} with a quantity")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, metavar="FOLDER")
    parser.add_argument("--export", type=Path, metavar="JSON")
    parser.add_argument("--manifest", type=Path, metavar="JSON")
    parser.add_argument("--as-exported", action="store_true", help="judge the export's own fields")
    parser.add_argument("--part", choices=("all", "train", "held-out"), default="all", help="of the lines, see split()")
    parser.add_argument("--typed", action="store_true", help="the lines as people typed them, without misreadings")
    parser.add_argument("--items", action="store_true", help="line items too")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--drop", type=float, default=0.0, metavar="SHARE", help="lines that get lost, by lot")
    args = parser.parse_args()
    if args.lines:
        samples = [s for s in from_lines(args.lines, args.typed) if args.part in ("all", split(s.group))]
    elif args.export and args.manifest:
        samples = list(from_export(args.export, args.manifest))
    else:
        parser.error("give --lines, or --export and --manifest")
    lot = random.Random(1)
    samples = [replace(s, lines=tuple(m for m in s.lines if lot.random() >= args.drop)) for s in samples]
    if not samples:
        parser.error("no pages with known truth there")
    extract_receipt(samples[0].lines, samples[0].width, samples[0].height)  # the patterns are read once
    judged = [judge(s, args.as_exported) for s in samples]
    report([r for rows, _ in judged for r in rows], [s for _, s in judged], args.misses, by_group=not args.lines)
    if args.items:
        report_items(samples)


def split(group: str) -> str:
    """`train` or `held-out` by the shop's name: no shop stands on both sides."""
    shop = re.sub(r"[^a-z]", "", group.casefold())[:8]
    return "held-out" if sum(map(ord, shop)) % 3 == 0 else "train"


if __name__ == "__main__":
    main()
