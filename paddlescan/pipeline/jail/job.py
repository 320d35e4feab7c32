"""Windows: a job object around a child, which then starts nothing, takes no more memory, and ends with its owner.

Not run where this was written, which has no Windows: kept to the documented calls (learn.microsoft.com, "Job Objects",
`SetInformationJobObject`, `JOBOBJECT_EXTENDED_LIMIT_INFORMATION`, `JOBOBJECT_BASIC_UI_RESTRICTIONS`).
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from ctypes import c_int, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any

_ACTIVE_PROCESSES, _PROCESS_MEMORY, _NO_ERROR_WINDOW, _KILL_ON_CLOSE = 0x8, 0x100, 0x400, 0x2000
_FLAGS = _ACTIVE_PROCESSES | _PROCESS_MEMORY | _NO_ERROR_WINDOW | _KILL_ON_CLOSE
_EXTENDED_LIMITS, _UI_RESTRICTIONS = 9, 4
_ALL_OF_THE_DESKTOP = 0xFF
"""Handles, clipboard (read, write), system parameters, display settings, atoms, desktops, leaving Windows."""


class _Basic(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", c_int64),
        ("PerJobUserTimeLimit", c_int64),
        ("LimitFlags", c_uint32),
        ("MinimumWorkingSetSize", c_size_t),
        ("MaximumWorkingSetSize", c_size_t),
        ("ActiveProcessLimit", c_uint32),
        ("Affinity", c_size_t),
        ("PriorityClass", c_uint32),
        ("SchedulingClass", c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _Basic),
        ("IoInfo", c_uint64 * 6),
        ("ProcessMemoryLimit", c_size_t),
        ("JobMemoryLimit", c_size_t),
        ("PeakProcessMemoryUsed", c_size_t),
        ("PeakJobMemoryUsed", c_size_t),
    )


class Job:
    """A job with one child in it. Closing it, or the end of this program, ends the child."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def close(self) -> None:
        """End what is left in the job. Once."""
        if sys.platform == "win32":
            _kernel().CloseHandle(c_void_p(self._handle))


def put_in_job(process: subprocess.Popen[bytes], memory_bytes: int) -> Job | None:
    """Put a child in a job of its own; None where there are no jobs, or Windows refuses.

    memory_bytes: what one process may commit. A program packed into one file starts itself a second time, so two
    processes are allowed there.
    """
    if sys.platform != "win32":
        return None
    kernel = _kernel()
    handle = kernel.CreateJobObjectW(None, None)
    if not handle:
        return None
    limits = _Extended()
    limits.BasicLimitInformation.LimitFlags = _FLAGS
    limits.BasicLimitInformation.ActiveProcessLimit = 2 if hasattr(sys, "_MEIPASS") else 1
    limits.ProcessMemoryLimit = memory_bytes
    desktop = c_uint32(_ALL_OF_THE_DESKTOP)
    held = (
        kernel.SetInformationJobObject(c_void_p(handle), _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        and kernel.SetInformationJobObject(c_void_p(handle), _UI_RESTRICTIONS, ctypes.byref(desktop), 4)
        and kernel.AssignProcessToJobObject(c_void_p(handle), c_void_p(int(vars(process)["_handle"])))
    )
    if not held:
        kernel.CloseHandle(c_void_p(handle))
        return None
    return Job(handle)


def is_in_job() -> bool:
    """Whether this process is in a job with our limits."""
    if sys.platform != "win32":
        return False
    limits = _Extended()
    size = ctypes.sizeof(limits)
    if not _kernel().QueryInformationJobObject(None, _EXTENDED_LIMITS, ctypes.byref(limits), size, None):
        return False
    return bool(limits.BasicLimitInformation.LimitFlags & _FLAGS == _FLAGS)


def _kernel() -> Any:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = c_void_p
    kernel.CreateJobObjectW.argtypes = (c_void_p, c_void_p)
    kernel.SetInformationJobObject.argtypes = (c_void_p, c_int, c_void_p, c_uint32)
    kernel.QueryInformationJobObject.argtypes = (c_void_p, c_int, c_void_p, c_uint32, c_void_p)
    kernel.AssignProcessToJobObject.argtypes = (c_void_p, c_void_p)
    kernel.CloseHandle.argtypes = (c_void_p,)
    return kernel
