"""How far a field can be trusted, and whether a person should look at it.

A logistic regression over the evidence of `evidence.py`: a field's confidence is the share of fields with such evidence
that are right. The weights are data, `resources/patterns/doubt.yaml`, fitted by tests/benchmarks/fit_doubt.py: those of
`all` count for every field, those of its family are added to them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from paddlescan.document import Check, Field
from paddlescan.extraction import patterns
from paddlescan.extraction.evidence import FAMILIES, Scene, gather, scene
from paddlescan.extraction.page import Page
from paddlescan.extraction.ranking import Ranked

DOUBT_BELOW = 0.91
"""A field of which about one in ten such is wrong is doubtful: with it some 9 % of right fields are."""
SHAKEN = 0.5
"""The most confidence in a field that something on the page contradicts, or that can be read in two ways."""
_LEAST, _MOST = 0.01, 0.99
"""No field that was read is certain, or certainly wrong."""
READ = ("ocr", "pdf_text")
"""Origins of values that were read; what a QR code says or a check proves was weighed where that was done."""


def judge(
    page: Page,
    fields: Iterable[Field],
    ranked: Mapping[str, Sequence[Ranked]],
    checks: Iterable[Check] = (),
    findings: Iterable[str] = (),
) -> tuple[Field, ...]:
    """The fields with the confidence that their evidence deserves, doubtful where that is too little.

    fields: as chosen and as the checks left them: what these doubt stays doubtful. ranked: what each field could be,
    by its name. findings: names of what is wrong with the page as a picture.
    """
    seen = scene(page, checks, findings)
    return tuple(_judged(seen, field, ranked.get(field.name, ())) for field in fields)


def _judged(seen: Scene, field: Field, ranked: Sequence[Ranked]) -> Field:
    if field.origin not in READ or not field.value:
        return field
    belief = confidence(field.name, gather(seen, field, ranked))
    if is_shaken(field, ranked):
        return replace(field, confidence=round(min(belief, SHAKEN), 3), doubtful=True)
    return replace(field, confidence=round(belief, 3), doubtful=belief < DOUBT_BELOW)


def is_shaken(field: Field, ranked: Sequence[Ranked]) -> bool:
    """Whether a field is doubtful whatever else speaks for it: a check left it so, or its text has two readings."""
    best = next((r.best for r in ranked if r.value == field.value), None)
    return field.doubtful or (best is not None and best.ambiguous)


def confidence(name: str, evidence: Mapping[str, float]) -> float:
    """How many of a hundred fields of that name with such evidence are right, as a share."""
    score = sum(share for _, share in reasons(name, evidence))
    return min(max(1 / (1 + math.exp(-min(max(score, -30.0), 30.0))), _LEAST), _MOST)


def reasons(name: str, evidence: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """What each piece of evidence adds to the belief in a field (log odds), the weightiest first."""
    everywhere, own = patterns.doubt()["all"], patterns.doubt().get(FAMILIES.get(name, "other"), {})
    shares = ((what, (everywhere.get(what, 0.0) + own.get(what, 0.0)) * amount) for what, amount in evidence.items())
    return tuple(sorted((share for share in shares if share[1]), key=lambda share: -abs(share[1])))
