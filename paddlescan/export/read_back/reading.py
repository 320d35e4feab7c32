"""Any edited export by its content, whatever its name ends in."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from paddlescan.document.source import printable_name
from paddlescan.errors import EmptyFile, NoPermission, TableDamaged, TableKind, TableMissing, TableTooLarge
from paddlescan.export.read_back.csv_sheet import decoded, read_csv
from paddlescan.export.read_back.headers import pairs_of
from paddlescan.export.read_back.json_file import read_json
from paddlescan.export.read_back.limits import MAX_BYTES, MAX_RICH_BYTES, Look, no_look
from paddlescan.export.read_back.package import OLE, ZIP, check_ole
from paddlescan.export.read_back.table import ReadTable
from paddlescan.export.template_files import built_in
from paddlescan.export.templates import Template


def read_table(path: Path, templates: Iterable[Template] = (), look: Look = no_look) -> ReadTable:
    """The rows of an edited export: CSV, XLSX or JSON.

    templates: an office's own, by whose headers it may be made. look: what it raises passes. Raises TableUnknown,
    TableKind, TableDamaged, TableTooLarge, TableLocked, TableMissing, NoPermission, EmptyFile; none quotes the file.
    """
    name = printable_name(path.name)
    known = pairs_of((*built_in(), *templates))
    data = _bytes(path, name)
    if not data.strip():
        raise EmptyFile(file=name)
    if data.startswith(OLE):
        raise check_ole(data, name)
    if data.startswith(ZIP):
        from paddlescan.export.read_back.xlsx_sheet import read_xlsx  # openpyxl takes its time to load

        return read_xlsx(data, name, known, look)
    if data.startswith(b"%PDF"):
        raise TableKind(file=name)
    if text := _json_text(data):
        return read_json(text, name)
    if len(data) > MAX_BYTES:
        raise TableTooLarge(file=name)
    return read_csv(data, name, known, look)


def _bytes(path: Path, name: str) -> bytes:
    """The bytes of a file of bearable size."""
    try:
        if path.exists() and not path.is_file():  # a folder, or something that never ends
            raise TableKind(file=name)
        with path.open("rb") as file:
            head = file.read(64)
            most = MAX_RICH_BYTES if head.startswith(ZIP) or _begins_json(head) else MAX_BYTES
            data = head + file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise TableMissing(file=name) from None
    except PermissionError:
        raise NoPermission(file=name) from None
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            raise NoPermission(file=name) from None
        raise TableDamaged(file=name) from None
    if len(data) > most:
        raise TableTooLarge(file=name)
    return data


def _begins_json(head: bytes) -> bool:
    """Whether a file may be a JSON, in any encoding that an editor saves it in."""
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"{")


def _json_text(data: bytes) -> bytes | None:
    """The bytes of a JSON as UTF-8; None where it is none."""
    if not _begins_json(data[:64]):
        return None
    return data if data.startswith(b"{") and _is_utf8(data) else decoded(data)[0].encode("utf-8", "replace")


def _is_utf8(data: bytes) -> bool:
    if b"\x00" in data[:64]:  # UTF-16
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
