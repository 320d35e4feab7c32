"""How often a misread character is put right, left alone, or put wrong. Asserts nothing.

python -m tests.benchmarks.repairs --tax-numbers N           N invented Chinese tax numbers, misread in four ways
python -m tests.benchmarks.repairs --lines FOLDER            receipts as text lines (lines.jsonl); in each amount that
                                                             is read right, one digit is taken for a look-alike
python -m tests.benchmarks.repairs --export F --manifest M   the same over an export (paddlescan/1)
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from paddlescan.document import Field, Receipt
from paddlescan.extraction.extract import extract_receipt
from paddlescan.extraction.repairs import LIKE
from paddlescan.extraction.rules import uscc
from paddlescan.extraction.rules.numbers import tax_id_is_right
from tests.benchmarks.fields import Sample, from_export, from_lines, key

AMOUNTS = ("total", "subtotal", "tax")
UNSURE = 0.93
"""Confidence in a line of which a character is misread, at most."""


def invented(random: Random, regions: Sequence[str]) -> str:
    """A 统一社会信用代码 whose check characters come out."""
    while True:
        head = random.choice(("91", "91", "91", "92", "12", "51")) + random.choice(regions)
        letters = uscc.LETTERS if random.random() < 0.6 else "0123456789"
        organisation = "".join(random.choices(letters, k=8))
        ends = [end for end in "0123456789X" if uscc.organisation_is_right(organisation + end)]
        if ends:
            code = head + organisation + ends[0]
            return code + uscc.check_character(code)


def misread(random: Random, code: str, how: str) -> str:
    """The code with one or two characters taken for others: for look-alikes, or for any."""
    chars = list(code)
    for place in random.sample(range(18), 2 if "two" in how else 1):
        alike = [c for c in SEEN_AS if code[place] in SEEN_AS[c]]
        chars[place] = random.choice(alike or [code[place]]) if "like" in how else random.choice(uscc.LETTERS)
    return "".join(chars)


SEEN_AS = {
    "0": "8DQO", "O": "0", "D": "0", "Q": "0", "1": "7L", "I": "1", "L": "1", "7": "1T", "T": "7", "2": "7", "Z": "2",
    "3": "8", "5": "6", "S": "5", "6": "85G", "G": "6C", "C": "G", "8": "0B3", "B": "8", "4": "9", "9": "4",
}  # fmt: skip
"""What is read, and what it may have been."""


def repair_tax_numbers(count: int) -> None:
    """How many misread tax numbers are put right, left alone, and put wrong."""
    random = Random(7)
    regions = [str(n) for n in range(110000, 660000) if uscc.region_is_known(str(n))]
    for how in ("one look-alike", "two look-alikes", "one of any", "two of any"):
        found: Counter[str] = Counter()
        for _ in range(count):
            code = invented(random, regions)
            read = misread(random, code, how)
            if read == code:
                continue
            if tax_id_is_right(read, "CN"):
                found["not noticed"] += 1
                continue
            meant = uscc.meant_by(read)
            found["left alone" if meant is None else "put right" if meant == code else "put wrong"] += 1
        total = found.total()
        print(f"{how:16}" + "".join(f"  {name} {n / total:.3f}" for name, n in sorted(found.items())))


def misread_amounts(samples: Iterable[Sample]) -> None:
    """Of each amount on each page, one digit misread: what becomes of the field, and of the other two."""
    random = Random(5)
    found: dict[str, Counter[str]] = {name: Counter() for name in (*AMOUNTS, "another")}
    for sample in samples:
        receipt = extract_receipt(sample.lines, sample.width, sample.height)
        for name in AMOUNTS:
            field = receipt.field(name)
            spoilt = misread_line(random, sample, field) if field is not None and is_right(sample, field) else None
            if spoilt is None:
                continue
            again = extract_receipt(spoilt.lines, sample.width, sample.height)
            for other in AMOUNTS:
                told = outcome(receipt.field(other), again, other)
                if other == name or told.startswith("put"):
                    found[name if other == name else "another"][told] += 1
    for name, counts in found.items():
        print(f"{name:16}" + "".join(f"  {told} {n}" for told, n in sorted(counts.items())))


def is_right(sample: Sample, field: Field) -> bool:
    """Whether a value is true, as far as anybody wrote it down."""
    return key(field.name, field.value) in sample.truth.get(field.name, {key(field.name, field.value)})


def misread_line(random: Random, sample: Sample, field: Field) -> Sample | None:
    """The page with one digit of a field's line taken for another."""
    for n, line in enumerate(sample.lines):
        start = line.text.rfind(field.value) if field.value and line.quad == field.quad else -1
        if start < 0:
            continue
        places = [p for p in range(start, start + len(field.value)) if line.text[p].isdigit()]
        place = random.choice(places)
        alike = [digit for digit in LIKE if line.text[place] in LIKE[digit]]
        text = line.text[:place] + random.choice(alike) + line.text[place + 1 :] if alike else line.text
        spoilt = replace(line, text=text, confidence=min(line.confidence, UNSURE))
        return replace(sample, lines=(*sample.lines[:n], spoilt, *sample.lines[n + 1 :])) if alike else None
    return None


def outcome(before: Field | None, receipt: Receipt, name: str) -> str:
    """What became of a field that was right."""
    after = receipt.field(name)
    same = before is not None and after is not None and after.value == before.value
    if after is not None and after.origin == "check":
        return "put right" if same else "put wrong"
    if same:
        return "read elsewhere"
    return "missing" if after is None or not after.value else "doubtful" if after.doubtful else "wrong unnoticed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tax-numbers", type=int, metavar="N")
    parser.add_argument("--lines", type=Path, metavar="FOLDER")
    parser.add_argument("--export", type=Path, metavar="JSON")
    parser.add_argument("--manifest", type=Path, metavar="JSON")
    args = parser.parse_args()
    if args.tax_numbers:
        repair_tax_numbers(args.tax_numbers)
    if args.lines:
        misread_amounts(from_lines(args.lines))
    if args.export and args.manifest:
        misread_amounts(from_export(args.export, args.manifest))


if __name__ == "__main__":
    main()
