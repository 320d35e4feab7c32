"""Fit the weights of merchant, date, total and address to receipts as text lines, and print them.

    python -m tests.benchmarks.fit_fields --lines FOLDER [--strength 2.0] [--part train|all]

A conditional logit: on each page the candidates (and "none of them", score 0) share a belief of one, and the
weights are moved until the right values hold most of it. They are held near those of weights.yaml (a Gaussian
prior), so what these receipts never show keeps the weight that was set by hand. Shops that come up often count
less each time (one over the square root). Paste what is printed into weights.yaml after reading it.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from pathlib import Path

import numpy as np

from paddlescan.extraction import patterns
from paddlescan.extraction.extract import candidates_of, look_at
from tests.benchmarks.fields import from_lines, key, split

FIELDS = ("merchant", "date", "total", "address")


def fit(pages: list[tuple[float, np.ndarray, np.ndarray]], prior: np.ndarray, strength: float) -> np.ndarray:
    """Weights by gradient ascent with Adam's step sizes.

    pages: (weight, features of each candidate, which candidates are right); prior: where to begin and stay near;
    strength: how strongly to stay.
    """
    weights, first, second = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, 401):
        gradient = -strength * (weights - prior)
        for share, features, right in pages:
            scores = np.append(features @ weights, 0.0)
            belief = np.exp(scores - scores.max())
            belief /= belief.sum()
            of_right = belief[:-1] * right
            if of_right.sum() > 0:
                gradient += share * (of_right / of_right.sum() - belief[:-1]) @ features
            else:
                gradient -= 0.3 * share * belief[:-1] @ features
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        step_size = 0.05 if step < 250 else 0.01
        weights = weights + step_size * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--strength", type=float, default=2.0)
    parser.add_argument("--part", choices=("train", "all"), default="train")
    args = parser.parse_args()
    samples = [s for s in from_lines(args.lines) if args.part == "all" or split(s.group) == "train"]
    shops = Counter(s.group for s in samples)
    proposed = [(s, candidates_of(look_at(s.lines))) for s in samples]
    for name in FIELDS:
        hand = patterns.weights()[name]
        seen = sorted({f for _, cs in proposed for c in cs if c.name == name for f in c.features} | set(hand))
        column = {f: i for i, f in enumerate(seen)}
        pages = []
        for sample, candidates in proposed:
            mine = [c for c in candidates if c.name == name]
            if not mine or name not in sample.truth:
                continue
            features = np.zeros((len(mine), len(seen)))
            for row, candidate in enumerate(mine):
                for feature, amount in candidate.features.items():
                    features[row, column[feature]] = amount
            right = np.array([key(name, c.value) in sample.truth[name] for c in mine], dtype=float)
            pages.append((1 / math.sqrt(shops[sample.group]), features, right))
        fitted = fit(pages, np.array([hand.get(f, 0.0) for f in seen]), args.strength)
        print(f"{name}:")
        for feature in sorted(seen, key=lambda f: list(hand).index(f) if f in hand else len(hand)):
            print(f"  {feature}: {fitted[column[feature]]:.2f}")


if __name__ == "__main__":
    main()
