"""What was typed and is not there: the nearest that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from paddlescan.cli.named_paths import is_missing
from paddlescan.cli.parser import COMMANDS, first_word
from paddlescan.cli.speaking import nearest
from paddlescan.document import Language
from paddlescan.words import say, together

_COMMAND = re.compile(r"[A-Za-z]+")
"""What looks like a command: neither a path nor the name of a file."""


def mistyped_command(argv: Sequence[str], language: Language) -> str | None:
    """What to say where these arguments begin with a command that is not there; None where they do not, as they are
    paths for the window. argv: no command's, see `parser.wants_command_line`."""
    word = first_word(argv)
    if not _COMMAND.fullmatch(word) or not is_missing(word):
        return None
    found = nearest(word.lower(), COMMANDS)
    if found is not None:
        help_ = say("command_nearest", language, command=found)
    else:
        help_ = say("command_list", language, commands=_listed(COMMANDS, language))
    return together(say("command_unknown", language, word=word), help_)


def _listed(names: Iterable[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(names)
