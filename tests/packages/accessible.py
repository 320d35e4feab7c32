"""Where a thing with a name is on the screen, as a screen reader learns it. Run by the system's Python, which has `gi`.

python3 accessible.py PROGRAM NAME      prints "x y width height" of what is seen, nothing if there is no such thing
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


def things(thing: Any, depth: int = 0) -> Iterator[Any]:
    """A thing and what is in it; what vanishes meanwhile is passed over."""
    yield thing
    with suppress(GLib.Error):
        for number in range(min(thing.get_child_count(), 60) if depth < 25 else 0):
            child = thing.get_child_at_index(number)
            if child is not None:
                yield from things(child, depth + 1)


def place_of(thing: Any) -> tuple[int, int, int, int] | None:
    """X, y, width and height on the screen; None if it is not shown."""
    box = thing.get_extents(Atspi.CoordType.SCREEN)
    shown = thing.get_state_set().contains(Atspi.StateType.SHOWING)
    return (box.x, box.y, box.width, box.height) if shown and min(box.x, box.y, box.width, box.height) >= 0 else None


def is_called(thing: Any, name: str) -> bool:
    """Whether it has a name, or one that begins so."""
    said = thing.get_name() or ""
    return any(said.startswith(one[:-1]) if one.endswith("*") else said == one for one in name.split("|"))


def main(program: str, name: str) -> None:
    """Print the place of the first."""
    for application in things(Atspi.get_desktop(0), 24):
        if program.lower() in (application.get_name() or "").lower():
            for thing in things(application):
                with suppress(GLib.Error):
                    place = place_of(thing) if is_called(thing, name) else None
                    if place is not None:
                        print(*place)
                        return


if __name__ == "__main__":
    main(*sys.argv[1:])
