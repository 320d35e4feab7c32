"""The table of a campaign, in Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import get_args

from tests.faults.campaign.rounds import Outcome
from tests.faults.campaign.verdict import Kind

COLUMNS: tuple[Kind, ...] = get_args(Kind)


def table(outcomes: Sequence[Outcome]) -> str:
    """Victim and moment by what did not hold; the last row sums up."""
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        plan = outcome.plan
        victim = plan.victim if plan.victim == plan.target else f"{plan.victim} of the {plan.target}"
        groups[victim, plan.moment].append(outcome)
    head = ("killed", "while", "rounds", "kills", "edits shown as saved", *COLUMNS)
    lines = [_row(head), _row(["---"] * 2 + ["---:"] * (len(head) - 2))]
    for (victim, moment), found in sorted(groups.items()):
        lines.append(_row((victim, moment, *_sums(found))))
    lines.append(_row(("**all**", "", *_sums(outcomes))))
    return "\n".join(lines)


def _sums(outcomes: Sequence[Outcome]) -> list[str]:
    counts = [len(outcomes), sum(o.kills for o in outcomes), sum(o.saved for o in outcomes)]
    bad = [sum(len(o.findings.found.get(kind, ())) for o in outcomes) for kind in COLUMNS]
    return [str(n) for n in (*counts, *bad)]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
