"""A filter of system calls for this process, written for Linux's seccomp; ctypes only.

What is not on the list of `calls` is refused: with EPERM where every Linux has it, so that a library hears "you may
not", and with ENOSYS where it is younger than 2019, so that glibc falls back on the older call (`clone3` on `clone`,
whose flags can be looked at). Source of the rules' form: Linux's Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from paddlescan.pipeline.jail.calls import AARCH64, X86_64, allowed_numbers, number_of
from paddlescan.pipeline.jail.system import allow_no_new_privileges, system_call

Instruction = tuple[int, int, int, int]
"""Operation, jump if true, jump if false, constant."""

_LOAD, _EQUAL, _AT_LEAST, _ABOVE, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x25, 0x45, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16
_REFUSE, _NOT_THERE = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS

_MACHINES = {X86_64: (0xC000003E, 317), AARCH64: (0xC00000B7, 277)}
"""What the kernel calls the machine, and the number of `seccomp`."""
_YOUNG = 424
"""From here on all machines number alike; the first of these came with Linux 5.1."""
_X32 = 0x40000000
_SET_FILTER, _ALL_THREADS, _AS_FAST_AS_BEFORE = 1, 1, 4

_NEW_SPACES = 0x7E020080
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET and NEWTIME."""
_THREAD = 0x00010000
_TERMINAL_SIZE, _TERMINAL_MODE, _WAITING, _NOT_WAITING, _CLOSED_ON_EXEC = (
    0x5413,
    0x5401,
    0x541B,
    0x5421,
    (0x5450, 0x5451),
)
_TERMINAL_TYPES, _TERMINAL_PASTES = 0x5412, 0x541C
"""TIOCSTI and TIOCLINUX type into somebody's terminal."""
_OWN_FILES = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1031, 1032, 1034)
"""fcntl: copies, flags, locks, the size of a pipe; nothing that sends signals or takes leases."""
_SHARED, _OF_NO_FILE = 0x01, 0x20
_ABOUT_ITSELF = (1, 2, 3, 4, 15, 16, 21, 23, 29, 30, 38, 39, 41, 42, 0x53564D41)
"""prctl: names, dumps, timers, what it may; nothing of memory maps, other processes or further filters."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filter leaves open besides the list."""

    graphics: bool = False
    """A graphics card is asked by `ioctl` of its driver's own."""


def machine() -> str | None:
    """The name of this machine if we know its numbers."""
    name = platform.machine()
    name = AARCH64 if name == "arm64" else name
    return name if name in _MACHINES and struct.calcsize("P") == 8 else None


def enter_filter(wanted: Wanted) -> bool:
    """Put all threads of this process behind the filter, for good. False where this system has none for us."""
    here = machine()
    if here is None or not allow_no_new_privileges():
        return False
    rules = program(here, os.getpid(), wanted)
    code = b"".join(struct.pack("=HBBI", *rule) for rule in rules)
    held = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("HxxxxxxP", len(rules), ctypes.addressof(held))
    for flags in (_ALL_THREADS | _AS_FAST_AS_BEFORE, _ALL_THREADS):  # the second for Linux before 4.17
        if system_call(_MACHINES[here][1], _SET_FILTER, flags, head) == 0:
            return True
    return False


def program(name: str, pid: int, wanted: Wanted) -> list[Instruction]:
    """The filter as instructions. name: of the machine. pid: the one process that may be sent a signal."""
    rules: list[Instruction] = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, _MACHINES[name][0]),
        (_RETURN, 0, 0, _REFUSE),  # 32-bit calls have other numbers
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _REFUSE),
    ]
    for call, block in _looked_at(pid, wanted).items():
        rules += [(_EQUAL, 0, len(block), number_of(call, name)), *block]
    for first, last in _runs(allowed_numbers(name)):
        rules += [(_AT_LEAST, 0, 2, first), (_ABOVE, 1, 0, last), (_RETURN, 0, 0, _ALLOW)]
    return [*rules, (_AT_LEAST, 0, 1, _YOUNG), (_RETURN, 0, 0, _NOT_THERE), (_RETURN, 0, 0, _REFUSE)]


def _looked_at(pid: int, wanted: Wanted) -> dict[str, list[Instruction]]:
    """A block for each call that depends on what it is given; each ends in an answer."""
    ioctl = [
        *_answer_if(1, (_TERMINAL_TYPES, _TERMINAL_PASTES), _REFUSE),
        *(
            []
            if wanted.graphics
            else _unless(1, (_TERMINAL_SIZE, _TERMINAL_MODE, _WAITING, _NOT_WAITING, *_CLOSED_ON_EXEC))
        ),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return {
        "mmap": [(_RETURN, 0, 0, _ALLOW)] if wanted.graphics else _no_shared_memory(),
        "clone": [
            (_LOAD, 0, 0, _ARGUMENTS),
            (_ANY_BIT, 2, 0, _NEW_SPACES),
            (_ANY_BIT, 0, 1, _THREAD),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        ],
        "kill": _only(0, (pid,)),
        "tgkill": _only(0, (pid,)),
        "prlimit64": _only(0, (0, pid)),
        "setpriority": [*_unless(0, (0,)), *_only(1, (0,))],
        "sched_setaffinity": [(_RETURN, 0, 0, _ALLOW)] if wanted.graphics else _only(0, (0, pid)),
        "ioctl": ioctl,
        "prctl": _only(0, _ABOUT_ITSELF),
        "fcntl": _only(1, _OWN_FILES),
        "memfd_create": [(_RETURN, 0, 0, _ALLOW if wanted.graphics else _REFUSE)],
    }


def _no_shared_memory() -> list[Instruction]:
    """Refuse MAP_SHARED with MAP_ANONYMOUS: memory that no limit of the kernel counts. Nobody shares with a child."""
    return [
        (_LOAD, 0, 0, _ARGUMENTS + 8 * 3),
        (_ANY_BIT, 0, 2, _OF_NO_FILE),
        (_ANY_BIT, 0, 1, _SHARED),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _answer_if(argument: int, values: Sequence[int], answer: int) -> list[Instruction]:
    """Answer if the argument's lower half is one of these; else go on."""
    tests = [(_EQUAL, len(values) - n - 1, 1 if n == len(values) - 1 else 0, value) for n, value in enumerate(values)]
    return [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument), *tests, (_RETURN, 0, 0, answer)]


def _unless(argument: int, values: Sequence[int]) -> list[Instruction]:
    """Refuse unless the argument's lower half is one of these; else go on."""
    tests = [(_EQUAL, len(values) - n, 0, value) for n, value in enumerate(values)]
    return [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument), *tests, (_RETURN, 0, 0, _REFUSE)]


def _only(argument: int, values: Sequence[int]) -> list[Instruction]:
    return [*_unless(argument, values), (_RETURN, 0, 0, _ALLOW)]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Consecutive numbers as first and last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs
