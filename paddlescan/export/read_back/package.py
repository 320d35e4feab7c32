"""What an XLSX is packed in, looked at before it is opened: is it one, is it locked, would it burst?"""

from __future__ import annotations

import io
import zipfile

from paddlescan.errors import TableDamaged, TableKind, TableLocked, TableTooLarge
from paddlescan.export.read_back.limits import MAX_PARTS, MAX_TAGS, MAX_XML_BYTES

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an old workbook begins, and a new one with a password."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20


def check_ole(data: bytes, file: str) -> TableKind | TableLocked:
    """The error of a file that begins as `OLE` does."""
    if _LOCKED in data:
        return TableLocked(file=file)
    return TableKind(file=file)


def check_package(data: bytes, file: str) -> bool:
    """Whether formulas stand in it. Raises TableKind, TableDamaged, TableTooLarge, TableLocked.

    zipfile unpacks no more of a part than its entry says, so the sizes there can be believed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if "xl/workbook.xml" not in package.namelist():
                raise TableKind(file=file)
            xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
            if len(parts) > MAX_PARTS or sum(part.file_size for part in xml) > MAX_XML_BYTES:
                raise TableTooLarge(file=file)
            return True in {_look_into(package, part, file) for part in xml}  # each is looked into
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise TableDamaged(file=file) from None


def _look_into(package: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> bool:
    """Whether a part holds formulas. Raises TableTooLarge if it holds more than any export."""
    tags, formulas, end = 0, False, b""
    with package.open(part) as unpacked:
        while chunk := unpacked.read(_CHUNK):
            tags += chunk.count(b"<")
            if tags > MAX_TAGS:
                raise TableTooLarge(file=file)
            formulas = formulas or any(mark in end + chunk for mark in (b"<f>", b"<f ", b"<f/", b":f>", b":f "))
            end = chunk[-3:]
    return formulas and part.filename.startswith("xl/worksheets/")
