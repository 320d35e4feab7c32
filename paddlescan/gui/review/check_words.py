"""What a check says, in the window's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from paddlescan.document import Check, Field
from paddlescan.extraction.rules import judge_again
from paddlescan.gui.shared import language
from paddlescan.words import check_sentence as sentence
from paddlescan.words.checks import SAID


def check_sentence(check: Check, values: Mapping[str, Field]) -> str:
    """One sentence. What a check of an older PaddleScan does not say of itself, its rule says over today's values."""
    if check.fact(SAID) is None:
        again = judge_again(check, {name: field.value for name, field in values.items()})
        check = replace(check, facts=again.facts)
    return sentence(check, language())
