"""What speaks for a field and against it once it is chosen, as named amounts; `doubt` weighs them.

Evidence is counted, measured or looked up, never a judgement: an amount that speaks for one kind of field may speak
against another, which is for the weights to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paddlescan.document import Check, Field
from paddlescan.extraction import misprints, shapes
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.figures import NET_ROLES, PAID_ROLES, TOTAL_ROLES
from paddlescan.extraction.labels import is_generic_name, name_tokens
from paddlescan.extraction.page import Page
from paddlescan.extraction.ranking import Ranked
from paddlescan.extraction.rows import Line
from paddlescan.extraction.rules import ROUNDING, amount_of, contradicted, proved
from paddlescan.extraction.text import cjk_count, digit_count, letter_count

FAMILIES: Mapping[str, str] = {
    "merchant": "name",
    "buyer": "name",
    "passenger": "name",
    "address": "address",
    "date": "date",
    "total": "amount",
    "subtotal": "amount",
    "tax": "amount",
    "currency": "currency",
    "invoice_number": "number",
    "invoice_code": "number",
    "check_code": "number",
    "seller_tax_id": "number",
    "buyer_tax_id": "number",
    "train_number": "number",
    "origin_station": "station",
    "destination_station": "station",
}
"""Fields of one family are doubted for the same reasons; a field that is not here is of the family `other`."""
OF_CANDIDATE = "is_"
"""Begins the names of evidence that is the chosen candidate's own."""
_ACCENTED = ("FR", "DE", "ES", "PT", "IT", "AT", "CH")


@dataclass(frozen=True)
class Scene:
    """What is the same for all fields of a page."""

    page: Page
    proved: frozenset[str]
    """Names of fields that a passed check proves."""
    contradicted: frozenset[str]
    """Names of fields that a failed check speaks against."""
    findings: frozenset[str]
    """Names of what is wrong with the page as a picture: `blurred`, `glare`."""
    known: misprints.Wordlist
    unsure: float
    """The share of the page's letters that the recogniser is not sure of, 0..1."""


def scene(
    page: Page, checks: Iterable[Check], findings: Iterable[str], known: misprints.Wordlist | None = None
) -> Scene:
    """Look at a page as a whole; known: the words that are right as they are (None: those of words.txt)."""
    letters = sum(len(line.text) for line in page.sheet.lines)
    unsure = sum(unsure_letters(page.sheet.lines)) / max(letters, 1)
    made = tuple(checks)
    names = proved(made), contradicted(made)
    return Scene(page, *names, frozenset(findings), known or misprints.common_words(), unsure)


def unsure_letters(lines: Iterable[Line]) -> list[float]:
    """How many letters of each line may be wrong: the recogniser's confidence is the mean of its letters' beliefs."""
    return [(1 - line.source.confidence) * len(line.text) for line in lines]


def gather(seen: Scene, field: Field, ranked: Sequence[Ranked]) -> dict[str, float]:
    """The evidence on a field, without what is zero; ranked: what the field could be, its value among it or not."""
    chosen = next((r for r in ranked if r.value == field.value), None)
    best = chosen.best if chosen is not None else None
    rival = max((r.belief for r in ranked if r is not chosen), default=0.0)
    lines = best.lines if best is not None else ()
    logit = _logit(chosen.belief if chosen is not None else 0.5)
    found = {
        "bias": 1.0,
        "belief": logit,
        "disbelief": max(1.5 - logit, 0.0),
        "rival": math.log10(rival + 1e-3) + 3,
        **_reading(lines),
        **_whole_page(seen),
        **_checks(seen, field.name),
    }
    if best is not None:
        found |= {OF_CANDIDATE + name: amount for name, amount in best.features.items() if name != "bias"}
    return {name: amount for name, amount in (found | _of_family(seen, field, best)).items() if amount}


def _logit(belief: float) -> float:
    belief = min(max(belief, 0.01), 0.999)
    return math.log(belief / (1 - belief))


def _reading(lines: Sequence[Line]) -> dict[str, float]:
    """How sure the recogniser is of the lines that a value stands on."""
    if not lines:
        return {"on_no_line": 1.0}
    worst, unsure = min(line.source.confidence for line in lines), sum(unsure_letters(lines))
    return {
        "letters_unsure": min(unsure, 4.0),
        "any_unsure": math.log10(unsure + 0.01) + 2,
        "worst_line": math.log10(1.002 - worst) + 2.7,
        "badly_read": float(worst < 0.85),
    }


def _whole_page(seen: Scene) -> dict[str, float]:
    return {
        "page_unsure": min(seen.unsure, 0.2) * 10,
        "few_lines": float(len(seen.page.sheet.lines) < 8),
        "kind_other": float(seen.page.kind == "other"),
        "poor_picture": float(bool(seen.findings)),
    }


def _checks(seen: Scene, name: str) -> dict[str, float]:
    """Whether a check proves a field, or contradicts it."""
    return {"proved": float(name in seen.proved), "contradicted": float(name in seen.contradicted)}


