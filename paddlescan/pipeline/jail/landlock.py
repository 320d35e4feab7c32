"""Linux's Landlock by its three system calls: this thread, and all that it starts, loses the rest of the disk.

Source: Linux's Documentation/userspace-api/landlock.rst and include/uapi/linux/landlock.h. Every right that the
running kernel knows is taken away; those that the rules name are given back below the folders they name.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from paddlescan.pipeline.jail.system import allow_no_new_privileges, system_call

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_WHICH_VERSION, _BENEATH = 1, 1

_EXECUTE, _WRITE, _READ, _LIST, _REMOVE_FOLDER, _REMOVE = (1 << n for n in range(6))
_MAKE_DEVICE, _MAKE_FOLDER, _MAKE_FILE, _MAKE_SOCKET, _MAKE_PIPE, _MAKE_DISK, _MAKE_LINK = (
    1 << n for n in range(6, 13)
)
_MOVE, _CUT, _ASK_DEVICE = 1 << 13, 1 << 14, 1 << 15
_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many rights of files each version knows; later ones no more than the last."""
_TCP = 0b11
_SOCKETS_AND_SIGNALS = 0b11

Right = Literal["read", "write", "scratch", "device"]
_RIGHTS: dict[Right, int] = {
    "read": _READ | _LIST,
    "write": _READ | _WRITE | _CUT,
    "scratch": _READ
    | _LIST
    | _WRITE
    | _CUT
    | _REMOVE
    | _REMOVE_FOLDER
    | _MAKE_FOLDER
    | _MAKE_FILE
    | _MAKE_LINK
    | _MOVE,
    "device": _READ | _LIST | _WRITE | _ASK_DEVICE,
}
"""Nobody may start a program: loading a library asks for reading only."""
_OF_FILES = _READ | _WRITE | _CUT | _ASK_DEVICE | _EXECUTE


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be done with a file, or with a folder and all below it."""

    path: Path
    right: Right


def version() -> int:
    """The version of Landlock in this kernel; 0 without it, or where it is switched off or forbidden."""
    return max(0, system_call(_CREATE, None, 0, _WHICH_VERSION))


def enter_landlock(rules: Iterable[Rule]) -> int:
    """Bind the calling thread, for good. Returns the version in force, 0 for none. Raises nothing.

    A path that is not there, or not for us, gets no rule.
    """
    number = version()
    if number == 0 or not allow_no_new_privileges():
        return 0
    handled = (1 << _BY_VERSION[min(number, max(_BY_VERSION))]) - 1
    attributes = struct.pack("=QQQ", handled, _TCP if number >= 4 else 0, _SOCKETS_AND_SIGNALS if number >= 6 else 0)
    known = {1: 8, 2: 8, 3: 8, 4: 16, 5: 16}.get(number, 24)
    ruleset = system_call(_CREATE, attributes[:known], known, 0)
    if ruleset < 0:
        return 0
    try:
        for rule in rules:
            _add(ruleset, rule, handled)
        return number if system_call(_RESTRICT, ruleset, 0) == 0 else 0
    finally:
        os.close(ruleset)


def _add(ruleset: int, rule: Rule, handled: int) -> None:
    try:
        place = os.open(rule.path, os.O_PATH | os.O_CLOEXEC)
    except (OSError, ValueError):
        return
    try:
        rights = _RIGHTS[rule.right] & handled
        if not os.path.isdir(place):  # noqa: PTH112 (a descriptor)
            rights &= _OF_FILES
        system_call(_ADD_RULE, ruleset, _BENEATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
