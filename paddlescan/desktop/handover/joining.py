"""Which calls belong together: a file manager may start the program once for each file that a person selected.

What comes within TOGETHER_S of the call before it is one selection. Its calls are put into the natural order of their
paths (2 before 10), for they come in any; within a call the order is the sender's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from paddlescan.desktop.handover.wire import Message
from paddlescan.pipeline.intake import NaturalKey, natural_key

TOGETHER_S: Final = 2.0
ALONE_S: Final = 1.0
"""A window waits only so long where one call came and no other: most file managers say all in one call, and those that
do not begin the next one before the first is done. One that comes later all the same goes into the same batch, behind
it."""
LONGEST_S: Final = 180.0
"""A stream of calls that does not end is cut after so long."""


Calls = Sequence[tuple[float, Message]]
"""Messages, each with the moment at which it came, on the clock of `time.monotonic`."""


def settled_in(calls: Calls, now: float, alone_s: float = TOGETHER_S) -> float:
    """Seconds until what has come is whole, 0 if it is. Who brings no paths is not waited for.

    alone_s: how long one call is waited for that no other follows.
    """
    times = [moment for moment, message in calls if message.paths]
    if not times:
        return 0.0
    quiet = TOGETHER_S if len(times) > 1 else alone_s
    return max(0.0, min(max(times) + quiet, min(times) + LONGEST_S) - now)


def selections(calls: Calls) -> list[tuple[str, ...]]:
    """The paths of each selection, in the order in which the selections came."""
    groups: list[list[Message]] = []
    last = float("-inf")
    for moment, message in calls:
        if not message.paths:
            continue
        if moment - last >= TOGETHER_S:
            groups.append([])
        groups[-1].append(message)
        last = moment
    ordered = (sorted(group, key=_place) for group in groups)
    return [tuple(path for message in group for path in message.paths) for group in ordered]


def _place(message: Message) -> tuple[NaturalKey, ...]:
    return tuple(natural_key(part) for part in Path(message.paths[0]).parts)