def _of_family(seen: Scene, field: Field, best: Candidate | None) -> dict[str, float]:
    match FAMILIES.get(field.name):
        case "name":
            return _spelling(seen, field, best) | _name(seen, field, best)
        case "address":
            return _spelling(seen, field, best) | _address(field, best)
        case "date":
            return _date(seen, field)
        case "amount":
            return _amount(seen, field)
        case "number":
            return _number(seen, field)
        case "currency":
            place = seen.page.place
            return {"unsure_place": float(not place.sure), "score": min(place.currency_score, 8) / 8}
    return {}


def _spelling(seen: Scene, field: Field, best: Candidate | None) -> dict[str, float]:
    """What looks misread in a name or an address."""
    found = misprints.look_at_spelling(field.value, seen.known)
    printed = misprints.look_at_spelling(field.text or "", seen.known)
    unsure = sum(unsure_letters(best.lines)) if best is not None else 0.0
    foreign = found.accents > 0 and seen.page.place.country not in _ACCENTED
    return {
        "unknown": min(found.unknown, 4) / 2,
        "unknown_share": found.unknown / max(found.words, 1),
        "near": min(found.near, 2),
        "near_short": min(found.near_short, 2),
        "near_unsure": min(unsure, 2.0) if found.near + found.near_short else 0.0,
        "mixed": min(found.mixed, 2),
        "odd": min(found.odd, 2),
        "accents": float(foreign),
        "mended": float((printed.mixed, printed.accents) != (found.mixed, found.accents)),
        "bracket_open": float(field.value.count("(") != field.value.count(")")),
    }


def _name(seen: Scene, field: Field, best: Candidate | None) -> dict[str, float]:
    value = field.value.casefold()
    letters = letter_count(value) + 2 * cjk_count(value)
    lines, own = seen.page.sheet.lines, {line.index for line in best.lines} if best is not None else set()
    firms = [line for line in lines if line.index not in own and "company" in name_tokens(line.text)]
    return {
        "short": float(letters < 8),
        "long": float(letters > 35),
        "digits": float(digit_count(value) > 0),
        "again": float(sum(value in line.text.casefold() for line in lines) > 1),
        "owner": float(any(seen.page.has(line, "owner") for line in lines)),
        "other_company": float(any(not is_generic_name(line.text) for line in firms)),
        "for_buyer": float(field.name == "buyer"),
    }


def _address(field: Field, best: Candidate | None) -> dict[str, float]:
    value, lines = field.value, len(best.lines) if best is not None else 0
    return {
        "length": len(value) / 80,
        "many_lines": float(lines > 4),
        "one_line": float(lines == 1),
        "postcode": float(bool(shapes.POSTCODE.search(value))),
        "starts_number": float(bool(shapes.STREET_NUMBER.match(value))),
        "ends_digit": float(value.rstrip(" .,")[-1:].isdigit()),
        "bracket": float("(" in value),
        "colon": float(":" in value),
        "after_postcode": float(len(shapes.POSTCODE.split(value)[-1]) > 30),
    }


def _date(seen: Scene, field: Field) -> dict[str, float]:
    """Whether other days stand on the page, and this one again."""
    days = [found.value.isoformat() for _, found in seen.page.dates]
    return {
        "other_days": min(len(set(days) - {field.value}), 3) / 3,
        "again": float(days.count(field.value) > 1),
        "unsure_place": float(not seen.page.place.sure),
    }


def _amount(seen: Scene, field: Field) -> dict[str, float]:
    """Whether other amounts on the page could be what this one is."""
    sums, mine, total = seen.page.sums, amount_of(field.value), field.name == "total"
    here = [s for s in sums if s.amount.value == mine]
    totals = {s.amount.value for s in sums if (s.role or s.above) in TOTAL_ROLES} - {mine}
    over_net = total and mine is not None and any(s.amount.value > mine for s in sums if s.role in NET_ROLES)
    close = {s.amount.value for s in sums if mine is not None and 0 < abs(s.amount.value - mine) <= ROUNDING}
    discount = any(s.role == "discount" for s in sums)
    return {
        "again": min(max(len(here) - 1, 0), 3) / 3,
        "nowhere": float(not here),
        "other_totals": min(len(totals), 3) / 3,
        "larger_total": float(mine is not None and any(t > mine for t in totals)),
        "larger_net": float(over_net),
        "discount": float(discount),
        "reduced": float(over_net and discount),
        "also_paid": float(any(s.role in PAID_ROLES for s in here)),
        "rounded_nearby": float(total and bool(close)),
        "odd_cents": float(total and mine is not None and seen.page.place.country == "MY" and bool(mine * 100 % 5)),
        "for_total": float(total),
        "for_tax": float(field.name == "tax"),
    }


def _number(seen: Scene, field: Field) -> dict[str, float]:
    value = field.value
    return {
        "short": float(len(value) < 5),
        "long": float(len(value) > 14),
        "mixed": float(misprints.look_at_spelling(value, seen.known).mixed > 0),
        "marks": float(any(not c.isalnum() for c in value)),
        "again": float(sum(value in line.text for line in seen.page.sheet.lines) > 1),
    }
