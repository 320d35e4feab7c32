"""From candidates to fields: every feature has a weight, every value a share of the belief."""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paddlescan.document import Field
from paddlescan.extraction import patterns
from paddlescan.extraction.candidates import Candidate

ALWAYS = {"merchant": 0.1, "date": 0.1, "total": 0.1}
"""Every receipt has these: a guess believed at least this much is shown, as doubtful, rather than nothing."""
_KEEP = 5
"""Other values that a field offers."""
_WORTH_OFFERING = {"merchant": 0.03, "address": 0.03, "buyer": 0.03}
"""The least belief in another value that is offered. Any line might be a name, but no clerk wants to read them all;
amounts are offered from 0.001 on, since a sum may prove even an unlikely one."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A value with its share of the belief and its best candidate."""

    value: str = dataclasses.field(repr=False)
    belief: float
    best: Candidate


def score(candidate: Candidate) -> float:
    """The weighted sum of a candidate's evidence; features without a weight count nothing."""
    weights = patterns.weights().get(candidate.name, {})
    return sum(weights.get(name, 0.0) * amount for name, amount in candidate.features.items())


def rank(candidates: Sequence[Candidate]) -> tuple[Ranked, ...]:
    """One field's candidates by value, the most believed first.

    Belief is the softmax over all candidates and "none of them" (score 0); candidates of the same value add up.
    """
    scored = [(score(c), c) for c in candidates]
    if not scored:
        return ()
    peak = max(0.0, *(s for s, _ in scored))
    whole = math.exp(-peak) + sum(math.exp(s - peak) for s, _ in scored)
    beliefs: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Candidate]] = {}
    for s, candidate in scored:
        beliefs[candidate.value] += math.exp(s - peak) / whole
        if candidate.value not in best or s > best[candidate.value][0]:
            best[candidate.value] = s, candidate
    ranked = [Ranked(value, belief, best[value][1]) for value, belief in beliefs.items()]
    return tuple(sorted(ranked, key=lambda r: -r.belief))


def rank_all(candidates: Iterable[Candidate]) -> dict[str, tuple[Ranked, ...]]:
    """The candidates of every field, ranked, by its name."""
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_name[candidate.name].append(candidate)
    return {name: rank(group) for name, group in by_name.items()}


def choose(ranking: Mapping[str, Sequence[Ranked]]) -> tuple[Field, ...]:
    """The fields that are believed at all, each with its other values.

    Their confidence is only how much they are believed among these, and none is doubtful yet: how far they can be
    trusted is another question, once the checks have spoken (`doubt`).
    """
    fields = []
    for name, ranked in ranking.items():
        none = 1.0 - sum(r.belief for r in ranked)
        if ranked[0].belief <= min(none, ALWAYS.get(name, 1.0)):
            continue
        fields.append(_field(name, ranked))
    return tuple(fields)


def missing(name: str, ranked: Sequence[Ranked]) -> Field:
    """A field that a receipt should have and that was not found: empty and doubtful, with what was not believed."""
    return Field(name, "", confidence=0.0, doubtful=True, candidates=_offered(name, ranked))


def _offered(name: str, ranked: Sequence[Ranked]) -> tuple[str, ...]:
    return tuple(r.value for r in ranked[:_KEEP] if r.belief > _WORTH_OFFERING.get(name, 1e-3))


def _field(name: str, ranked: Sequence[Ranked]) -> Field:
    first = ranked[0]
    confidence = min(max(first.belief * math.sqrt(first.best.confidence), 0.0), 0.99)
    return Field(
        name,
        first.value,
        first.best.text,
        confidence=round(confidence, 3),
        quad=first.best.quad,
        origin=first.best.origin,
        candidates=_offered(name, ranked[1:]),
    )
