"""The rules of checks as plain arithmetic: used when a page is read, and again when a person edits a field.

A rule is one entry in `judging.RULES`, its sentences in `resources/messages/checks.json`, and a line in `checks.py`
that says on which pages it can be made. What checks mean for the fields is for `proved` and `contradicted` to say.
Knows nothing of pages.
"""

from paddlescan.extraction.rules import sums
from paddlescan.extraction.rules.acceptance import LET_PASS, accept, failing, take_back
from paddlescan.extraction.rules.judging import RULES, contradicted, judge, judge_again, proved, recheck
from paddlescan.extraction.rules.sums import RATES, ROUNDING, ROUNDS, SPELT, amounts_agree, is_usual_rate
from paddlescan.extraction.rules.values import amount_of, date_of
from paddlescan.words.checks import ACCEPTED, is_accepted

NET_PLUS_TAX = sums.NET_PLUS_TAX.name
CAPITALS = sums.CAPITALS.name

__all__ = [
    "ACCEPTED",
    "CAPITALS",
    "LET_PASS",
    "NET_PLUS_TAX",
    "RATES",
    "ROUNDING",
    "ROUNDS",
    "RULES",
    "SPELT",
    "accept",
    "amount_of",
    "amounts_agree",
    "contradicted",
    "date_of",
    "failing",
    "is_accepted",
    "is_usual_rate",
    "judge",
    "judge_again",
    "proved",
    "recheck",
    "take_back",
]
