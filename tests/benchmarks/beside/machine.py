"""What a benchmark ran on, in words: a figure without its machine says nothing."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

import psutil

VECTORS = (
    ("avx2", "AVX2"),
    ("avx512f", "AVX-512"),
    ("avx_vnni", "AVX-VNNI"),
    ("avx512_vnni", "AVX-512 VNNI"),
    ("amx_int8", "AMX int8"),
    ("asimddp", "dot product"),
)
"""Flags of the processor that decide how fast models run, and what people call them."""


def vectors() -> tuple[str, ...]:
    """Those of the flags that this processor has; none where the system does not tell."""
    flags = _cpu("flags").split() or _cpu("Features").split()
    return tuple(name for flag, name in VECTORS if flag in flags)


def has_vnni() -> bool:
    """Whether the processor multiplies 8-bit numbers faster than floating-point ones."""
    return any("VNNI" in name or "AMX" in name for name in vectors())


def describe() -> str:
    """Processor, flags, cores, memory, system."""
    name = _cpu("model name") or platform.processor() or platform.machine()
    has = vectors()
    lacks = "" if has_vnni() or not has else ", no VNNI"
    memory = psutil.virtual_memory().total / 2**30
    said = f"{name} ({', '.join(has) or 'vector instructions unknown'}{lacks})"
    return (
        f"{said}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release().split('-')[0]},"
        f" Python {platform.python_version()}"
    )


def _cpu(key: str) -> str:
    if sys.platform != "linux":
        return ""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return ""
