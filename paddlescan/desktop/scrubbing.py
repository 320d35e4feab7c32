"""Takes out of a text what says who somebody is: their home folder, their login name, their computer's name."""

from __future__ import annotations

import getpass
import json
import platform
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from paddlescan.paths import Paths


class Scrubber:
    """Made once for a person, used on many texts."""

    def __init__(self, paths: Paths, home: Path, user: str, host: str) -> None:
        """paths: our folders, which may lie outside the home folder; home, user, host: what is taken out."""
        places = {"config": paths.config, "data": paths.data, "cache": paths.cache, "logs": paths.logs}
        spelled = [(text, f"<{name}>") for name, place in places.items() for text in _spellings(place)]
        spelled += [(text, "~") for text in _spellings(home)]
        spelled.sort(key=lambda pair: len(pair[0]), reverse=True)  # a folder before the one in which it lies
        self._places = [(re.compile(re.escape(text), re.IGNORECASE), mark) for text, mark in spelled]
        self._names = [(_word(name), mark) for name, mark in ((user, "<user>"), (host, "<host>")) if name.strip()]

    def __call__(self, text: str) -> str:
        """The text without them."""
        for pattern, mark in (*self._places, *self._names):
            text = pattern.sub(mark, text)
        return text


def scrubber(paths: Paths) -> Scrubber:
    """For the person who runs this program."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such account, as in some containers
        user = ""
    return Scrubber(paths, Path.home(), user, platform.node())


def _spellings(place: Path) -> Iterable[str]:
    """A folder as it may stand in a text: as it is called, where it leads, with either slash, and as JSON has it."""
    found = {str(place), place.as_posix()}
    with suppress(OSError):
        found.add(str(place.resolve()))
    found |= {json.dumps(text, ensure_ascii=plain)[1:-1] for text in found for plain in (True, False)}
    return {text for text in found if len(text) > 1}  # the root of all folders says nothing of anybody


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
