"""`argparse` in the person's language: its own words too, and Chinese broken at the width of a terminal."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar, NoReturn

from paddlescan.cli.printable import printable
from paddlescan.document import Language
from paddlescan.words import say, system_language
from paddlescan.words.sentences import help_words, table_of

_HEADING = re.compile(r"(?m)^([\u4e00-\u9fff]+):$")
"""The title of a group, whose colon `argparse` looks up from Python 3.13 on only."""

_TWO_COLUMNS = re.compile(r"(\s*\S.*?\s{2,})(\S.*)")
_NARROWEST = 20
"""Columns of a terminal that a second column wants at least; else it stands below the first."""
_BELOW = "    "
_OTHER_NAMES = {"excel": "xlsx"}
"""Options as people call them who know them from elsewhere."""


class Parser(argparse.ArgumentParser):
    """A parser that says everything in one language, with the words of `resources/messages/help.json`.

    `option` and `argument` find their help there by the command's name and their own; a missing one is a KeyError
    while the parser is made, not a silent gap.
    """

    def __init__(self, *, language: Language = "en", words: str = "window", **given: Any) -> None:
        self.language: Language = language
        self.words = words
        self.commands: dict[str, Parser] = {}
        """The parsers of its commands, by the `command` of what is parsed."""
        with _speaking(language):  # the titles of its groups and the help of -h are made here
            super().__init__(formatter_class=_Formatter, **given)

    def option(self, *names: str, **given: Any) -> argparse.Action:
        """Add an option or an argument. names, given: as for `add_argument`, without `help`, which is looked up under
        `<command>.<name>`, else under `every.<name>` (`--seal-strength` of scan: `scan.seal_strength`)."""
        name = names[-1].lstrip("-").replace("-", "_")
        table = table_of("help")
        key = next((key for key in (f"{self.words}.{name}", f"every.{name}") if key in table), f"{self.words}.{name}")
        return self.add_argument(*names, help=help_words(key, self.language), **given)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As in `argparse`, with its errors in the person's language. What a command does not know is refused with
        the command's own usage, and the option that is nearest."""
        found, left = self.parse_known_args(args, namespace)
        if left:
            self.commands.get(getattr(found, "command", ""), self)._refuse(left)
        return found

    def _refuse(self, left: Sequence[str]) -> NoReturn:
        typed = next((word[2:].partition("=")[0] for word in left if word.startswith("--")), "")
        shown = [name for name, option in self._option_string_actions.items() if option.help != argparse.SUPPRESS]
        found = nearest(typed.lower(), [name[2:] for name in shown if name.startswith("--")], _OTHER_NAMES)
        with _speaking(self.language):
            said = argparse._("unrecognized arguments: %s") % " ".join(left)  # type: ignore[attr-defined]
        self.error(said + (say("option_nearest", self.language, option=f"--{found}") if found else ""))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As in `argparse`, with its errors in the person's language."""
        with _speaking(self.language):
            return super().parse_known_args(args, namespace)

    def format_usage(self) -> str:
        """As in `argparse`."""
        with _speaking(self.language):
            return super().format_usage()

    def format_help(self) -> str:
        """As in `argparse`."""
        with _speaking(self.language):
            said = super().format_help()
        return said if self.language == "en" else _HEADING.sub(r"\1：", said)

    def error(self, message: str) -> NoReturn:
        """As in `argparse`: the usage, the message, exit status 2; what was typed, harmless in a terminal."""
        with _speaking(self.language):
            super().error(printable(message))


class Number:
    """A whole number between two bounds, both included; anything else is said in a sentence."""

    def __init__(self, low: int, high: int, language: Language) -> None:
        self.low, self.high, self.language = low, high, language

    def __call__(self, text: str) -> int:
        """The number. Raises ArgumentTypeError."""
        try:
            value = int(text)
        except ValueError:
            value = self.low - 1
        if not self.low <= value <= self.high:
            sentence = help_words("number", self.language, low=self.low, high=self.high, text=text)
            raise argparse.ArgumentTypeError(sentence)
        return value


