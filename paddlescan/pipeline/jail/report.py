"""Which rules are in force in a child, as it says itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Jail:
    """What holds a child. The default: nothing does."""

    landlock: int = 0
    """The version of Landlock that keeps it from files, sockets and signals; 0 for none."""
    calls: bool = False
    """Whether system calls are filtered (seccomp): no socket, no program, no other process."""
    limits: bool = False
    """Whether memory, file size, open files and processor time are limited (POSIX)."""
    job: bool = False
    """Whether it lives in a job object (Windows)."""
    descriptors: bool = False
    """Whether it gets source files as open descriptors, and opens none itself."""
    graphics: bool = False
    """Whether a graphics card is left open to it."""
    switched_off: bool = False
    """By PADDLESCAN_JAIL=off."""


NO_JAIL = Jail()
