"""Net, tax and total chosen together: three amounts that add up believe in each other.

A factor graph of three variables with one factor (Kschischang, Frey and Loeliger, 2001): each amount has its own belief
from `ranking`, a combination that comes out weighs more, and the new beliefs are the marginals over all combinations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from paddlescan.extraction.ranking import Ranked
from paddlescan.extraction.rules import amount_of, amounts_agree, is_usual_rate

NAMES = ("subtotal", "tax", "total")
COMES_OUT = 12.0
"""How much likelier a combination is that comes out; more so where the tax is a usual share of the net."""
USUAL_RATE = 3.0
_MANY = 8
"""Values of each field that are tried."""
_LEAST = 1e-4
"""Less is not worth a combination."""
_OFFERED = 0.002
"""The belief that is left to a value that had more: it is still offered, since words in capitals may prove it."""

_Choice = tuple[Ranked | None, Decimal | None]


def choose_together(ranked: Mapping[str, tuple[Ranked, ...]], rounds: bool) -> dict[str, tuple[Ranked, ...]]:
    """The same rankings with the beliefs of net, tax and total as their sum bears them out.

    rounds: whether the page may round its total to what coins there are; then a sum before rounding and one after it
    are borne out alike.
    """
    if not all(ranked.get(name) for name in NAMES):
        return dict(ranked)
    choices = [_choices(ranked[name]) for name in NAMES]
    beliefs: list[dict[str, float]] = [{}, {}, {}]
    whole = 0.0
    for combination in product(*choices):
        weight = _weight(combination, choices, rounds)
        whole += weight
        for place, (one, _) in enumerate(combination):
            if one is not None:
                beliefs[place][one.value] = beliefs[place].get(one.value, 0.0) + weight
    new = {
        name: _believed(ranked[name], {value: belief / whole for value, belief in beliefs[place].items()})
        for place, name in enumerate(NAMES)
    }
    return {**ranked, **new}


def _choices(ranked: Sequence[Ranked]) -> list[_Choice]:
    """The values worth trying, and that the field is not there."""
    tried: list[_Choice] = [(one, amount_of(one.value)) for one in ranked[:_MANY] if one.belief > _LEAST]
    return [*tried, (None, None)]


def _weight(combination: Sequence[_Choice], choices: Sequence[Sequence[_Choice]], rounds: bool) -> float:
    """The product of the beliefs, and of what it is worth that the amounts add up."""
    weight = 1.0
    for (one, _), all_of in zip(combination, choices, strict=True):
        weight *= one.belief if one is not None else max(1.0 - sum(o.belief for o, _ in all_of if o), _LEAST)
    net, tax, total = (amount for _, amount in combination)
    if net is None or tax is None or total is None or not 0 < tax < net:
        return weight
    if not amounts_agree(net, tax, total, rounds):
        return weight
    return weight * COMES_OUT * (USUAL_RATE if is_usual_rate(net, tax) else 1.0)


def _believed(ranked: Sequence[Ranked], beliefs: Mapping[str, float]) -> tuple[Ranked, ...]:
    """The rankings with new beliefs, the most believed first; what was not tried keeps its own."""
    again = (replace(one, belief=max(beliefs.get(one.value, one.belief), min(one.belief, _OFFERED))) for one in ranked)
    return tuple(sorted(again, key=lambda one: -one.belief))
