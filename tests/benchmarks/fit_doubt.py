"""Fit the weights by which fields are doubted, and measure them on receipts and shops they have not seen.

    python -m tests.benchmarks.fit_doubt --lines FOLDER [--export F --manifest M] [--write]

FOLDER holds lines.jsonl: receipts as recognised, their typed transcription and what is right for merchant, date, total
and address. Tax, net and invoice number are not typed there: a value counts as right if the transcription gives the
same one, so these teach how digits are misread, not which number is meant.

Measured first: by shop, in five parts, each judged by what the four others teach, word list included; then, with
--export, all of an export's pages by what all lines teach, its own pages taught nothing. With --write the weights go to
resources/patterns/doubt.yaml and the words to words.txt. Run it again whenever weights.yaml or a field module changes.

A logistic regression with a Gaussian prior about PRIOR, which says what is known without data; what a family adds is
held more strongly than what counts for all fields, and what is the candidate's own (is_...) most. In training a
receipt's own words do not count as known: the list that judges it holds the words that at least two others have.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from paddlescan.document import TextLine
from paddlescan.extraction.doubt import DOUBT_BELOW, READ, SHAKEN, is_shaken
from paddlescan.extraction.evidence import FAMILIES, OF_CANDIDATE, gather, scene
from paddlescan.extraction.extract import Chosen, choose_fields
from paddlescan.extraction.misprints import Wordlist, wordlist
from paddlescan.extraction.patterns import read
from tests.benchmarks.calibration import Outcome, print_doubt, print_trade
from tests.benchmarks.fields import Sample, from_export, from_lines, key, text_lines

Key = tuple[str, str]
"""Family (or `all`) and evidence."""
Floats = npt.NDArray[np.float64]

PARTS = 5
AS_TYPED = ("tax", "subtotal", "invoice_number")
STRENGTH = {"all": 5.0, "family": 5.0, "candidate": 30.0, "bias": 0.05}
SEEN_OFTEN = 4
"""Evidence that comes up less often has no weight, unless PRIOR gives it one."""
PRIOR: Mapping[Key, float] = {
    ("all", "bias"): 1.5,
    ("all", "belief"): 0.8,
    ("all", "rival"): -0.3,
    ("all", "letters_unsure"): -0.3,
    ("all", "page_unsure"): -0.4,
    ("all", "poor_picture"): -0.7,
    ("all", "proved"): 1.5,
    ("all", "contradicted"): -2.5,
    ("all", "mixed"): -1.0,
    ("all", "odd"): -0.7,
    ("all", "accents"): -1.0,
    ("name", "owner"): -2.0,
    ("name", "other_company"): -0.5,
    ("name", "near"): -1.0,
    ("name", "near_short"): -1.0,
    ("address", "near"): -1.0,
    ("address", "near_short"): -0.7,
    ("number", "short"): -1.0,
    ("currency", "unsure_place"): -1.0,
    ("amount", "reduced"): -5.0,
    ("amount", "larger_total"): -0.7,
    ("amount", "nowhere"): -0.5,
}
_RESOURCES = Path(__file__).parents[2] / "resources" / "patterns"
_HEAD = """# Weights of the evidence by which fields are doubted (extraction/evidence.py, extraction/doubt.py): what it
# adds to the log odds that a value is right. Those of `all` count for every field, those of its family besides.
# Written by tests/benchmarks/fit_doubt.py, from receipts of SROIE as lines (Huang et al., ICDAR 2019, CC-BY-4.0).
"""
_WORDS_HEAD = """# Words and postcodes of names and addresses on receipts, for telling a misread word from a rare one.
# Written by tests/benchmarks/fit_doubt.py: those that at least two receipts of SROIE have (Huang et al., ICDAR 2019,
# CC-BY-4.0), and the Latin words of merchants.yaml, labels.yaml and currencies.yaml.
"""


@dataclass(frozen=True)
class Case:
    """A receipt with what was chosen on it, what is right, and the words that are printed on it."""

    sample: Sample
    shop: str
    chosen: Chosen
    typed: Mapping[str, str]
    """The values that its transcription gives."""
    words: frozenset[str]


@dataclass(frozen=True)
class Example:
    """A field with the evidence on it."""

    name: str
    evidence: Mapping[str, float]
    right: bool
    typed_only: bool
    """Right by the transcription, not by what a person said."""
    shaken: bool
    """Doubtful whatever its evidence: a check speaks against it, or it can be read in two ways."""
    told: float | None
    """The confidence of a value that was not read but told, or repaired by a check: nothing is learnt of these."""

    @property
    def family(self) -> str:
        return FAMILIES.get(self.name, "other")


def cases_of(folder: Path) -> list[Case]:
    """The receipts of lines.jsonl."""
    raw = {d["id"]: d for d in map(json.loads, (folder / "lines.jsonl").read_text("utf-8").splitlines())}
    cases = []
    for sample in from_lines(folder):
        data = raw[sample.name]
        typed = choose_fields(_transcribed(data))
        words = frozenset(w for name in ("company", "address") for w in _words(data["truth"].get(name) or ""))
        values = {f.name: f.value for f in typed.fields}
        cases.append(Case(sample, _shop(sample.group), choose_fields(sample.lines), values, words))
    return cases


def _transcribed(data: Mapping[str, Any]) -> tuple[TextLine, ...]:
    return text_lines([line | {"confidence": 1.0} for line in data["lines"]])


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}|(?<!\d)\d{5}(?!\d)", text.upper())


def _shop(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.casefold())[:8]


def part_of(shop: str) -> int:
    """The part of a shop, the same in every run."""
    return int(hashlib.md5(shop.encode()).hexdigest(), 16) % PARTS


@cache
def pattern_words() -> frozenset[str]:
    """The Latin words of the pattern files."""
    found: set[str] = set()
    for name in ("merchants", "labels", "currencies"):
        data = read(name)
        data.pop("misreads", None)
        found.update(
            w for text in _texts(data.get("tokens", data)) for w in _words(text) if w.isascii() and w.isalpha()
        )
    return frozenset(found)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from _texts(one)
    else:
        yield str(data)


def words_of(cases: Iterable[Case], but: Case | None = None) -> frozenset[str]:
    """What at least two receipts have, the pattern files' words included."""
    counts = Counter(word for case in cases if case is not but for word in case.words)
    return frozenset(word for word, count in counts.items() if count >= 2) | pattern_words()


