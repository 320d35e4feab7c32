"""What a sheet says about a cell or a row in a comment: why it is doubtful, what else was read, what failed."""

from __future__ import annotations

from collections.abc import Sequence

from paddlescan.document import FIELD_NAMES, Field, Language
from paddlescan.document.export import ExportRow
from paddlescan.export.cells import clean_text
from paddlescan.export.columns import Value, doubtful_names, error_text, failed_checks, is_odd, kind, seen_before
from paddlescan.export.looks import Mood
from paddlescan.words import caption, category_word, sheet_words

_LONGEST = 120
"""Characters of a text from the page that are quoted."""


def of_cell(row: ExportRow, key: str, value: Value, language: Language) -> list[str]:
    """Sentences about one field of a receipt, none where it is sure. value: what stands in the cell."""
    said = [sheet_words(f"odd_{kind(key)}", language)] if is_odd(value, kind(key)) else []
    found = row.receipt.field(key) if key in FIELD_NAMES else None
    if found is not None and found.doubtful:
        said += _doubt(found, language)
    return said


def of_row(row: ExportRow, keys: Sequence[str], language: Language) -> list[str]:
    """Sentences about a whole receipt: its error, where it was seen before, the checks it does not pass, and which
    fields are doubtful that the sheet does not show. keys: of the columns of the sheet."""
    said = [error_text(row, language)] if row.failure is not None else []
    unseen = [caption(name, language) for name in doubtful_names(row) if name not in keys]
    if unseen:
        said.append(sheet_words("to_check", language, names=("、" if language == "zh" else ", ").join(unseen)))
    if row.duplicate_of is not None:
        said.append(sheet_words("seen_before", language, place=clean_text(seen_before(row))))
    return said + [clean_text(sentence) for sentence in failed_checks(row, language)]


def speaker(keys: Sequence[str]) -> int:
    """Which column says what concerns a whole row: that of its state, else the first that is no picture."""
    if "state" in keys:
        return list(keys).index("state")
    return next((n for n, key in enumerate(keys) if key != "picture"), 0)


def in_column(row: ExportRow, keys: Sequence[str], column: int, value: Value, language: Language) -> list[str]:
    """Sentences about a cell, with those about its row where it is the one that says them."""
    said = of_cell(row, keys[column], value, language)
    return said + of_row(row, keys, language) if column == speaker(keys) else said


def mood(row: ExportRow, key: str, said: bool) -> Mood:
    """How a cell looks. said: whether there are sentences about it."""
    if row.status == "failed":
        return "failed"
    if said or (key == "state" and row.status == "needs_review"):
        return "doubtful"
    if key == "state":
        return "soft" if row.is_blank else "done"
    return "plain"


def _doubt(found: Field, language: Language) -> list[str]:
    if not found.value:
        return [sheet_words("not_found", language), *_also(found, language)]
    said = [sheet_words("doubtful", language)]
    if found.text and found.text != found.value:
        said.append(sheet_words("as_printed", language, text=_short(found.text)))
    if found.confidence < 1.0:
        said.append(sheet_words("certainty", language, percent=int(found.confidence * 100)))
    return said + _also(found, language)


def _also(found: Field, language: Language) -> list[str]:
    if not found.candidates:
        return []
    words = [category_word(each, language) if found.name == "category" else each for each in found.candidates]
    values = ("、" if language == "zh" else ", ").join(_short(word) for word in words)
    return [sheet_words("also", language, values=values)]


def _short(text: str) -> str:
    clean = " ".join(clean_text(text).split())
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"
