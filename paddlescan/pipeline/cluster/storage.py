"""Shared storage by addresses (`s3://`, `smb://`, ...): what lies there, and one file of it fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from paddlescan.document import Limits, SourceFile
from paddlescan.document.source import printable_name
from paddlescan.errors import FileVanished, PaddleScanError, StorageFolder, TooLarge, UnsupportedFormat
from paddlescan.pipeline.cluster.filesystems import below, entries, filesystem, lists_at_once, told
from paddlescan.pipeline.intake import EXTENSIONS, IntakeProblem, natural_key

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # two letters and more: C:// is a disk
_STAMPS = (
    *("etag", "last-modified", "lastmodified", "last_modified", "last_write_time", "mtime", "modified", "updated"),
    *("generation", "content-md5", "digest"),
)
"""What kinds of storage call that by which a file that was written anew is known."""
_DEEPEST = 200
"""Folders in folders; deeper ones are a mistake or malice."""


def is_url(path: str) -> bool:
    """Whether this names something in shared storage rather than a file of this system."""
    return _SCHEME.match(path) is not None and not path.lower().startswith(("file:", "local:"))


def name_of(url: str) -> str:
    """What a person calls the place of an address: its last part, else that of the bucket or host."""
    scheme, _, rest = url.partition("://")
    if _is_web(scheme):
        rest = unquote(urlsplit(url)._replace(query="", fragment="").geturl()).partition("://")[2]
    host, _, path = rest.partition("/")
    return path.rstrip("/").rpartition("/")[2] or host.rpartition("@")[2]


def walk_storage(url: str) -> Iterator[SourceFile | IntakeProblem]:
    """The file at an address, or the files below it, as `intake.walk` gives those of a folder. A folder below it that
    cannot be looked into is a problem.

    Raises StorageAddress, StorageMissing, and of the address itself StorageRefuses, StorageFails.
    """
    files, place = filesystem(url, printable_name(url))
    root, name = url.rstrip("/"), name_of(url)
    try:
        with told(printable_name(url)):
            if not url.endswith("/") and files.info(place)["type"] != "directory":
                yield _source(root, name)
            elif lists_at_once(files):
                found = sorted(filter(_is_wanted, below(files, place)), key=_in_order)
                if not found:
                    files.info(place)  # of what is not there, it lists nothing
                yield from (_source(f"{root}/{path}", f"{name}/{path}") for path in found)
            else:
                yield from _folder(files, place, root, name, entries(files, place))
    except FileVanished:
        yield IntakeProblem(_source(root, name), FileVanished(file=printable_name(name)).failure)


def _folder(
    files: Any, place: str, url: str, name: str, found: list[tuple[str, bool]], depth: int = 1
) -> Iterator[SourceFile | IntakeProblem]:
    seen = unquote if _is_web(url.partition(":")[0]) else str
    for entry, is_folder in sorted(found, key=lambda one: _in_order(seen(one[0]))):
        here, there, called = f"{place.rstrip('/')}/{entry}", f"{url}/{entry}", f"{name}/{seen(entry)}"
        if not is_folder:
            if _is_wanted(seen(entry)):
                yield _source(there, called)
        elif not entry.startswith("."):
            try:
                with told(printable_name(called)):
                    if depth > _DEEPEST:
                        raise RecursionError
                    inside = entries(files, here)
            except PaddleScanError as error:
                why = error.parameters.get("detail", error.code)
                failure = StorageFolder(file=printable_name(called), detail=why).failure
                yield IntakeProblem(_source(there, called), failure)
            else:
                yield from _folder(files, here, there, called, inside, depth + 1)


def fetch(source: SourceFile, target: Path, limits: Limits) -> None:
    """A file from shared storage, whole, into a new one here. Raises PaddleScanError kinds about the file."""
    files, place = filesystem(source.path, source.name)
    with told(source.name):
        info = files.info(place)
        if info["type"] == "directory":
            raise UnsupportedFormat(file=source.name)
        size = info.get("size")
        if not isinstance(size, int) or size <= limits.max_file_bytes:
            files.get_file(place, str(target))
            size = target.stat().st_size
        if size > limits.max_file_bytes:
            raise TooLarge(file=source.name, detail=f"{size / 1e6:.0f} MB")


def touch(source: SourceFile) -> int | None:
    """Read the first byte. Returns the size in bytes, None where the storage does not say it. Raises PaddleScanError
    kinds about the file."""
    files, place = filesystem(source.path, source.name)
    with told(source.name):
        with files.open(place, "rb") as file:
            file.read(1)
        size = files.info(place).get("size")
        return size if isinstance(size, int) else None


def stamp(source: SourceFile) -> str | None:
    """What tells whether the file was written anew since; None where its storage does not say. Raises as `fetch`."""
    files, place = filesystem(source.path, source.name)
    with told(source.name):
        info = {str(key).lower(): value for key, value in files.info(place).items()}
    marks = [f"{key}={info[key]}" for key in _STAMPS if info.get(key) is not None]
    return f"{info.get('size')} {marks}" if marks else None


def _is_wanted(path: str) -> bool:
    parts = PurePosixPath(path)
    return parts.suffix.lower().lstrip(".") in EXTENSIONS and not any(part.startswith(".") for part in parts.parts)


def _in_order(path: str) -> tuple[Any, ...]:
    return tuple(natural_key(part) for part in path.split("/"))


def _is_web(scheme: str) -> bool:
    """Whether names stand in its addresses spelled by `%`."""
    return scheme.lower() in ("http", "https")


def _source(url: str, name: str) -> SourceFile:
    return SourceFile(url.encode("utf-8", "surrogateescape"), printable_name(name))
