"""Receipts whose words and fields are known, and how much of them was read."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paddlescan.document import PageResult
from paddlescan.resources_dir import resource
from tests.benchmarks.fields import RENAMED, key

ROOT = Path(__file__).resolve().parents[3]
CATEGORY = "receipt_en"
TASK_3 = ("merchant", "date", "total", "address")
"""The fields of SROIE's third task."""
_WORD = re.compile(r"[A-Z0-9]+")


@dataclass(frozen=True)
class KnownReceipt:
    """A picture of one English receipt, with what is printed on it."""

    name: str
    path: Path
    words: Counter[str] = field(repr=False)
    fields: dict[str, frozenset[object]] = field(repr=False)
    """The values that are right for each field; none: nothing of it is printed."""


@dataclass(frozen=True)
class Hits:
    """How much was right, of how much that was wanted and given; adds up."""

    right: int = 0
    wanted: int = 0
    given: int = 0

    def __add__(self, other: Hits) -> Hits:
        return Hits(self.right + other.right, self.wanted + other.wanted, self.given + other.given)

    @property
    def f1(self) -> float:
        """Of precision and recall, over all that was added up."""
        return 2 * self.right / (self.wanted + self.given) if self.wanted + self.given else 1.0

    @property
    def recall(self) -> float:
        """The share that came out right of what was wanted."""
        return self.right / self.wanted if self.wanted else 1.0


def words_of(lines: Iterable[str]) -> Counter[str]:
    """Runs of A-Z and 0-9 in upper case, as a bag: neither order nor punctuation counts."""
    return Counter(word for line in lines for word in _WORD.findall(line.upper()))


def word_hits(known: KnownReceipt, lines: Iterable[str]) -> Hits:
    """The words of a receipt among those that were read."""
    read = words_of(lines)
    return Hits((known.words & read).total(), known.words.total(), read.total())


def field_hits(known: KnownReceipt, page: PageResult) -> dict[str, Hits]:
    """Each known field; where the page was taken for several receipts, of the one with most right."""
    every = [_hits_of(known, {f.name: f.value for f in receipt.fields}) for receipt in page.receipts]
    return max(every, key=lambda hits: sum(one.right for one in hits.values()), default=_hits_of(known, {}))


def _hits_of(known: KnownReceipt, values: dict[str, str]) -> dict[str, Hits]:
    found = {}
    for name, wanted in known.fields.items():
        value = values.get(name)
        found[name] = Hits(int(bool(value) and key(name, value) in wanted), int(bool(wanted)), int(bool(value)))
    return found


def manifest_file() -> Path:
    """The manifest of real receipts that PADDLESCAN_RECEIPTS names or that lies beside the checkout, else the drawn
    samples'."""
    data = Path(os.environ.get("PADDLESCAN_RECEIPTS") or ROOT.parent / "shared" / "data" / "receipts")
    real = data / "manifest.json"
    return real if real.is_file() else resource("samples", "truth.json")


def known_receipts(manifest: Path) -> tuple[KnownReceipt, ...]:
    """The English receipts of a manifest whose words somebody wrote down, in its order."""
    items: list[dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))["items"]
    found = []
    for item in items:
        lines = _lines_of(item, manifest.parent) if item["category"] == CATEGORY else None
        if lines is not None:
            path = (manifest.parent / item["path"]).resolve()
            found.append(KnownReceipt(item["id"], path, words_of(lines), _fields_of(item)))
    return tuple(found)


def _lines_of(item: dict[str, Any], folder: Path) -> Sequence[str] | None:
    if "lines" in item:
        return [str(line) for line in item["lines"]]
    file = folder / item["gt_path"] if "gt_path" in item else None
    if file is None or not file.is_file():
        return None
    truth = json.loads(file.read_text(encoding="utf-8"))
    if "no spaces" in truth.get("note", ""):  # words cannot be told apart there
        return None
    return [str(line["text"]) for line in truth["lines"]]


def _fields_of(item: dict[str, Any]) -> dict[str, frozenset[object]]:
    truth = {}
    for raw, value in item.get("gt", {}).get("fields", {}).items():
        if raw in item.get("uncertain", ()) or raw in ("doc_type", "documents", "base"):
            continue
        name = RENAMED.get(raw, raw)
        right = [value, *item.get("alternatives", {}).get(raw, [])] if value is not None else []
        truth[name] = frozenset(key(name, one) for one in right)
    return truth
