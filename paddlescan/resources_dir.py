"""Where the bundled resources are: in a checkout, in an installed wheel, in a frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """The folder `resources/`. Raises FileNotFoundError if the program was installed without it."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [package / "_resources", package.parent / "resources"]
    if frozen:
        places.insert(0, Path(frozen) / "resources")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError("PaddleScan's resources folder is missing; install it again")


def manual_folder() -> Path:
    """The folder with `manual_en.md`, `manual_zh.md` and their pictures: packed with the resources, else `docs/`."""
    packed = resources_folder() / "manual"
    return packed if packed.is_dir() else resources_folder().parent / "docs"


def resource(*parts: str) -> Path:
    """The path of one bundled file or folder, e.g. `resource("schema", "paddlescan-1.json")`."""
    return resources_folder().joinpath(*parts)
