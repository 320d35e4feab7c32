"""How a line of any of our logs is written: nothing of a receipt, no name of a file, no control character.

What we log ourselves is codes, numbers and names of our own; its line breaks become indented lines, so that none of
them looks like an entry. What other libraries log may quote anything: their fixed text stays, what they fill in goes
unless it is a whole number. Exceptions are told by type and frames. Only Python's own library is imported here, and
what says which characters steer.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from traceback import format_tb
from types import TracebackType
from typing import Any

from paddlescan.steering import steering

OURS = ("paddlescan", "qt")
"""Loggers whose text we answer for, with all below them."""
HIDDEN = "…"
_QT_FUNCTION = re.compile(r"Q[A-Za-z]+::[A-Za-z:]+")
INDENT = "  | "
"""Before what is no entry."""
_warned = logging.getLogger("paddlescan.warnings")
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Formatter(logging.Formatter):
    """A formatter for logs that may be sent to a stranger."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text; its first line is an entry, those below are indented."""
        safe = logging.makeLogRecord(record.__dict__)
        safe.msg, safe.args = _text(record), None
        safe.exc_text, safe.stack_info = None, None
        return f"\n{INDENT}".join(harmless(line) for line in super().format(safe).split("\n"))

    def formatException(self, ei: ExceptionInfo) -> str:
        """Types and frames of an exception and of what it came from; never its text."""
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            parts.append(f"{type(error).__name__}\n{''.join(format_tb(error.__traceback__))}".rstrip())
            error = error.__cause__ or error.__context__
        return "\n".join(parts)


def harmless(text: str) -> str:
    """Text in one line without anything that steers or is unseen: nothing in a log needs it."""
    if text.isprintable():
        return text
    return "".join(_escaped(c) if steering(c) or unicodedata.category(c)[0] == "C" else c for c in text)


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode()


def qt_words(category: str | None, message: str) -> str:
    """What a message of Qt's may tell: its category, and the function of Qt that it begins with. The rest may quote a
    file's name or a text on the screen."""
    function = _QT_FUNCTION.match(message)
    return " ".join(harmless(part) for part in (category or "", function[0] if function else "", HIDDEN) if part)


def log_warnings() -> Callable[[], None]:
    """Log warnings of libraries by their kind and place from now on, whatever they say. Returns what ends it."""
    before = warnings.showwarning
    warnings.showwarning = _log_warning

    def end() -> None:
        if warnings.showwarning is _log_warning:
            warnings.showwarning = before

    return end


def _log_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: Any = None,
    line: str | None = None,
) -> None:
    _warned.info("%s at %s, line %d", category.__name__, Path(filename).name, lineno)


def _text(record: logging.LogRecord) -> str:
    """What a record says, or what of it may be told."""
    if record.name.split(".")[0] in OURS:
        return record.getMessage()
    template = record.msg if isinstance(record.msg, str) else ""
    if not record.args:  # filled in already, so nobody knows with what
        return f"{HIDDEN} at {record.filename}, line {record.lineno}"
    try:
        return str(template % _hidden(record.args))
    except (TypeError, ValueError, KeyError):
        return f"{HIDDEN} at {record.filename}, line {record.lineno}"


def _hidden(arguments: Any) -> Any:
    if isinstance(arguments, Mapping):
        return {name: _one(value) for name, value in arguments.items()}
    return tuple(_one(value) for value in (arguments if isinstance(arguments, tuple) else (arguments,)))


def _one(value: object) -> object:
    """A number that is no amount of a receipt's: a whole one; anything else is hidden."""
    return value if isinstance(value, bool | int) else HIDDEN
