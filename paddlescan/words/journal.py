"""The words of the journal: what happened to a batch and to its pages, from codes and figures."""

from __future__ import annotations

from paddlescan.document import FIELD_NAMES, Language
from paddlescan.words.sentences import Table, caption, table_of


def event_words(what: str, detail: str, language: Language, receipt: int | None = None) -> str:
    """What happened, as a person reads it. what, detail: of a `store.Event`; receipt: its number on the page, where
    that should be said. A code that this version does not know stands as it is."""
    table = table_of("journal")
    entry = table.get(f"{what}.{detail}") or table.get(what)
    if entry is None:
        text = f"{what} {detail}".rstrip()
    else:
        text = entry[language].format(detail=_detail(table, detail, language))
    if receipt is None:
        return text
    return table["receipt"][language].format(number=receipt, text=text)


def _detail(table: Table, detail: str, language: Language) -> str:
    """A detail in words: a field, a reason, an error, switches; a figure stays."""
    if detail in FIELD_NAMES:
        return caption(detail, language)
    between = "、" if language == "zh" else ", "
    return between.join(_word(table, part, language) for part in detail.split(","))


def _word(table: Table, code: str, language: Language) -> str:
    for kind in ("why", "error", "switch"):
        if f"{kind}.{code}" in table:
            return table[f"{kind}.{code}"][language]
    return code
