"""Checks judged anew: over a receipt as it was read, and again after every edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from paddlescan.document import Check, Field
from paddlescan.document.sameness import NOT_SEEN_BEFORE
from paddlescan.extraction.rules import codes, days, numbers, sums
from paddlescan.extraction.rules.acceptance import LET_PASS, let_pass_of, remember
from paddlescan.extraction.rules.rule import Rule, Values, Verdict, as_check
from paddlescan.extraction.rules.values import amount_of
from paddlescan.words.checks import REPAIRED, SAID

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        sums.NET_PLUS_TAX,
        sums.ITEMS_TOTAL,
        sums.ITEMS_NET,
        sums.CAPITALS,
        sums.FARE,
        numbers.SELLER_TAX_ID,
        numbers.BUYER_TAX_ID,
        numbers.NUMBER,
        numbers.CODE,
        numbers.NUMBER_AND_DATE,
        numbers.CODE_AND_DATE,
        days.DATE,
        days.CURRENCY,
        codes.QR,
    )
}
"""Every rule by its name, in the order in which a receipt shows its checks."""
_NOT_JUDGED = "not_judged"


def judge(rule: Rule, values: Values, facts: Mapping[str, str]) -> Check | None:
    """The check of a rule, or None where it cannot be judged."""
    verdict = rule.judge(values, facts)
    return as_check(rule, verdict, tuple(facts.items())) if verdict is not None else None


def judge_again(check: Check, values: Values) -> Check:
    """The same check over edited values, by field name.

    One that cannot be judged says so; it is not passed where the receipt must have its fields, or where a value
    stands there that the rule cannot read. A rule that is not known here stays as it was.
    """
    rule = RULES.get(check.name)
    if rule is None:
        return check
    facts = _page_facts(check)
    if all(name in facts for name in REPAIRED) and values.get(facts[REPAIRED[0]]) != facts[REPAIRED[2]]:
        facts = {name: text for name, text in facts.items() if name not in REPAIRED}
    noted = tuple(facts.items())
    verdict = rule.judge(values, facts)
    if verdict is not None:
        return as_check(rule, verdict, noted)
    if rule.must and all(_is_amount(values, name) for name in rule.binds):
        return check  # kept by an older PaddleScan, without the fact it needs
    return as_check(rule, _silent(rule, values), noted)


def _is_amount(values: Values, name: str) -> bool:
    return amount_of(values.get(name, "")) is not None


def _silent(rule: Rule, values: Values) -> Verdict:
    """What a rule says that cannot be judged now."""
    missing = [name for name in rule.binds if not values.get(name)]
    if rule.must:
        missing = [name for name in rule.binds if not _is_amount(values, name)]
        return Verdict(False, "no_amount", (("fields", " ".join(missing)),))
    return Verdict(True, _NOT_JUDGED, (("fields", " ".join(missing or rule.binds)),))


def _page_facts(check: Check) -> dict[str, str]:
    """The facts of the page: what stands before the sentence and its figures."""
    names = [name for name, _ in check.facts]
    until = names.index(SAID) if SAID in names else len(names)
    return {name: text for name, text in check.facts[:until] if name != LET_PASS}


def recheck(fields: Iterable[Field], read: Iterable[Check], now: Iterable[Check] = ()) -> tuple[Check, ...]:
    """What the checks of a receipt say of its fields, edits applied.

    read: the checks of its newest reading: all of them come back, in this order, judged again. now: the checks
    as they stood until now; what a person let pass there passes wherever its figures are the same again. Whether
    the receipt was seen before is no matter of its own fields: that check stays as it stands.
    """
    now = tuple(now)
    values = {f.name: f.value for f in fields}
    let_pass = {check.name: let_pass_of(check) for check in now}
    judged = tuple(remember(judge_again(check, values), let_pass.get(check.name, ())) for check in read)
    there = {check.name for check in judged}
    return judged + tuple(check for check in now if check.name == NOT_SEEN_BEFORE and check.name not in there)


def proved(checks: Iterable[Check]) -> frozenset[str]:
    """The fields that are proved by a check that passes: a misread value would hardly ever have come out."""
    return frozenset(name for c in checks if c.passed and (r := RULES.get(c.name)) and r.proves for name in r.binds)


def contradicted(checks: Iterable[Check]) -> frozenset[str]:
    """The fields that a failed check speaks against."""
    return frozenset(name for c in checks if not c.passed and (r := RULES.get(c.name)) for name in r.binds)
