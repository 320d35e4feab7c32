"""What is put into the menus of file managers: two entries, their words, the files they are for. Data, no writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from paddlescan.document import Language

Command = tuple[str, ...]
"""How the program is started: mostly one absolute path; in a checkout, with what Python needs to find it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu."""

    key: str
    """Its name in files and registries; never translated."""
    arguments: tuple[str, ...]
    """What the program is called with; the paths follow."""
    english: str
    chinese: str
    english_tip: str
    chinese_tip: str

    def label(self, language: Language) -> str:
        """As a person reads it."""
        return self.chinese if language == "zh" else self.english

    def tip(self, language: Language) -> str:
        """What it does, in a sentence."""
        return self.chinese_tip if language == "zh" else self.english_tip


OPEN: Final = Entry(
    "open",
    ("--",),
    "Scan with Paddle",
    "用 Paddle 扫描",
    "Read these receipts and check them in PaddleScan",
    "识别这些票据，并在 PaddleScan 中核对",
)
CSV: Final = Entry(
    "csv",
    ("scan", "--beside", "--notify", "--"),
    "Scan with Paddle to CSV",
    "用 Paddle 扫描为 CSV",
    "Read these receipts into a table beside them, without a window",
    "不打开窗口，将这些票据识别为旁边的一个表格",
)
ENTRIES: Final = (OPEN, CSV)

CHINESE_LOCALES: Final = ("zh", "zh_CN", "zh_SG", "zh_TW", "zh_HK")
"""As desktop files name them; some desktops want the exact one, others the language alone."""

_TYPES: Final = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg jpeg jpe jfif mpo",
    "image/png": "png",
    "image/tiff": "tif tiff",
    "image/bmp": "bmp dib",
    "image/x-bmp": "bmp",
    "image/x-ms-bmp": "bmp",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/jp2": "jp2",
    "image/jpx": "jpx jpf",
    "image/x-jp2-codestream": "j2k j2c",
    "image/heif": "heic heif hif",
    "image/heic": "heic",
    "image/avif": "avif",
    "image/x-portable-anymap": "pnm",
    "image/x-portable-bitmap": "pbm",
    "image/x-portable-graymap": "pgm",
    "image/x-portable-pixmap": "ppm",
    "application/ofd": "ofd",
    "application/xml": "xml",
    "text/xml": "xml",
}
MIME_TYPES: Final = tuple(_TYPES)
"""Of the files that the program opens; electronic invoices (OFD, XML) among them."""
EXTENSIONS: Final = tuple(dict.fromkeys(name for names in _TYPES.values() for name in names.split()))
"""The same by the ends of their names, lower case."""
FOLDER_TYPE: Final = "inode/directory"
