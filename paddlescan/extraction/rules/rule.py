"""What a rule is: fields and facts in, a verdict out. Plain arithmetic, used by the reader and by the window alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from paddlescan.document import Check
from paddlescan.words.checks import SAID, check_detail

Values = Mapping[str, str]
"""Field names to values; a field that is not there has none."""
Facts = Mapping[str, str]
"""What the page says besides its fields, by the names of the facts of a check."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says: whether it is kept, in which sentence, and the figures that stand in it."""

    passed: bool
    said: str
    """Which of the rule's sentences in `checks.json`."""
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that a receipt must keep."""

    name: str
    """Stable: JSON, the store and the sentences key on it."""
    binds: tuple[str, ...]
    """The fields it is about; without them it cannot be judged."""
    judge: Callable[[Values, Facts], Verdict | None]
    """None where a value is no amount, no date, or nothing that the rule knows."""
    proves: bool
    """Whether a misread value would hardly ever pass: only then does passing prove the fields."""
    must: bool = False
    """Whether a receipt that lost one of these fields has failed; else there is nothing to judge any more."""


def as_check(rule: Rule, verdict: Verdict, facts: tuple[tuple[str, str], ...]) -> Check:
    """The check that a verdict makes; `facts` are what the page says, for the next time."""
    said = (*facts, (SAID, verdict.said), *verdict.figures)
    made = Check(rule.name, verdict.passed, facts=tuple(dict.fromkeys(said)))
    return replace(made, detail=check_detail(made))
