"""What the doctor says of one part, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from paddlescan.document import Language
from paddlescan.words.sentences import doctor_words

State = Literal["ok", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One part that was tested."""

    name: str
    """`program`, `device`, `runtimes`, `models`, `fonts`, `folders`, `store`, `reading`, `jail`, `scanner`, `cluster`;
    of the desktop `display`, `bus`, `portal`, `notifications`, `tray`, `file_managers` or `home`; not translated."""
    state: State
    detail: str
    remedy: str = ""
    code: str = ""
    """Of the error that was met; then `detail` is its sentence, which may name a file."""


class Speaker:
    """Says the doctor's sentences in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **parameters: object) -> str:
        """The sentence under a key."""
        return doctor_words(key, self.language, **parameters)

    def listed(self, parts: list[str]) -> str:
        """Several things in a row."""
        return self("jail_and").join(parts)