def examples_of(case: Case, known: Wordlist) -> list[Example]:
    """The fields of a receipt of which it is known whether they are right."""
    seen = scene(case.chosen.page, case.chosen.checks, (), known)
    found = []
    for field in case.chosen.fields:
        truth = case.sample.truth.get(field.name)
        typed = case.typed.get(field.name) if truth is None and field.name in AS_TYPED else None
        if field.value and (truth is not None or typed is not None):
            right = key(field.name, field.value) in (truth if truth is not None else {key(field.name, typed)})
            ranked = case.chosen.ranked.get(field.name, ())
            told = None if field.origin in READ else field.confidence
            shaken = is_shaken(field, ranked)
            found.append(Example(field.name, gather(seen, field, ranked), right, truth is None, shaken, told))
    return found


def lessons(cases: Sequence[Case]) -> list[Example]:
    """Examples of all, each receipt's own words left out of the list that judges it."""
    return [example for case in cases for example in examples_of(case, wordlist(words_of(cases, but=case)))]


def columns_of(examples: Iterable[Example]) -> list[Key]:
    """The weights that there are to fit."""
    counts: Counter[Key] = Counter()
    for example in examples:
        for name in example.evidence:
            counts[example.family, name] += 1
            counts["all", name] += not name.startswith(OF_CANDIDATE)
    return sorted({k for k, n in counts.items() if n >= SEEN_OFTEN} | set(PRIOR))


def table_of(examples: Sequence[Example], columns: Sequence[Key]) -> Floats:
    """A row for each example, a column for each weight."""
    place = {k: i for i, k in enumerate(columns)}
    table = np.zeros((len(examples), len(columns)))
    for row, example in enumerate(examples):
        for name, amount in example.evidence.items():
            for where in ("all", example.family):
                if (where, name) in place:
                    table[row, place[where, name]] = amount
    return table


