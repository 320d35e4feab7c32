"""What the lock files name: packages with versions and hashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

from tests.conftest import ROOT

RUNTIME = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "requirements-dev.lock"
BUILD_ONLY = frozenset({"editables", "hatchling", "pathspec", "pluggy", "tomlkit", "trove-classifiers"})
"""In the runtime lock because a checkout is installed with them; not part of what runs."""


@dataclass(frozen=True)
class Pinned:
    """A line of a lock file."""

    name: str
    version: str
    hashes: int
    marker: str
    """On which systems it is installed; empty: everywhere."""


def normal(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: Path) -> tuple[Pinned, ...]:
    """All packages of a lock file. Raises ValueError for a line that pins none."""
    text = re.sub(r"\\\n", " ", lock.read_text(encoding="utf-8"))
    return tuple(_pinned(line) for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


def _pinned(line: str) -> Pinned:
    head, *hashes = line.split("--hash=")
    wanted = Requirement(head.strip())
    (specifier,) = wanted.specifier
    if specifier.operator != "==" or any(not re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes):
        raise ValueError(f"not pinned: {head}")
    return Pinned(normal(wanted.name), specifier.version, len(hashes), str(wanted.marker or ""))


def installed_with_the_program() -> tuple[Pinned, ...]:
    """What runs on a person's computer; not what would be for a browser only."""
    return tuple(
        one
        for one in pinned(RUNTIME)
        if one.name not in BUILD_ONLY and 'sys_platform == "emscripten"' not in one.marker
    )
