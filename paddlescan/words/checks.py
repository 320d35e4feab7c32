"""What a check says, in a sentence with its figures."""

from __future__ import annotations

from paddlescan.document import FIELD_NAMES, Check, Language
from paddlescan.words.sentences import caption, table_of

SAID = "said"
"""Fact of a check: which of its rule's sentences it says. The sentence's figures are facts, too."""
REPAIRED = ("repaired", "was_read", "proved")
"""Facts of a check that proved a misread character: the field, the value that was read, the value that is proved."""
ACCEPTED = " (accepted by hand)"
"""Ends the detail of a check that failed and that a person let pass."""


def is_accepted(check: Check) -> bool:
    """Whether a person let this check pass."""
    return check.passed and check.detail.endswith(ACCEPTED)


def check_detail(check: Check) -> str:
    """The check's own detail: its sentence in English, without a capital at its start and without an acceptance."""
    return _said(check, "en") or check.detail


def check_sentence(check: Check, language: Language) -> str:
    """One sentence for a person. A check that says nothing of itself is told by its detail, in English."""
    said = _said(check, language)
    if said is None:
        return _capital(check.detail or check.name.replace("_", " "))
    return _capital(_table("every.accepted", language, {"sentence": said}) if is_accepted(check) else said)


def _said(check: Check, language: Language) -> str | None:
    facts = dict(check.facts)
    said = facts.get(SAID)
    if said is None:
        return None
    key = next((k for k in (f"{check.name}.{said}", f"every.{said}") if k in table_of("checks")), None)
    if key is None:  # written by a newer PaddleScan
        return None
    sentence = _table(key, language, facts)
    if all(name in facts for name in REPAIRED):
        return _table("every.repaired", language, facts | {"sentence": sentence})
    return sentence


def _table(key: str, language: Language, figures: dict[str, str]) -> str:
    named = dict(figures)
    for name in ("fields", REPAIRED[0]):
        if name in figures:
            named[name] = _fields(figures[name], language)
    if "words" in figures and language == "zh":
        named["words"] = figures["words"].replace(", ", "、")
    if "kind" in figures:
        named["kind"] = caption(figures["kind"], language)
    return table_of("checks")[key][language].format(**named)


def _fields(names: str, language: Language) -> str:
    """Names of fields, set apart by spaces, as a person calls them."""
    words = [caption(name, language) if name in FIELD_NAMES else name for name in names.split()]
    return ("、" if language == "zh" else ", ").join(words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
