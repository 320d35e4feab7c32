"""The man page, in English and Chinese, written from the program's own parsers.

`python -m installers.linux.man_page en|zh` prints it. What the parsers cannot say (exit status, environment, files)
stands in man_words.json.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from installers.linux.command_line import Command, calls
from installers.linux.releases import newest
from paddlescan.cli.speaking import wrapped
from paddlescan.document import Language

_WORDS: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("man_words.json").read_text(encoding="utf-8"))
_STATUS = ("0", "1", "2", "3", "130")
_VARIABLES = ("PADDLESCAN_PASSWORD", "PADDLESCAN_HOME")
_FILES = {"config": "~/.config/PaddleScan", "data": "~/.local/share/PaddleScan", "logs": "~/.cache/PaddleScan/log"}
_EXAMPLES = (
    "paddlescan Receipts/",
    "paddlescan scan Receipts/ --xlsx out.xlsx --report report.xlsx",
    "paddlescan scan Receipts/ --rename '{date}_{merchant}_{total}' --dry-run",
    "paddlescan import edited.xlsx --dry-run",
)
_WIDE = 40  # columns; a source line stays under 80 bytes, also where Chinese is in it


def man_page(language: Language) -> str:
    """The whole page, in man(7)'s language."""
    return "\n".join(_page(language)) + "\n"


def _page(language: Language) -> Iterator[str]:
    window, *commands = calls(language)
    release = newest()
    yield f'.TH PADDLESCAN 1 "{release.day}" "PaddleScan {release.version}" "{_word("section", language)}"'
    yield f".SH {_word('name', language)}"
    yield f"paddlescan \\- {_escaped(_word('purpose', language))}"
    yield f".SH {_word('synopsis', language)}"
    for number, command in enumerate((window, *commands)):
        yield from [".br"] if number else []
        yield from _usage(command)
    yield f".SH {_word('description', language)}"
    yield from _text(window.purpose)
    yield from _text(_word("window", language))
    yield ".PP"
    yield from _text(_word("local", language))
    yield f".SH {_word('options', language)}"
    yield from _terms(window.options, language)
    yield f".SH {_word('commands', language)}"
    for command in commands:
        yield f".SS {_escaped(command.name)}"
        yield from _text(command.purpose)
        yield from _terms((*command.arguments, *command.options), language)
    yield from _ending(language)


def _ending(language: Language) -> Iterator[str]:
    yield f".SH {_word('status', language)}"
    for status in _STATUS:
        yield from _term(f"\\fB{status}\\fR", _word(f"status.{status}", language))
    yield f".SH {_word('environment', language)}"
    for name in _VARIABLES:
        yield from _term(f"\\fB{name}\\fR", _word(name, language))
    yield f".SH {_word('files', language)}"
    for kind, place in _FILES.items():
        yield from _term(f"\\fI{_escaped(place)}\\fR", _word(f"files.{kind}", language))
    yield f".SH {_word('examples', language)}"
    yield ".nf"
    yield from map(_escaped, _EXAMPLES)
    yield ".fi"


def _usage(command: Command) -> Iterator[str]:
    """How a command is typed; only its own arguments, the options follow below."""
    words = [r"\fBpaddlescan\fR", *([rf"\fB{_escaped(command.name)}\fR"] if command.name else []), r"[\fIOPTION\fR...]"]
    yield " ".join([*words, *map(_argument, command.arguments)])


def _argument(action: argparse.Action) -> str:
    shown = rf"\fI{_escaped(_metavar(action))}\fR"
    if action.choices:
        shown = "|".join(rf"\fB{_escaped(str(choice))}\fR" for choice in action.choices)
    return {"*": f"[{shown}...]", "+": f"{shown}...", "?": f"[{shown}]"}.get(str(action.nargs), shown)


def _terms(actions: Iterable[argparse.Action], language: Language) -> Iterator[str]:
    for action in actions:
        if isinstance(action, argparse._HelpAction):
            yield from _term(_option(action), _word("help", language))
        else:
            yield from _term(_option(action), (action.help or "").replace("%%", "%"))


def _option(action: argparse.Action) -> str:
    if not action.option_strings:
        return _argument(action)
    names = ", ".join(rf"\fB{_escaped(name)}\fR" for name in action.option_strings)
    if action.nargs == 0:
        return names
    if action.choices:
        return f"{names} {'|'.join(_escaped(str(choice)) for choice in action.choices)}"
    return rf"{names} \fI{_escaped(_metavar(action))}\fR"


def _metavar(action: argparse.Action) -> str:
    return str(action.metavar or action.dest.upper())


def _term(head: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield head
    yield from _text(text)


def _text(text: str) -> Iterator[str]:
    """A paragraph in short lines, as sources of man pages have them; Chinese lines are joined without a space."""
    lines = wrapped(text, _WIDE)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        glued = bool(following) and ord(line[-1]) > 0x2E80 and ord(following[0]) > 0x2E80
        yield _escaped(line) + ("\\c" if glued else "")


def _escaped(text: str) -> str:
    """Text for roff: hyphens that are typed stay hyphens, nothing at a line's start is a request."""
    text = re.sub(r"[\\-]", lambda found: {"\\": r"\e", "-": r"\-"}[found[0]], text)
    return rf"\&{text}" if text[:1] in (".", "'") else text


def _word(key: str, language: Language) -> str:
    return _WORDS[key][language]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(man_page("zh" if sys.argv[1:] == ["zh"] else "en"), end="")
