"""Shared storage by addresses (`s3://`, `smb://`, ...): what lies there, and one file of it fetched.

The only importer of fsspec, which brings in the package that knows a kind of storage when it is first asked for it.
What such a package says of an error may quote names, so only the kind of the error is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from paddlescan.disk import wants_room
from paddlescan.document import Limits, SourceFile
from paddlescan.document.source import printable_name
from paddlescan.errors import (
    DiskFull,
    FileVanished,
    NoPermission,
    PaddleScanError,
    StorageAddress,
    StorageFails,
    StorageMissing,
    TooLarge,
)
from paddlescan.pipeline.intake import EXTENSIONS, IntakeProblem, natural_key

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # two letters and more: C:// is a disk
_STAMPS = (
    *("etag", "last-modified", "lastmodified", "last_modified", "last_write_time", "mtime", "modified", "updated"),
    *("generation", "content-md5", "digest"),
)
"""What kinds of storage call that by which a file that was written anew is known."""


def is_url(path: str) -> bool:
    """Whether this names something in shared storage rather than a file of this system."""
    return _SCHEME.match(path) is not None and not path.lower().startswith(("file:", "local:"))


def walk_storage(url: str) -> Iterator[SourceFile | IntakeProblem]:
    """The file at an address, or the files below it, as `intake.walk` gives those of a folder.

    Raises StorageAddress, StorageMissing.
    """
    files, place = _filesystem(url)
    root = url.rstrip("/")
    name = PurePosixPath(urlsplit(root).path).name or urlsplit(root).netloc
    try:
        with _told(printable_name(name)):
            if files.isfile(place) and not url.endswith("/"):
                found: list[str] = [""]
            else:
                base = str(files._strip_protocol(place)).rstrip("/")
                below = (str(path)[len(base) :].strip("/") for path in files.find(place))
                found = sorted(filter(_is_wanted, below), key=_in_order)
                if not found and not files.exists(place):
                    raise FileVanished(file=printable_name(name))
    except PaddleScanError as error:
        yield IntakeProblem(_source(root, name), error.failure)
        return
    for path in found:
        yield _source(f"{root}/{path}", f"{name}/{path}") if path else _source(root, name)


def fetch(source: SourceFile, target: Path, limits: Limits) -> None:
    """A file from shared storage, whole, into a new one here. Raises PaddleScanError kinds about the file."""
    files, place = _filesystem(source.path)
    with _told(source.name):
        size = files.info(place).get("size")
        if not isinstance(size, int) or size <= limits.max_file_bytes:
            files.get_file(place, str(target))
            size = target.stat().st_size
        if size > limits.max_file_bytes:
            raise TooLarge(file=source.name, detail=f"{size / 1e6:.0f} MB")


def touch(source: SourceFile) -> int | None:
    """Read the first byte. Returns the size in bytes, None where the storage does not say it. Raises PaddleScanError
    kinds about the file."""
    files, place = _filesystem(source.path)
    with _told(source.name):
        with files.open(place, "rb") as file:
            file.read(1)
        size = files.info(place).get("size")
        return size if isinstance(size, int) else None


def stamp(source: SourceFile) -> str | None:
    """What tells whether the file was written anew since; None where its storage does not say. Raises as `fetch`."""
    files, place = _filesystem(source.path)
    with _told(source.name):
        info = {str(key).lower(): value for key, value in files.info(place).items()}
    told = [f"{key}={info[key]}" for key in _STAMPS if info.get(key) is not None]
    return f"{info.get('size')} {told}" if told else None


def _filesystem(url: str) -> tuple[Any, str]:
    """The storage of an address, and what it calls the place. Raises StorageAddress, StorageMissing."""
    from fsspec.core import url_to_fs

    shown = printable_name(url)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise StorageAddress(file=shown) from error
    if "::" in url or parts.password or not parts.netloc:
        raise StorageAddress(file=shown.replace(parts.password, "…") if parts.password else shown)
    try:
        files, place = url_to_fs(url)
    except ImportError as error:
        raise StorageMissing(file=shown, detail=str(getattr(error.__cause__, "name", None) or error)) from error
    except ValueError as error:  # a kind that nobody knows
        raise StorageAddress(file=shown) from error
    except Exception as error:
        raise StorageFails(file=shown, detail=type(error).__name__) from error
    return files, place


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What a kind of storage raises, as what it means for the person whose file it is."""
    try:
        yield
    except PaddleScanError:
        raise
    except FileNotFoundError as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and not isinstance(cause, FileNotFoundError):  # of a silent host
            raise StorageFails(file=name, detail=type(cause).__name__) from error
        raise FileVanished(file=name) from error
    except PermissionError as error:
        raise NoPermission(file=name) from error
    except OSError as error:
        if wants_room(error):
            raise DiskFull(detail="temporary files") from error
        raise StorageFails(file=name, detail=type(error).__name__) from error
    except Exception as error:
        raise StorageFails(file=name, detail=type(error).__name__) from error


def _is_wanted(path: str) -> bool:
    parts = PurePosixPath(path)
    return parts.suffix.lower().lstrip(".") in EXTENSIONS and not any(part.startswith(".") for part in parts.parts)


def _in_order(path: str) -> tuple[Any, ...]:
    return tuple(natural_key(part) for part in path.split("/"))


def _source(url: str, name: str) -> SourceFile:
    return SourceFile(url.encode("utf-8", "surrogateescape"), printable_name(name))
