"""What can be typed on the command line. Imports nothing heavy, so that `--help` answers at once.

A new option is one line here and one of words: `parser.option("--xlsx", metavar="F")` in the function of its command,
and in `resources/messages/help.json` a row `"scan.xlsx"` with its help in English and Chinese (a literal percent sign
is written twice). Words that several commands share stand under `"every.<name>"`. A new command is a row in `_COMMANDS`
with the function that adds its options, a row `"command.<name>"` with what it does in one line, and its branch in
`cli/__init__.py`. Choices, metavars and names of options are never translated.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NamedTuple

from paddlescan import __version__
from paddlescan.cli.named_paths import local_path
from paddlescan.cli.speaking import Moment, Number, Parser, columns
from paddlescan.document import Language
from paddlescan.document.options import MOST_GPU_MIB
from paddlescan.words.sentences import help_words


def wants_command_line(argv: Sequence[str]) -> bool:
    """Whether these arguments name a command; otherwise they are paths for the window."""
    return first_word(argv) in COMMANDS


def first_word(argv: Sequence[str]) -> str:
    """The first of these arguments that does not choose the language; empty where there is none."""
    rest = list(argv)
    while rest[:1] == ["--lang"] or (rest and rest[0].startswith("--lang=")):
        rest = rest[1:] if "=" in rest[0] else rest[2:]
    return rest[0] if rest else ""


def window_parser(language: Language = "en") -> Parser:
    """`paddlescan [PATH...]`: the window, with these files and folders queued."""
    parser = Parser(
        prog="paddlescan",
        language=language,
        description=help_words("window", language),
        epilog=_all_commands(language),
    )
    parser.option("paths", nargs="*", type=local_path, metavar="PATH")
    parser.option("--version", action="version", version=f"PaddleScan {__version__}")
    parser.option("--new-window", action="store_true")
    parser.add_argument("--samples-if-empty", action="store_true", help=argparse.SUPPRESS)
    _language(parser)
    return parser


def command_parser(language: Language = "en") -> Parser:
    """The parser of all commands; the result's `command` says which."""
    parser = Parser(prog="paddlescan", language=language)
    _language(parser)
    commands = parser.add_subparsers(
        dest="command", required=True, title=help_words("commands", language), metavar="COMMAND"
    )
    for name, command in _COMMANDS.items():
        words = help_words(f"command.{name}", language)
        adding = commands.add_parser(name, help=words, description=words, language=language, words=name)
        command.add_options(adding)
        _language(adding, default=argparse.SUPPRESS)
        parser.commands[name] = adding
    return parser


def _all_commands(language: Language) -> str:
    """The end of the window's help: a line for every command."""
    wide = max(columns(command.usage) for command in _COMMANDS.values()) + 2
    rows = (
        f"  paddlescan {command.usage.ljust(wide)}{help_words(f'command.{name}', language)}"
        for name, command in _COMMANDS.items()
    )
    return "\n".join((help_words("commands", language) + ":", *rows, "", help_words("window.end", language)))


def _language(parser: Parser, default: str | None = None) -> None:
    parser.option("--lang", choices=("en", "zh"), default=default)


def _engine(parser: Parser) -> None:
    parser.option("--device", choices=("auto", "cpu", "gpu"), default="auto")
    parser.option("--engine", choices=("auto", "onnxruntime", "openvino", "paddle"), default="auto")
    parser.option("--gpu-memory", type=Number(0, MOST_GPU_MIB, parser.language), default=None, metavar="MIB")


def _preparation(parser: Parser) -> None:
    parser.option("--keep-seals", action="store_true")
    parser.option("--seal-strength", type=Number(0, 100, parser.language), default=50, metavar="N")
    parser.option("--no-split", action="store_true")
    parser.option("--no-deskew", action="store_true")
    parser.option("--no-orient", action="store_true")
    parser.option("--quiet", action="store_true")


