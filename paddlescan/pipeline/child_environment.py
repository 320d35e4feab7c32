"""Which variables of the environment a child gets: those that say where libraries lie, how to speak and what to spare.

All others stay here. A password or an access token in the environment is for the program that was started with it, not
for whoever takes a decoder over.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

_NAMES = frozenset(
    (
        # Places: the home folder is what the jail keeps shut, and where fonts and packages of a user lie
        *("HOME", "TMPDIR", "TMP", "TEMP", "LOCALE_ARCHIVE", "FONTCONFIG_PATH", "FONTCONFIG_FILE"),
        # Language and time
        *("LANG", "LANGUAGE", "TZ", "TZDIR"),
        # Our own
        "PADDLESCAN_JAIL",
        # Graphics cards; `NVIDIA_` alone would let its keys through
        *("NVIDIA_VISIBLE_DEVICES", "NVIDIA_DRIVER_CAPABILITIES", "NVIDIA_TF32_OVERRIDE", "NVIDIA_REQUIRE_CUDA"),
        # Memory of the C library
        *("GLIBC_TUNABLES", "MALLOC_ARENA_MAX"),
        # Starters of Python
        *("__PYVENV_LAUNCHER__", "_MEIPASS2"),
    )
)
_BEGINNINGS = (
    *("LC_", "LD_", "DYLD_", "PYTHON", "_PYI_"),
    *("ORT_", "OMP_", "KMP_", "GOMP_", "MKL_", "OPENBLAS_", "NUMEXPR_", "CUDA_", "CUDNN_", "FLAGS_", "GLOG_"),
)
_WINDOWS = frozenset(
    (
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATH", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
        *("PROGRAMDATA", "ALLUSERSPROFILE", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"),
    )
)
"""Libraries are looked for along PATH there."""


def child_environment(own: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Of these variables, those that a child gets."""
    return {name: value for name, value in own.items() if _is_let(name)}


def _is_let(name: str) -> bool:
    return name in _NAMES or name.startswith(_BEGINNINGS) or (sys.platform == "win32" and name in _WINDOWS)
