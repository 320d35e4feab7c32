"""The GPU package of a packed program: ONNX Runtime for NVIDIA's cards with its libraries, in a folder beside it.

It is a gigabyte and more, and of use on few machines, so it is not inside. Its folder is laid out like `site-packages`
and holds a note of what it was made for; one that was made for another version of the program is not used. An engine
that is to read on the card puts the folder before the program's own modules.
"""

from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from paddlescan.resources_dir import resource

RUNTIME = "onnxruntime-gpu"
NOTE = "paddlescan-gpu.json"


@dataclass(frozen=True, slots=True)
class Locked:
    """A package of the GPU package's lock."""

    name: str
    version: str
    sha256: frozenset[str]
    """Of its wheels, for all systems."""


def lock_file() -> Path:
    """The packages that the GPU package is made of, as pip takes them."""
    return resource("gpu", "requirements.lock")


def locked() -> tuple[Locked, ...]:
    """What the lock names."""
    text = lock_file().read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.finditer(r"^([a-z0-9-]+)==(\S+)(.*)$", text, re.MULTILINE)
    return tuple(Locked(m[1], m[2], frozenset(re.findall(r"sha256:([0-9a-f]{64})", m[3]))) for m in found)


def note() -> Mapping[str, str]:
    """What the note of a package that fits this program says."""
    runtime = next(one for one in locked() if one.name == RUNTIME)
    return {
        RUNTIME: runtime.version,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "system": f"{sys.platform} {platform.machine()}",
    }


def find_package(places: Iterable[Path]) -> Path | None:
    """The first of these folders that holds a GPU package, whether it fits or not."""
    return next((place for place in places if (place / NOTE).is_file()), None)


def fits(folder: Path) -> bool:
    """Whether a GPU package was made for this version of the program, on this kind of machine."""
    try:
        told = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(told == note())


def use(folder: Path) -> None:
    """From now on this process finds ONNX Runtime in the package; for before it is imported."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
