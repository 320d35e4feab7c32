"""What can be typed, asked of the program's own parsers, for the man page and the shells' completions.

Nothing is written down twice: a new command or option is in the next build.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from paddlescan.cli.parser import command_parser, window_parser
from paddlescan.cli.speaking import Parser
from paddlescan.document import Language


@dataclass(frozen=True)
class Command:
    """One way to call the program: the window (whose name is empty) or a command."""

    name: str
    purpose: str
    arguments: tuple[argparse.Action, ...]
    options: tuple[argparse.Action, ...]


def calls(language: Language) -> tuple[Command, ...]:
    """The window first, then every command."""
    window = window_parser(language)
    commands = _subparsers(command_parser(language))
    found = [_command("", window.description or "", window)]
    found += [_command(name, parser.description or "", parser) for name, parser in commands.choices.items()]
    return tuple(found)


def whole_parser(language: Language) -> Parser:
    """One parser that knows the commands and, beside them, the window's options; for completions only."""
    parser = command_parser(language)
    known = {name for action in _shown(parser) for name in action.option_strings}
    for action in _shown(window_parser(language)):
        if action.option_strings and not known.intersection(action.option_strings):
            parser._add_action(action)
    return parser


def parsers_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from parsers_of(below)


def _command(name: str, purpose: str, parser: argparse.ArgumentParser) -> Command:
    shown = _shown(parser)
    arguments = tuple(action for action in shown if not action.option_strings)
    return Command(name, purpose, arguments, tuple(action for action in shown if action.option_strings))


def _subparsers(parser: argparse.ArgumentParser) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    (found,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return found


def _shown(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.help != argparse.SUPPRESS]