class Moment:
    """A day, an hour or an age: `2026-11-26`, `2026-11-26 08:30`, `08:30` (today), `90m`, `2h`, `3d`."""

    _AGE = re.compile(r"(\d{1,5})([mhd])")
    _UNITS: ClassVar = {"m": "minutes", "h": "hours", "d": "days"}

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, text: str) -> datetime:
        """The moment, with an offset from UTC. Raises ArgumentTypeError."""
        now = datetime.now().astimezone()
        try:
            if age := self._AGE.fullmatch(text.strip()):
                return now - timedelta(**{self._UNITS[age[2]]: int(age[1])})
            if re.fullmatch(r"\d{1,2}:\d\d", text.strip()):
                hour, minute = map(int, text.split(":"))
                return now.replace(hour=hour, minute=minute, second=0, microsecond=0)
            return datetime.fromisoformat(text.strip()).astimezone()
        except (ValueError, OverflowError):
            raise argparse.ArgumentTypeError(help_words("moment", self.language, text=text)) from None


def language_of(argv: Sequence[str]) -> Language:
    """The language that these arguments ask for, before they are parsed; the system's without a `--lang`."""
    asked: Language | None = None
    for argument, following in zip(argv, [*argv[1:], ""], strict=False):
        if argument == "--":
            break
        value = following if argument == "--lang" else argument.removeprefix("--lang=")
        if value in ("en", "zh"):
            asked = "zh" if value == "zh" else "en"
    return asked or system_language()


@contextmanager
def _speaking(language: Language) -> Iterator[None]:
    """While this lasts, `argparse` says its own sentences in a language.

    It looks them up with `gettext`, which asks the environment and wants compiled catalogues on the disk; both its
    functions are module globals, so ours stand in for them.
    """
    if language == "en":
        yield
        return
    table = table_of("argparse")

    def word(message: str) -> str:
        return table[message][language] if message in table else message

    def counted(one: str, many: str, count: int) -> str:
        return word(one if count == 1 else many)

    names: dict[str, Any] = vars(argparse)
    before = names["_"], names["ngettext"]
    names["_"], names["ngettext"] = word, counted
    try:
        yield
    finally:
        names["_"], names["ngettext"] = before


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Breaks help texts where the terminal ends: a Chinese character is two columns wide and may end a line."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = [part for line in text.splitlines() for part in _folded(line, width)]
        return "\n".join(indent + line for line in lines)


def nearest(typed: str, names: Sequence[str], other_names: Mapping[str, str] | None = None) -> str | None:
    """Which of the names somebody may have meant. other_names: what some are called elsewhere, and how here."""
    from difflib import get_close_matches  # wanted only where something is wrong

    meant = {name: name for name in names} | {
        other: name for other, name in (other_names or {}).items() if name in names
    }
    found = get_close_matches(typed, meant, 1)
    return meant[found[0]] if found else None


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many columns; words stay whole, a closing mark never begins a line."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line.strip() and columns((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece.lstrip() if not line else piece
    return [*lines, line.rstrip()]


def _folded(line: str, width: int) -> list[str]:
    """A line of a text that is laid out already, in lines of at most so many columns: what it goes on with stands under
    its second column where it has one, else under its beginning."""
    if columns(line) <= width:
        return [line]
    margin = line[: len(line) - len(line.lstrip())]
    found = _TWO_COLUMNS.match(line)
    if found is None:
        return [margin + part for part in wrapped(line, width - len(margin))]
    first, second = found[1], found[2]
    if width - columns(first) < _NARROWEST:
        below = margin + _BELOW
        return [first.rstrip(), *(below + part for part in wrapped(second, width - len(below)))]
    begun, *others = wrapped(second, width - columns(first))
    return [first + begun, *(" " * columns(first) + part for part in others)]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in " ".join(text.split()):
        wide = unicodedata.east_asian_width(letter) in "WF"
        closing = letter in "，。；：、）？！”》"
        begins = (
            not pieces or (wide and not closing) or pieces[-1][-1] == " " or (not wide and columns(pieces[-1][-1]) == 2)
        )
        if begins and not (letter == " " and pieces):
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces
