"""The filter of system calls, run instruction by instruction for both machines."""

from __future__ import annotations

import errno
import platform
import re
from pathlib import Path

import pytest

from paddlescan.pipeline.jail.calls import AARCH64, X86_64, allowed_numbers, number_of
from paddlescan.pipeline.jail.seccomp import Instruction, Wanted, program

ALLOW, REFUSE, NOT_THERE = "allow", "refuse", "not there"
ANSWERS = {0x7FFF0000: ALLOW, 0x50000 | errno.EPERM: REFUSE, 0x50000 | errno.ENOSYS: NOT_THERE}
KERNEL_NAMES = {X86_64: 0xC000003E, AARCH64: 0xC00000B7}
PID = 4711
MACHINES = (X86_64, AARCH64)


def run(rules: list[Instruction], machine: int, number: int, arguments: tuple[int, ...] = ()) -> str:
    """What Linux does with such a program (Documentation/networking/filter.rst)."""
    data = {0: number, 4: machine} | {16 + 8 * n: value & 0xFFFFFFFF for n, value in enumerate(arguments)}
    held, at = 0, 0
    for _ in range(len(rules)):
        code, yes, no, value = rules[at]
        at += 1
        if code == 0x06:
            return ANSWERS[value]
        if code == 0x20:
            held = data[value]
            continue
        found = {0x15: held == value, 0x35: held >= value, 0x25: held > value, 0x45: bool(held & value)}[code]
        at += yes if found else no
    raise AssertionError("no answer")


def ask(name: str, number: int, *arguments: int, wanted: Wanted | None = None) -> str:
    return run(program(name, PID, wanted or Wanted()), KERNEL_NAMES[name], number, arguments)


@pytest.mark.parametrize("name", MACHINES)
def test_what_is_on_the_list_is_allowed_and_nothing_else(name: str) -> None:
    looked_at = {number_of(call, name) for call in ("clone", "kill", "tgkill", "prlimit64", "setpriority", "ioctl")}
    looked_at |= {number_of(call, name) for call in ("sched_setaffinity", "prctl", "fcntl", "memfd_create", "mmap")}
    allowed = set(allowed_numbers(name))
    assert not allowed & looked_at
    for number in set(range(600)) - looked_at:
        expected = ALLOW if number in allowed else NOT_THERE if number >= 424 else REFUSE
        assert ask(name, number) == expected, number


@pytest.mark.parametrize("name", MACHINES)
def test_calls_of_another_width_are_refused(name: str) -> None:
    rules = program(name, PID, Wanted())
    assert run(rules, 0x40000003, 0) == REFUSE  # i386
    assert ask(name, 0x40000000) == REFUSE  # x32's read


@pytest.mark.parametrize("name", MACHINES)
@pytest.mark.parametrize(
    ("call", "arguments", "answer"),
    [
        ("mmap", (0, 4096, 3, 0x22), ALLOW),
        ("mmap", (0, 4096, 3, 0x02), ALLOW),  # a library
        ("mmap", (0, 4096, 3, 0x01), ALLOW),  # a file
        ("mmap", (0, 4096, 3, 0x21), REFUSE),
        ("mmap", (0, 4096, 3, 0x4023), REFUSE),
        ("clone", (0x3D0F00,), ALLOW),  # what pthread_create asks for
        ("clone", (17,), REFUSE),  # fork
        ("clone", (0x4111,), REFUSE),  # vfork
        ("clone", (0x10000 | 0x10000000,), REFUSE),  # a thread in a user space of its own
        ("kill", (PID, 9), ALLOW),
        ("kill", (PID + 1, 9), REFUSE),
        ("kill", (-1, 9), REFUSE),
        ("kill", (0, 9), REFUSE),
        ("tgkill", (PID, 5, 6), ALLOW),
        ("tgkill", (1, 1, 9), REFUSE),
        ("prlimit64", (0, 0), ALLOW),
        ("prlimit64", (1, 0), REFUSE),
        ("setpriority", (0, 0, 5), ALLOW),
        ("setpriority", (0, 77, 5), REFUSE),
        ("setpriority", (2, 0, 5), REFUSE),  # all of a user's
        ("ioctl", (0, 0x5401), ALLOW),
        ("ioctl", (0, 0x5412), REFUSE),
        ("ioctl", (0, 0x40086602), REFUSE),  # the attributes of a file
        ("fcntl", (3, 3), ALLOW),
        ("fcntl", (3, 8, 1), REFUSE),  # signals to another
        ("prctl", (15, 0), ALLOW),
        ("prctl", (35, 0), REFUSE),  # memory maps
        ("memfd_create", (0, 0), REFUSE),
        ("sched_setaffinity", (1, 0), REFUSE),
    ],
)
def test_calls_that_are_looked_at(name: str, call: str, arguments: tuple[int, ...], answer: str) -> None:
    assert ask(name, number_of(call, name), *arguments) == answer


@pytest.mark.parametrize("name", MACHINES)
def test_a_graphics_card_is_spoken_to_but_no_terminal(name: str) -> None:
    card = Wanted(graphics=True)
    ioctl = number_of("ioctl", name)
    assert ask(name, ioctl, 5, 0xC020462A, wanted=card) == ALLOW
    assert ask(name, ioctl, 0, 0x5412, wanted=card) == REFUSE
    assert ask(name, ioctl, 0, 0x541C, wanted=card) == REFUSE
    assert ask(name, number_of("memfd_create", name), wanted=card) == ALLOW


@pytest.mark.parametrize("name", MACHINES)
def test_no_jump_is_longer_than_a_byte_and_the_kernel_takes_the_length(name: str) -> None:
    rules = program(name, PID, Wanted())
    assert len(rules) <= 4096
    assert all(0 <= yes < 256 and 0 <= no < 256 for _, yes, no, _ in rules)


def test_the_numbers_are_this_systems() -> None:
    headers = {"x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")}
    header = headers.get(platform.machine())
    if header is None or not header.exists():
        pytest.skip("the kernel's headers are not installed, or of another machine")
    from paddlescan.pipeline.jail import calls

    known = {m[1]: int(m[2]) for m in re.finditer(r"#define __NR_(\w+) (\d+)", header.read_text())}
    ours = {**calls._parsed(calls._TABLE, X86_64), **calls._parsed(calls._LOOKED_AT, X86_64)}
    younger = {"map_shadow_stack", "mseal", "futex_wake", "futex_wait", "futex_requeue"}
    assert {call: number for call, number in ours.items() if known.get(call) != number}.keys() <= younger
