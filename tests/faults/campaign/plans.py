"""What a round does, by its seed and number alone."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

Victim = Literal["window", "command", "engine", "light", "tree"]
Moment = Literal["starting", "reading", "typing", "exporting", "closing", "any write", "any name", "any sync"]
Start = Literal["empty", "half read", "older store"]

CALLS: dict[Moment, str] = {"any write": "write", "any name": "name", "any sync": "sync"}


@dataclass(frozen=True)
class Plan:
    """One round."""

    number: int
    seed: int
    programs: tuple[str, ...]
    """`window`, `command`, or both at once on one store."""
    victim: Victim
    """`window`, `command`: the main process; `tree`: all processes of a program at once."""
    target: str
    """The program whose process it is."""
    moment: Moment
    after: int
    """How many reported things of that kind pass first."""
    delay: float
    """Seconds from then on."""
    call: float
    """0..1: at which of the system calls that an undisturbed run makes."""
    how: str
    """`before`, `half`, `after` that call."""
    start: Start
    deeds: int
    linger: bool
    earlier: bool
    """Whether exports of the same names are there from before."""
    workers: int
    second: float | None
    """Seconds into the recovery at which it is killed, too."""


def plan(seed: int, number: int, calls: bool = True) -> Plan:
    """The round of that number. calls: whether a kill at the N-th system call can be had here."""
    chance = random.Random(f"{seed}/{number}")
    programs = chance.choices((("window",), ("command",), ("window", "command")), (6, 4, 2))[0]
    target = chance.choice(programs)
    victims: list[Victim] = (
        ["window", "engine", "tree", "light"] if target == "window" else ["command", "engine", "tree"]
    )
    victim = chance.choices(victims, [5, 2, 3, 1][: len(victims)])[0]
    moments: dict[Moment, int] = {"starting": 2, "reading": 3, "exporting": 3}
    if target == "window":
        moments |= {"typing": 4, "closing": 2}
    if calls and victim == target:
        moments |= {"any write": 4, "any name": 3, "any sync": 3}
    if victim in ("engine", "light"):
        moments = {"reading": 2, "typing": 1} if target == "window" else {"reading": 1}
    moment = chance.choices(list(moments), list(moments.values()))[0]
    start: Start = "empty"
    if "window" in programs:
        start = chance.choices(("empty", "half read", "older store"), (4, 4, 1))[0]
    widths = {"starting": 1.6, "reading": 0.8, "typing": 0.03, "exporting": 0.25, "closing": 0.15}
    return Plan(
        number,
        seed,
        programs,
        victim,
        target,
        moment,
        chance.randrange(0, {"reading": 5, "typing": 12, "exporting": 5}.get(moment, 1)),
        chance.uniform(0, widths.get(moment, 0.0)),
        chance.random(),
        chance.choice(("before", "half", "after")),
        start,
        chance.randrange(8, 26),
        chance.random() < 0.3 and moment != "closing",
        chance.random() < 0.4,
        chance.choice((1, 1, 2)),
        chance.uniform(0.2, 4.0) if chance.random() < 0.2 else None,
    )
