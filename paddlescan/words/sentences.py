"""Sentences from `resources/messages/`, read once and kept."""

from __future__ import annotations

import errno
import json
import os
from functools import cache

from paddlescan.document import EngineInfo, Language
from paddlescan.errors import Failure
from paddlescan.resources_dir import resource

Table = dict[str, dict[str, str]]
_STOPS = ("。", "！", "？")


@cache
def table_of(name: str) -> Table:
    """What one file of `resources/messages/` says."""
    table: Table = json.loads(resource("messages", f"{name}.json").read_text(encoding="utf-8"))
    return table


def say(key: str, language: Language, **parameters: object) -> str:
    """A sentence of the command line. Raises KeyError for a key that nobody wrote down."""
    return table_of("cli")[key][language].format(**parameters)


def help_words(key: str, language: Language, **parameters: object) -> str:
    """A sentence of `--help`. Raises KeyError for a key that nobody wrote down."""
    sentence = table_of("help")[key][language]
    return sentence.format(**parameters) if parameters else sentence


def caption(key: str, language: Language) -> str:
    """The word for a field, a state or a kind. Raises KeyError for one that nobody wrote down."""
    return table_of("columns")[key][language]


def error_sentence(failure: Failure, language: Language) -> tuple[str, str]:
    """What happened and what to do about it, for a person."""
    if language == "en":
        return failure.message, failure.remedy
    texts = table_of("errors")[failure.code]
    known = {"file": "", "detail": "", "extra": ""} | dict(failure.parameters)
    known["detail"] = reason(known["detail"], language)
    if not known["file"] and "fileless_message" in texts:
        return texts["fileless_message"].format(**known), texts["fileless_remedy"].format(**known)
    return texts["message"].format(**known), texts["remedy"].format(**known)


def together(*sentences: str) -> str:
    """Sentences behind one another; after a Chinese full stop there is no space."""
    text = ""
    for sentence in sentences:
        text += sentence if not text or text.endswith(_STOPS) else f" {sentence}"
    return text


def returning_words(key: str, language: Language, **parameters: object) -> str:
    """A remark about what is read back. Raises KeyError for a key that nobody wrote down."""
    return table_of("returning")[key][language].format(**parameters)


def doctor_words(key: str, language: Language, **parameters: object) -> str:
    """A sentence of the doctor. Raises KeyError for a key that nobody wrote down."""
    return table_of("doctor")[key][language].format(**parameters)


def reason(text: str, language: Language) -> str:
    """Why something is so (a device, what keeps a file from being written; English) in a person's language.

    What the system says of a file is known, too; anything else stays as it is.
    """
    if language == "en":
        return text
    translations: dict[str, str] = json.loads(resource("messages", "reasons.json").read_text(encoding="utf-8"))
    return translations.get(text) or _system_reasons().get(text, text)


def why_there(info: EngineInfo, language: Language) -> str:
    """Why it is read on this device, behind the graphics card's name if there is one."""
    words = reason(info.reason, language)
    return f"{info.card}{'：' if language == 'zh' else ': '}{words}" if info.card and words else info.card or words


@cache
def _system_reasons() -> dict[str, str]:
    """What this system says of an error, and the same in Chinese."""
    table: dict[str, str] = json.loads(resource("messages", "system_errors.json").read_text(encoding="utf-8"))
    codes = ((getattr(errno, name, None), words) for name, words in table.items())
    return {os.strerror(code): words for code, words in codes if code is not None}
