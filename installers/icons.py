"""Draw the program's icon in every size that a desktop asks for, as PNG, ICO and ICNS, from the one SVG.

`python -m installers.icons FOLDER` writes `paddlescan-16.png` to `paddlescan-512.png`, `paddlescan.ico` and
`paddlescan.icns`. The pictures are made at build time and not kept: the same SVG gives the same bytes.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from paddlescan.resources_dir import resource

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Of the PNG pictures, in pixels; the folders of the hicolor theme."""
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
"""Inside the ICO: what Explorer asks for at its scales."""


def drawn(size: int) -> Image.Image:
    """The icon as a picture of size by size pixels. Wants a QGuiApplication."""
    canvas = QImage(size, size, QImage.Format.Format_RGBA8888_Premultiplied)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(resource("icons", "paddlescan.svg"))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    canvas.save(held, "PNG")  # type: ignore[call-overload]  # its stubs want the format as bytes, Qt takes a string
    with Image.open(BytesIO(held.data().data())) as picture:
        return picture.convert("RGBA")


def write_icons(folder: Path) -> dict[int, Path]:
    """Write every size and both containers into a folder; the PNG files by their size."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _program = QGuiApplication.instance() or QGuiApplication(["icons"])
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {size: drawn(size) for size in {*SIZES, *ICO_SIZES, 1024}}
    files = {size: folder / f"paddlescan-{size}.png" for size in SIZES}
    for size, file in files.items():
        pictures[size].save(file, optimize=True)
    largest = pictures[1024]
    others = [picture for size, picture in sorted(pictures.items()) if size != 1024]
    largest.save(folder / "paddlescan.ico", sizes=[(size, size) for size in ICO_SIZES], append_images=others)
    largest.save(folder / "paddlescan.icns", append_images=others)
    return files


if __name__ == "__main__":
    write_icons(Path(sys.argv[1]))
