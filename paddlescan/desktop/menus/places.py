"""Where a desktop looks for what is added to its file managers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one user, and those of the system, the nearest first."""

    data_home: Path
    config_home: Path
    data_dirs: tuple[Path, ...]
    config_dirs: tuple[Path, ...]

    @classmethod
    def of(cls, environment: Mapping[str, str], home: Path) -> Places:
        """What the environment says; where it says nothing, or nothing usable, what the XDG base directories are."""
        return cls(
            _one(environment, "XDG_DATA_HOME", home / ".local" / "share"),
            _one(environment, "XDG_CONFIG_HOME", home / ".config"),
            _many(environment, "XDG_DATA_DIRS", "/usr/local/share:/usr/share"),
            _many(environment, "XDG_CONFIG_DIRS", "/etc/xdg"),
        )


def _one(environment: Mapping[str, str], name: str, usual: Path) -> Path:
    said = environment.get(name, "")
    return Path(said) if Path(said).is_absolute() else usual  # a relative one is to be ignored, says the standard


def _many(environment: Mapping[str, str], name: str, usual: str) -> tuple[Path, ...]:
    said = [part for part in environment.get(name, "").split(os.pathsep) if Path(part).is_absolute()]
    return tuple(map(Path, said or usual.split(":")))
