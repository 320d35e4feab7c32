"""Whether confidence and doubt mean something: the tables that benchmarks print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.001)


@dataclass(frozen=True)
class Outcome:
    """A value that was given for a field."""

    name: str
    right: bool
    confidence: float
    doubtful: bool


def print_doubt(outcomes: Sequence[Outcome]) -> None:
    """Per field and for all: wrong values marked doubtful, right ones so marked; then how true confidence is."""
    table: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        table[outcome.name].append(outcome)
    print(f"{'field':22}{'wrong':>6}{'caught':>8}{'right':>7}{'false alarms':>14}")
    for name, mine in [*sorted(table.items()), ("all", list(outcomes))]:
        wrong, right = [o for o in mine if not o.right], [o for o in mine if o.right]
        caught, false = sum(o.doubtful for o in wrong), sum(o.doubtful for o in right)
        print(f"{name:22}{len(wrong):6}{_share(caught, len(wrong))}{len(right):7}{_share(false, len(right)):>14}")
    print_reliability(outcomes)


def print_reliability(outcomes: Sequence[Outcome]) -> None:
    """How many are right of those with a confidence, the Brier score, and the expected calibration error."""
    if not outcomes:
        return
    said = np.array([o.confidence for o in outcomes])
    true = np.array([o.right for o in outcomes], dtype=float)
    error = 0.0
    for low, high in pairwise(BINS):
        mine = (said >= low) & (said < high)
        if mine.any():
            mean, share = said[mine].mean(), true[mine].mean()
            error += mine.mean() * abs(mean - share)
            print(
                f"confidence {low:.2f} to {min(high, 1):.2f}: {mine.sum():5} values, mean {mean:.3f}, right {share:.3f}"
            )
    sure = said >= 0.9
    if sure.any():
        mean, share = said[sure].mean(), true[sure].mean()
        print(f"confidence 0.90 and more: {sure.sum():5} values, mean {mean:.3f}, right {share:.3f}")
    print(f"Brier {((said - true) ** 2).mean():.4f}, calibration error {error:.3f}")


def print_trade(outcomes: Sequence[Outcome]) -> None:
    """What could be caught for how many false alarms, by confidence alone."""
    wrong = np.array([o.confidence for o in outcomes if not o.right])
    right = np.array([o.confidence for o in outcomes if o.right])
    if not len(wrong) or not len(right):
        return
    points = []
    for share in (0.02, 0.05, 0.08, 0.10, 0.15, 0.20):
        below = np.quantile(right, share)
        points.append(f"{share:.0%}: {np.mean(wrong < below):.0%} (below {below:.2f})")
    print("caught for so many false alarms: " + ", ".join(points))


def _share(part: int, whole: int) -> str:
    return f"{part:5}{part / whole:5.0%}" if whole else f"{part:5}    -"
