"""What a receipt is for: the words for the categories we know. A person may type any other."""

from __future__ import annotations

from paddlescan.document import Language
from paddlescan.words.sentences import table_of


def category_word(value: str, language: Language) -> str:
    """The word for a category; one that a person made up is its own word."""
    known = table_of("categories").get(value)
    return value if known is None else known[language]


def category_value(typed: str) -> str:
    """The stable English word for what a person typed in either language; what is not known stays as typed."""
    wanted = typed.strip().casefold()
    for value, words in table_of("categories").items():
        if wanted in (value, *(word.casefold() for word in words.values())):
            return value
    return typed


def categories() -> tuple[str, ...]:
    """The stable English words, in the order in which they are offered."""
    return tuple(table_of("categories"))
