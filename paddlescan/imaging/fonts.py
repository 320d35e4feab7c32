"""Fonts with Chinese letters, for drawing electronic originals: the system's, since the program ships none."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

log = logging.getLogger(__name__)

Style = Literal["sans", "serif"]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_SIMPLIFIED = 2
"""The simplified Chinese face within the Noto CJK collections; others have theirs first."""
_FILES: dict[Style, tuple[str, ...]] = {
    "serif": ("NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular.otf", "simsun.ttc", "Songti.ttc", "STSong.ttf"),
    "sans": (
        "NotoSansCJK-Regular.ttc",
        "NotoSansCJK-VF.ttc",
        "NotoSansCJKsc-Regular.otf",
        "SourceHanSansSC-Regular.otf",
        "wqy-microhei.ttc",
        "wqy-zenhei.ttc",
        "msyh.ttc",
        "simhei.ttf",
        "PingFang.ttc",
        "Hiragino Sans GB.ttc",
        "STHeiti Light.ttc",
    ),
}


def font(size: int, style: Style = "sans") -> Font:
    """A font of that many pixels, 4 to 400, with Chinese letters where the system has one, else with Latin ones only.

    Never raises; `has_chinese` tells which it is.
    """
    return _loaded(min(max(size, 4), 400), style)


@cache
def has_chinese() -> bool:
    """Whether Chinese letters can be drawn. Where not, a warning says so once, and what is drawn are boxes."""
    found = _place("sans") is not None
    if not found:
        log.warning("no font with Chinese letters is installed: electronic originals are drawn with boxes for them")
    return found


@lru_cache(maxsize=64)
def _loaded(size: int, style: Style) -> Font:
    place = _place(style)
    if place is not None:
        try:
            index = _SIMPLIFIED if "CJK" in place.name and place.suffix == ".ttc" else 0
            return ImageFont.truetype(str(place), size, index=index, layout_engine=ImageFont.Layout.BASIC)
        except OSError:  # a damaged file of the system's
            pass
    return ImageFont.load_default(size)


@cache
def _place(style: Style) -> Path | None:
    """The file of a style, or of the other style where that is all there is."""
    there = {path.name.lower(): path for folder in _folders() for path in _files(folder)}
    other: Style = "sans" if style == "serif" else "serif"
    return next((there[name.lower()] for name in (*_FILES[style], *_FILES[other]) if name.lower() in there), None)


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"))
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in sorted(folder.rglob("*.[ot]t[cf]")))
    except OSError:  # no such folder, or not for us
        return
