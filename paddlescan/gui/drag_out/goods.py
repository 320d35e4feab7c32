"""What pages and rows are to other programs, on the clipboard and under the mouse: files, text, cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from paddlescan.store import PageRow, Store

COPIED_FILES = "x-special/gnome-copied-files"
"""By this, GNOME's, MATE's, Cinnamon's and Xfce's file managers know that files are to be copied, not moved."""
CUT_FILES = "application/x-kde-cutselection"
"""The same for KDE's: "0" is a copy."""
MOST_TEXTS = 500
"""Pages of which the text goes along; the store's desk has other things to do, too."""


def source_urls(rows: Iterable[PageRow]) -> list[QUrl]:
    """The source files of some pages, each once, in their order. Whether they are still there is not looked at: their
    disk may be one that hangs."""
    files = dict.fromkeys(row.ref.source.path for row in rows)
    return [QUrl.fromEncoded(Path(file).as_uri().encode()) for file in files]  # a name need not be text


def page_texts(store: Store, page_ids: Sequence[int]) -> str:
    """What was read on some pages, a line a line, an empty one between two pages; for the first of them, if many."""
    texts = []
    for page_id in page_ids[:MOST_TEXTS]:
        result = store.page_result(page_id)
        if result is not None:
            lines = [line.text for receipt in result.receipts for line in receipt.lines]
            texts.append("\n".join(lines))
    return "\n\n".join(text for text in texts if text)


def names(rows: Iterable[PageRow]) -> str:
    """The names of the files of some pages, a line each: what stands for their text until that is known."""
    return "\n".join(dict.fromkeys(row.ref.source.name.rsplit("/", 1)[-1] for row in rows))


def carried_files(urls: Sequence[QUrl], text: str) -> QMimeData:
    """Files under the mouse; where somebody takes no files, a text."""
    mime = QMimeData()
    mime.setUrls(urls)
    mime.setText(text)
    return mime


def copied_files(urls: Sequence[QUrl], text: str) -> QMimeData:
    """The same for the clipboard, from where a file manager might move them if it were not told."""
    mime = carried_files(urls, text)
    spelt = [bytes(url.toEncoded().data()) for url in urls]
    mime.setData(COPIED_FILES, b"\n".join([b"copy", *spelt]))
    mime.setData(CUT_FILES, b"0")
    return mime


def carried_text(text: str) -> QMimeData:
    """Rows under the mouse: cells with tabs between them."""
    mime = QMimeData()
    mime.setText(text)
    return mime