def fit(examples: Sequence[Example]) -> dict[Key, float]:
    """Weights by Newton's method on the penalised likelihood, each step halved until it helps."""
    examples = [example for example in examples if example.told is None]
    columns = columns_of(examples)
    table, right = table_of(examples, columns), np.array([e.right for e in examples], dtype=float)
    prior = np.array([PRIOR.get(k, 0.0) for k in columns])
    held = np.array([_strength(*k) for k in columns])

    def loss(at: Floats) -> float:
        score = table @ at
        return float((np.logaddexp(0, score) - right * score).sum() + (held * (at - prior) ** 2).sum() / 2)

    weights, least = prior.copy(), loss(prior)
    for _ in range(100):
        belief = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (right - belief) - held * (weights - prior)
        bend = (table * (belief * (1 - belief))[:, None]).T @ table + np.diag(held)
        step, size = np.linalg.solve(bend, slope), 1.0
        while (now := loss(weights + size * step)) > least and size > 1e-6:
            size /= 2
        weights = weights + size * step
        if least - now < 1e-7:
            break
        least = now
    return dict(zip(columns, weights.tolist(), strict=True))


def _strength(where: str, name: str) -> float:
    if where == "all":
        return STRENGTH["bias"] if name == "bias" else STRENGTH["all"]
    return STRENGTH["candidate" if name.startswith(OF_CANDIDATE) else "family"]


def outcomes_of(examples: Sequence[Example], weights: Mapping[Key, float]) -> list[Outcome]:
    """What the weights say of examples."""
    columns = list(weights)
    score = table_of(examples, columns) @ np.array([weights[k] for k in columns])
    belief = np.clip(1 / (1 + np.exp(-np.clip(score, -30, 30))), 0.01, 0.99)
    return [_outcome(example, share) for example, share in zip(examples, belief.tolist(), strict=True)]


def _outcome(example: Example, belief: float) -> Outcome:
    if example.told is not None:
        return Outcome(example.name, example.right, example.told, example.shaken)
    if example.shaken:
        belief = min(belief, SHAKEN)
    return Outcome(example.name, example.right, belief, example.shaken or belief < DOUBT_BELOW)


def by_shop(cases: Sequence[Case]) -> list[Outcome]:
    """Every receipt judged by what the shops of the other parts teach; only what a person said to be right counts."""
    judged: list[Outcome] = []
    for part in range(PARTS):
        taught = [case for case in cases if part_of(case.shop) != part]
        known = wordlist(words_of(taught))
        asked = [e for case in cases if part_of(case.shop) == part for e in examples_of(case, known)]
        judged += outcomes_of([e for e in asked if not e.typed_only], fit(lessons(taught)))
    return judged


def write(weights: Mapping[Key, float], words: Iterable[str]) -> None:
    """The weights and words as PaddleScan reads them."""
    text = _HEAD
    for family in ["all", *sorted({f for f, _ in weights} - {"all"})]:
        mine = {name: round(w, 2) for (f, name), w in weights.items() if f == family}
        text += f"{family}:\n" + "".join(f"  {name}: {w}\n" for name, w in sorted(mine.items()) if w)
    (_RESOURCES / "doubt.yaml").write_text(text, encoding="utf-8")
    (_RESOURCES / "words.txt").write_text(_WORDS_HEAD + "\n".join(sorted(words)) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--export", type=Path, metavar="JSON")
    parser.add_argument("--manifest", type=Path, metavar="JSON")
    parser.add_argument("--write", action="store_true", help="put weights and words into resources/patterns")
    parser.add_argument("--quick", action="store_true", help="do not measure by shop")
    args = parser.parse_args()
    cases = cases_of(args.lines)
    if not args.quick:
        print("Shops that taught nothing:")
        judged = by_shop(cases)
        print_doubt(judged)
        print_trade(judged)
    weights, words = fit(lessons(cases)), words_of(cases)
    if args.export and args.manifest:
        print("\nPages of the export, which taught nothing:")
        known = wordlist(words)
        pages = [Case(s, "", choose_fields(s.lines), {}, frozenset()) for s in from_export(args.export, args.manifest)]
        judged = outcomes_of([e for page in pages for e in examples_of(page, known)], weights)
        print_doubt(judged)
        print_trade(judged)
    if args.write:
        write(weights, words)


if __name__ == "__main__":
    main()
