"""Linux's system calls by ctypes."""

from __future__ import annotations

import ctypes
import os
from functools import cache

_NO_NEW_PRIVILEGES, _DUMPABLE = 38, 4
_CAPSET = "capset"
_CAPABILITY_VERSION = 0x20080522
_READ_WHATEVER_LIES_THERE = (1 << 1) | (1 << 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: a program of root may lie in another's folder. Landlock goes on holding."""


@cache
def libc() -> ctypes.CDLL:
    """The C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def system_call(number: int, *arguments: int | bytes | None) -> int:
    """The call's answer; -1 and `ctypes.get_errno()` where it fails."""
    call = libc().syscall
    call.restype = ctypes.c_long
    wide = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return int(call(ctypes.c_long(number), *wide))


def allow_no_new_privileges() -> bool:
    """Promise that no program started from here ever gets more rights: what Landlock and seccomp ask for."""
    return _prctl(_NO_NEW_PRIVILEGES, 1)


def forbid_dumps() -> bool:
    """No core file, not even through a program that collects them, and nobody of this user looks into its memory."""
    return _prctl(_DUMPABLE, 0)


def drop_capabilities() -> bool:
    """Give up what root may do but reading files; nothing to give up for anybody else."""
    if os.geteuid() != 0:
        return True
    head = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    held = (ctypes.c_uint32 * 6)()
    if libc().capget(head, held) != 0:
        return False
    left = held[1] & _READ_WHATEVER_LIES_THERE
    return bool(libc().capset(head, (ctypes.c_uint32 * 6)(left, left, 0, 0, 0, 0)) == 0)


def _prctl(option: int, value: int) -> bool:
    zero = ctypes.c_ulong(0)
    return bool(libc().prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero) == 0)