def _scan(parser: Parser) -> None:
    parser.option("paths", nargs="+", type=local_path, metavar="PATH")
    parser.option("--json", metavar="F")
    parser.option("--csv", metavar="F")
    parser.option("--items", metavar="F")
    parser.option("--xlsx", metavar="F")
    parser.option("--report", metavar="F")
    parser.option("--pdf", metavar="F")
    parser.option("--template", metavar="NAME")
    parser.option("--no-thumbnails", action="store_true")
    parser.option("--rename", metavar="PATTERN")
    parser.option("--rename-to", metavar="FOLDER")
    parser.option("--dry-run", action="store_true")
    parser.option("--beside", action="store_true")
    parser.set_defaults(another_name=False)
    parser.option("--notify", action="store_true")
    parser.option("--overwrite", action="store_true")
    _engine(parser)
    parser.option("--workers", type=Number(1, 64, parser.language), default=None, metavar="N")
    parser.option("--cluster", metavar="URL")
    parser.option("--insecure-cluster", action="store_true")
    _preparation(parser)
    parser.option("--resume", action="store_true")


def _watch(parser: Parser) -> None:
    parser.option("folder", metavar="DIR")
    parser.option("--recursive", action="store_true")
    for name in ("--json", "--csv", "--items", "--xlsx", "--report", "--pdf"):
        parser.option(name, metavar="F")
    parser.option("--template", metavar="NAME")
    parser.option("--no-thumbnails", action="store_true")
    parser.option("--move-to", metavar="FOLDER")
    parser.option("--every", type=Number(1, 3600, parser.language), default=5, metavar="SECONDS")
    parser.option("--settle", type=Number(1, 3600, parser.language), default=3, metavar="SECONDS")
    parser.option("--once", action="store_true")
    parser.option("--notify", action="store_true")
    parser.option("--install", action="store_true")
    parser.option("--remove", action="store_true")
    _engine(parser)
    parser.option("--workers", type=Number(1, 64, parser.language), default=None, metavar="N")
    _preparation(parser)


def _prepare(parser: Parser) -> None:
    parser.option("paths", nargs="+", type=local_path, metavar="IN")
    parser.option("out", metavar="OUT")
    parser.option("--json", metavar="F")
    parser.option("--overwrite", action="store_true")
    _preparation(parser)


def _import(parser: Parser) -> None:
    parser.option("file", metavar="F")
    parser.option("batch", metavar="BATCH", nargs="?", default=None)
    parser.option("--dry-run", action="store_true")
    parser.option("--conflicts", action="store_true")
    parser.option("--quiet", action="store_true")


def _doctor(parser: Parser) -> None:
    parser.option("--json", action="store_true")
    parser.option("--bundle", metavar="F")
    parser.option("--with-names", action="store_true")
    parser.option("--with-receipts", action="store_true")
    parser.option("--overwrite", action="store_true")
    _engine(parser)


def _log(parser: Parser) -> None:
    parser.option("batch", metavar="BATCH", nargs="?", default=None)
    parser.option("--file", metavar="NAME")
    parser.option("--page", type=Number(1, 1_000_000, parser.language), default=None, metavar="N")
    parser.option("--failed", action="store_true")
    parser.option("--since", type=Moment(parser.language), default=None, metavar="WHEN")
    parser.option("--json", action="store_true")


def _models(parser: Parser) -> None:
    parser.option("action", choices=("list", "verify"))


def _menu(parser: Parser) -> None:
    parser.option("action", choices=("install", "remove", "status"))
    parser.option("managers", nargs="*", type=str.lower, metavar="NAME")


def _gpu(parser: Parser) -> None:
    parser.option("action", nargs="?", choices=("show", "install", "remove"), default="show")
    parser.option("wheels", nargs="?", metavar="FOLDER", default=None)
    parser.option("--into", metavar="FOLDER")


class _Command(NamedTuple):
    usage: str
    """How it is typed, for the list at the end of the window's help."""
    add_options: Callable[[Parser], None]


_COMMANDS = {
    "scan": _Command("scan PATH...", _scan),
    "watch": _Command("watch DIR", _watch),
    "prepare": _Command("prepare IN... OUT", _prepare),
    "import": _Command("import F [BATCH]", _import),
    "doctor": _Command("doctor", _doctor),
    "log": _Command("log [BATCH]", _log),
    "models": _Command("models list|verify", _models),
    "menu": _Command("menu install|remove|status", _menu),
    "gpu": _Command("gpu [install FOLDER|remove]", _gpu),
}
COMMANDS = tuple(_COMMANDS)
