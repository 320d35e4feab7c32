"""What bash, zsh and fish offer after `paddlescan`, written by shtab from the program's own parsers.

`python -m installers.linux.completions bash|zsh|fish` prints it. shtab knows either commands or files as the first
word, and the program takes both; so what it wrote is mended in a few places, and where one of them has changed, the
build ends.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import shtab

from installers.linux.command_line import parsers_of, whole_parser

SHELLS = {
    "bash": "bash-completion/completions/paddlescan",
    "zsh": "zsh/site-functions/_paddlescan",
    "fish": "fish/vendor_completions.d/paddlescan.fish",
}
"""Where each looks for it, below `share/`."""

_FILES, _FOLDERS = ("F", "PATH", "IN"), ("OUT", "FOLDER", "DIR")
"""Metavars of what is a file or folder, and of what is a folder."""
_NO_BASH = {"bash": ""}  # readline's own completion of names also knows blanks and quotes

_MENDED: dict[str, Sequence[tuple[str, str]]] = {
    "bash": (
        (
            "complete -o bashdefault -F _shtab_paddlescan paddlescan",
            "complete -o bashdefault -o default -F _shtab_paddlescan paddlescan",
        ),
    ),
    "zsh": (
        ("  _describe 'paddlescan commands' _commands\n", "  _describe 'paddlescan commands' _commands\n  _files\n"),
        ('"(*):', '"*:'),  # every word after the first, not the first alone
        ("      case $line[1] in\n", "      case $line[1] in\n        (*/*|*.*) _files ;;\n"),
    ),
    "fish": (
        (
            "complete -c paddlescan -f\n",
            "complete -c paddlescan -f\ncomplete -c paddlescan -n _shtab_paddlescan_using -F\n",
        ),
    ),
}


def completion(shell: str) -> str:
    """The file for a shell."""
    parser = whole_parser("en")
    for one in parsers_of(parser):
        for action in one._actions:
            _tell_files(action)
    written: str = shtab.complete(parser, shell)
    for before, after in _MENDED[shell]:
        if before not in written:
            raise RuntimeError(f"shtab's file for {shell} has changed; look at {before!r}")
        written = written.replace(before, after)
    return "\n".join(line.rstrip() for line in written.splitlines()) + "\n"


def _tell_files(action: argparse.Action) -> None:
    kinds = {**dict.fromkeys(_FILES, shtab.FILE), **dict.fromkeys(_FOLDERS, shtab.DIRECTORY)}
    kind = kinds.get(str(action.metavar))
    if kind is not None:
        action.complete = {**kind, **_NO_BASH}  # type: ignore[attr-defined]


if __name__ == "__main__":
    print(completion(sys.argv[1]), end="")
