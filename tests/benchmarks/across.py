"""Receipts seen before and receipts over several pages, on pages whose origin is known.

    python -m tests.benchmarks.across EXPORT.json MANIFEST.json [--misses]

EXPORT: of a scan of the manifest's files, with all lines; receipts are made of them anew. Two pages are copies if the
manifest derives both from one original (`derived_from`, or one from the other), or gives them one invoice number. The
file's own content is left aside: what counts is that the paper was scanned twice. Prints how many copies were found,
by what, how many are marked that are none, and which pages of a file make one receipt.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from paddlescan.document import Receipt, TextLine, quad_from
from paddlescan.document.sameness import SameKey
from paddlescan.extraction.extract import extract_receipt
from paddlescan.extraction.joining import continues
from paddlescan.extraction.sameness import apart, same_keys

Place = tuple[str, int, int]


def receipts_of(export: Path) -> list[tuple[Place, Receipt]]:
    """Every receipt of an export, made of its lines anew."""
    found = []
    for page in json.loads(export.read_text(encoding="utf-8"))["pages"]:
        lines = [TextLine(m["text"], m["confidence"], quad_from(m["quad"])) for m in page["lines"]]
        receipt = extract_receipt(lines, page["width"] or 1, page["height"] or 1)
        found.append(((page["source"], page["page"], page["receipt"]), receipt))
    return found


def originals(manifest: Path) -> dict[str, frozenset[str]]:
    """Per file what it was made of, itself and the numbers of the invoices on it included."""
    items: list[dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))["items"]
    names = {f"{i['source'].get('repo')}:{i['source'].get('path')}": i["id"] for i in items}
    return {
        i["path"]: frozenset(
            {i["id"], *(names.get(d, d) for d in i.get("derived_from", ())), *_numbers(i.get("gt", {}))}
        )
        for i in items
    }


def _numbers(truth: Any) -> set[str]:
    """The invoice numbers in a truth, wherever they stand; short ones are no proof of anything."""
    if isinstance(truth, dict):
        own = {str(v) for k, v in truth.items() if k in ("invoice_number", "ticket_number") and len(str(v)) >= 6}
        return own.union(*map(_numbers, truth.values()))
    return set().union(*map(_numbers, truth)) if isinstance(truth, list) else set()


def first_of(
    keys: tuple[SameKey, ...], seen: dict[tuple[str, str], list[tuple[Place, SameKey]]]
) -> tuple[str, Place] | None:
    """By what a receipt is the same as an earlier one, and which."""
    for key in keys:
        for place, other in seen[key.name, key.value]:
            if not apart(key, other):
                return key.name, place
    return None


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=Path)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    made_of = originals(options.manifest)
    found = receipts_of(options.export)

    def origin(place: Place) -> frozenset[str]:
        return next((made for path, made in made_of.items() if place[0].endswith(path)), frozenset({place[0]}))

    seen: dict[tuple[str, str], list[tuple[Place, SameKey]]] = defaultdict(list)
    known: list[Place] = []
    by: Counter[str] = Counter()
    for place, receipt in found:
        keys = same_keys(receipt, None)
        first = first_of(keys, seen)
        is_copy = bool(receipt.lines) and any(origin(place) & origin(other) for other in known if other[0] != place[0])
        outcome = ("found by " + first[0] if first else "missed") if is_copy else ("false" if first else "")
        if first and is_copy and not origin(place) & origin(first[1]):
            outcome = "found, but of another"
        by[outcome] += 1
        if options.misses and outcome in ("missed", "false", "found, but of another"):
            print(f"{outcome}: {place} {first or ''}")
        known.append(place)
        for key in keys:
            seen[key.name, key.value].append((place, key))
    copies = sum(n for outcome, n in by.items() if outcome not in ("", "false"))
    print(f"{len(found)} receipts, {copies} copies; " + ", ".join(f"{o} {n}" for o, n in by.most_common() if o))
    alone: dict[str, dict[int, list[Receipt]]] = defaultdict(lambda: defaultdict(list))
    for (source, page, _), receipt in found:
        alone[source][page].append(receipt)
    pairs = [
        (source, page, continues(pages[page][0], pages[page + 1][0]))
        for source, pages in alone.items()
        for page in pages
        if page + 1 in pages and len(pages[page]) == len(pages[page + 1]) == 1
    ]
    joined = ", ".join(f"{source} {page}-{page + 1}" for source, page, goes_on in pairs if goes_on)
    print(f"{len(pairs)} pairs of consecutive pages; joined: {joined or 'none'}")


if __name__ == "__main__":
    main()
