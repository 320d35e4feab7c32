"""What a support file holds and what it does not, in both languages: in it, and beforehand on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from paddlescan.document import Language
from paddlescan.words.sentences import table_of

_ALWAYS = ("versions", "doctor", "settings", "store", "journal", "logs")
_NEVER = ("pictures", "home")


@dataclass(frozen=True, slots=True)
class Contents:
    """Keys of what is in it and of what is not."""

    holds: tuple[str, ...]
    lacks: tuple[str, ...]


def contents(names: bool, receipts: bool) -> Contents:
    """Of a support file with these: receipts imply names."""
    more = {"names": names or receipts, "receipts": receipts}
    asked = tuple(key for key, wanted in more.items() if wanted)
    return Contents(_ALWAYS + asked, tuple(key for key in more if key not in asked) + _NEVER)


def bundle_words(key: str, language: Language) -> str:
    """A sentence or a part of one. Raises KeyError for a key that nobody wrote down."""
    return table_of("bundle")[key][language]


def listed(shown: Contents, language: Language) -> str:
    """What it holds and what it does not, for a person."""
    parts = []
    for head, keys in (("holds", shown.holds), ("lacks", shown.lacks)):
        lines = "\n".join(f"* {bundle_words(key, language)}" for key in keys)
        parts.append(f"{bundle_words(head, language)}\n{lines}")
    return "\n\n".join(parts)


def readme(shown: Contents, first: Language = "en") -> str:
    """The text that lies in it, in both languages."""
    both: tuple[Language, ...] = ("zh", "en") if first == "zh" else ("en", "zh")
    return "\n\n\n".join(_told(shown, language) for language in both) + "\n"


def _told(shown: Contents, language: Language) -> str:
    heads = "\n".join(bundle_words(key, language) for key in ("title", "head"))
    return f"{heads}\n\n{listed(shown, language)}"
