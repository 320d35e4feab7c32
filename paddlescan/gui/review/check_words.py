"""What a check says, in the window's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from paddlescan.document import Check, Field
from paddlescan.document.export import ReceiptPlace
from paddlescan.extraction.rules import judge_again
from paddlescan.gui.shared import batch_name, language
from paddlescan.store import BatchSummary
from paddlescan.words import check_sentence as sentence
from paddlescan.words.checks import SAID


@dataclass(frozen=True, slots=True)
class First:
    """The receipt of which another one is a copy, as it was found: its words are made whenever they are shown."""

    place: ReceiptPlace
    batch: BatchSummary | None = None
    """None: it is the batch in front."""


def check_sentence(check: Check, values: Mapping[str, Field]) -> str:
    """One sentence. What a check of an older PaddleScan does not say of itself, its rule says over today's values."""
    if check.fact(SAID) is None:
        again = judge_again(check, {name: field.value for name, field in values.items()})
        check = replace(check, facts=again.facts)
    return sentence(check, language())


def first_words(first: First | None) -> str:
    """Where the first is: `taxi.jpg #2`, and the batch where it is another; empty where there is none."""
    if first is None:
        return ""
    translate = QCoreApplication.translate  # by this name, or lupdate does not see it
    place = first.place
    if not place.source:
        name = translate("SeenBefore", "a row added by hand")
    else:
        name = place.source.rsplit("/", 1)[-1]
        if place.page > 1:
            name = translate("SeenBefore", "{file} p. {number}").format(file=name, number=place.page)
        name += f" #{place.receipt}" if place.receipt > 1 else ""
    if first.batch is None:
        return name
    return translate("SeenBefore", "{file} in “{batch}”").format(file=name, batch=batch_name(first.batch))
