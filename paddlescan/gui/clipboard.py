"""What lies on the clipboard, or is dragged over the window: files, a picture, or things that are of no use here."""

from __future__ import annotations

import os
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from paddlescan.document.options import Limits

_COPIED_FILES = ("x-special/gnome-copied-files", "x-special/mate-copied-files")
"""Of file managers that say nothing else of what was copied; behind the word "copy" or "cut" a file a line."""
_COPIED_TEXT = "x-special/nautilus-clipboard\n"
"""So Nautilus began the text of what was copied, for some years."""


class NoUse(Exception):
    """There is a picture, and it cannot be taken."""


def on_clipboard() -> QMimeData:
    """What lies there; nothing, where the desktop gives no answer."""
    return QGuiApplication.clipboard().mimeData() or QMimeData()


def urls_of(mime: QMimeData) -> list[QUrl]:
    """Files, folders and whatever else has an address."""
    if found := mime.urls():
        return found
    for kind in _COPIED_FILES:
        if mime.hasFormat(kind):
            return _addresses(bytes(mime.data(kind).data()).split(b"\n")[1:])
    text = mime.text() if mime.hasText() else ""
    if text.startswith(_COPIED_TEXT):
        return _addresses(text.removeprefix(_COPIED_TEXT).encode().split(b"\n")[1:])
    return []


def local_paths(mime: QMimeData) -> list[str]:
    """Absolute paths of the files and folders that something dragged or copied holds; other things are left out."""
    return [path for url in urls_of(mime) if (path := local_path(url))]


def local_path(url: QUrl) -> str:
    """Of a file, as Python knows it: Qt loses what is no text in a name. Empty where it is no file on this computer."""
    if not url.isLocalFile():
        return ""
    path = url.toLocalFile()
    if "\ufffd" not in path or os.name == "nt":
        return path
    return os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))


def picture_of(mime: QMimeData, limits: Limits) -> QImage | None:
    """The picture; None where there is none. Raises NoUse for one that is broken or larger than may be read."""
    if not mime.hasImage():
        return None
    image = QImage(mime.imageData())
    too_large = (
        image.width() * image.height() > limits.max_pixels or max(image.width(), image.height()) > limits.max_side
    )
    if image.isNull() or too_large:
        raise NoUse
    return image


def _addresses(lines: list[bytes]) -> list[QUrl]:
    return [QUrl.fromEncoded(line.strip()) for line in lines if line.strip()]
