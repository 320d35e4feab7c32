"""What every error has: a code, a sentence, a remedy; and the value that stands for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

ERRORS: dict[str, type[PaddleScanError]] = {}
"""Every kind of error by its code."""


class _Known(dict[str, str]):
    """Parameters of a sentence; an unknown one prints as nothing rather than failing."""

    def __missing__(self, key: str) -> str:
        return ""


class PaddleScanError(Exception):
    """An error that a person can do something about.

    Parameters are plain strings that fill the sentence, usually `file`, the name as the person
    dropped it. They may quote private names, so an error is shown to the person and never logged;
    logs hold its `code`.
    """

    code: ClassVar[str] = "internal"
    message_template: ClassVar[str] = "Something went wrong inside PaddleScan while it read {file}."
    remedy_template: ClassVar[str] = "Read the page again; if it happens again, please report it."

    def __init_subclass__(cls) -> None:
        ERRORS[cls.code] = cls

    def __init__(self, /, **parameters: str) -> None:
        super().__init__(self.code)
        self.parameters = parameters

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self._said(self.message_template, 0)

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return self._said(self.remedy_template, 1)

    def _said(self, template: str, part: int) -> str:
        if not self.parameters.get("file") and self.code in FILELESS:
            template = FILELESS[self.code][part]
        return template.format_map(_Known(self.parameters))

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"

    @property
    def failure(self) -> Failure:
        """The same as a value that travels between processes and into the store."""
        return Failure(self.code, tuple(sorted(self.parameters.items())))


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a value: its code and the parameters of its sentence (private, so not in repr)."""

    code: str
    parameters: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if self.code not in ERRORS:
            raise ValueError(f"unknown error code {self.code!r}")

    def error(self) -> PaddleScanError:
        """The exception that this value stands for."""
        return ERRORS[self.code](**dict(self.parameters))

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self.error().message

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return self.error().remedy


ERRORS[PaddleScanError.code] = PaddleScanError

FILELESS: dict[str, tuple[str, str]] = {
    PaddleScanError.code: (
        "Something went wrong inside PaddleScan.",
        "Try it again; if it happens again, please report it.",
    ),
    "disk_full": (
        "The disk is full: {detail} could not be saved.",
        "Make room on the disk, then try again; what was read is kept, and what was typed is saved when there is room.",
    ),
    "scanner_silent": (
        "Looking for scanners took too long.",
        "Switch on the one you want and see whether it is connected, then look again.",
    ),
}
"""Message and remedy of an error that may befall no file in particular, where it has no `file`. By code."""
