"""Makes what every searchable PDF embeds: `python -m tests.samples.text_layer resources/pdf`.

`glyphless.ttf`: a font that draws nothing. Glyph n (from 1) is 50 (n - 1) units wide, of 1,000 to the em, so that the
text layer takes each character's width from a glyph that really has it. Its outline is a line from corner to corner and
back, without area: what readers like PDFium mark is the box around an outline.
`srgb.icc`: the sRGB profile of LittleCMS.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph
from PIL import ImageCms

WIDTHS = range(0, 1001, 50)
NAME = "PaddleScanGlyphless"
A_DAY = 3_850_000_000
"""Seconds since 1904: one moment for all time, or each making would give another file."""


def make_font(path: Path) -> None:
    """Write the font."""
    names = [".notdef", *(f"w{width}" for width in WIDTHS)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    builder.setupGlyf({name: _outline(width) for name, width in zip(names, [500, *WIDTHS], strict=True)})
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in zip(names, [500, *WIDTHS], strict=True)})
    builder.setupHorizontalHeader(ascent=1000, descent=-1)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(sTypoAscender=1000, sTypoDescender=-1, usWinAscent=1000, usWinDescent=1, fsType=0)
    builder.setupPost(keepGlyphNames=False)
    builder.font.recalcTimestamp = False
    builder.font["head"].created = builder.font["head"].modified = A_DAY
    builder.font.save(path)


def _outline(width: int) -> Glyph:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((width, 1000))
    pen.closePath()
    return pen.glyph()


def make_profile(path: Path) -> None:
    """Write the profile, with its date (bytes 24 to 35) and its checksum (84 to 99) set to nothing."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes.fromhex("07ea 0001 0001 0000 0000 0000")
    data[84:100] = bytes(16)
    path.write_bytes(data)


def main(folder: Path) -> None:
    """Write both into the folder."""
    make_font(folder / "glyphless.ttf")
    make_profile(folder / "srgb.icc")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
