"""What each check says of receipts whose true values are known: false alarms above all. Asserts nothing.

    python -m tests.benchmarks.checks --lines FOLDER             452 receipts as text lines (lines.jsonl)
    python -m tests.benchmarks.checks --export F --manifest M    an export (paddlescan/1) against a manifest.json

Per check: passed over right values, passed over a wrong one, failed rightly (a field it binds is wrong), failed wrongly
(all the fields it binds are known to be right), failed over fields whose true value nobody wrote down, and not judged.
Then the repairs, and the pages whose known fields are all right and that fail a check all the same. With --failures
each failed check is printed (receipt content: for your own eyes).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from paddlescan.document import Check, Receipt
from paddlescan.extraction.extract import extract_receipt
from paddlescan.extraction.rules import RULES
from tests.benchmarks.fields import Sample, from_export, from_lines, key

COLUMNS = ("passed", "passed over wrong", "failed rightly", "failed wrongly", "failed, truth unknown", "not judged")


def is_right(sample: Sample, receipt: Receipt, name: str) -> bool | None:
    """Whether a field's value is one of the true ones; None where nobody wrote them down."""
    want = sample.truth.get(name)
    value = receipt.value(name)
    return None if want is None else key(name, value) in want if value else not want


def column_of(sample: Sample, receipt: Receipt, check: Check) -> str:
    """Which column a check belongs in."""
    known = [is_right(sample, receipt, name) for name in RULES[check.name].binds]
    if check.passed:
        return COLUMNS[1] if False in known else COLUMNS[0]
    return COLUMNS[2] if False in known else COLUMNS[4] if None in known else COLUMNS[3]


def report(samples: Iterable[Sample], failures: bool) -> None:
    """Read them all and print the table."""
    table: dict[str, Counter[str]] = {name: Counter() for name in RULES}
    repairs: Counter[str] = Counter()
    alarms, whole, pages = [], 0, 0
    for sample in samples:
        receipt = extract_receipt(sample.lines, sample.width, sample.height)
        made = {check.name: check for check in receipt.checks}
        pages += 1
        for name, counts in table.items():
            counts[column_of(sample, receipt, made[name]) if name in made else COLUMNS[5]] += 1
        for field in receipt.fields:
            if field.origin == "check":
                right = is_right(sample, receipt, field.name)
                repairs[f"{field.name} {'right' if right else 'wrong' if right is False else 'unknown'}"] += 1
        if all(is_right(sample, receipt, name) for name in sample.truth):
            whole += 1
            if any(not check.passed for check in receipt.checks):
                alarms.append(sample.name)
        if failures:
            for check in receipt.checks:
                if column_of(sample, receipt, check) not in COLUMNS[:1]:
                    print(f"{sample.name}: {column_of(sample, receipt, check)}: {check.name}: {check.detail}")
    print(f"{'':32}" + "".join(f"{column:>23}" for column in COLUMNS))
    for name, counts in table.items():
        print(f"{name:32}" + "".join(f"{counts[column]:>23}" for column in COLUMNS))
    print(f"repairs: {dict(repairs)}")
    print(f"{pages} pages; of {whole} whose known fields are all right, {len(alarms)} fail a check: {alarms}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, metavar="FOLDER")
    parser.add_argument("--export", type=Path, metavar="JSON")
    parser.add_argument("--manifest", type=Path, metavar="JSON")
    parser.add_argument("--failures", action="store_true")
    args = parser.parse_args()
    if args.lines:
        samples = list(from_lines(args.lines))
    elif args.export and args.manifest:
        samples = list(from_export(args.export, args.manifest))
    else:
        parser.error("give --lines, or --export and --manifest")
    if not samples:
        parser.error("no pages with known truth there")
    report(samples, args.failures)


if __name__ == "__main__":
    main()
