"""The kinds of shared storage: one that an address names, what lies in a folder of it, and what its errors mean.

The only importer of fsspec, beside `shares`. It brings in the package that knows a kind when it is first asked for
it. What such a package says of an error may quote names, so only the kind of the error is told.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from paddlescan.disk import wants_room
from paddlescan.document.source import printable_name
from paddlescan.errors import (
    DiskFull,
    FileVanished,
    PaddleScanError,
    StorageAddress,
    StorageFails,
    StorageMissing,
    StorageRefuses,
)

_ADDRESS = re.compile(r"([^:/]+)://([^/]*)(.*)", re.DOTALL)
_CHAIN = re.compile(r"::[a-z0-9+.-]+://", re.IGNORECASE)
_PACKAGES = {"smbclient": "smbprotocol"}
"""What brings a module that is not called as it is; another package may be."""
_GONE = {errno.ENOENT, errno.ENOTDIR}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
_IN_USE, _DENIED = 0xC0000043, 0xC0000022
"""What a Windows share says of a file that somebody keeps others from, and of one that may not be read."""
_REFUSED = (
    *("AccessDenied", "LogonFailure", "AccountRestriction", "PasswordExpired", "SMBAuthenticationError"),
    *("NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "TokenRetrievalError"),
)
"""Errors of a password or key, by the names that the packages give them; none of them says so by its class."""


def filesystem(url: str, name: str) -> tuple[Any, str]:
    """The storage of an address, and what it calls the place. name: how errors call it.

    Raises StorageAddress, StorageMissing, StorageRefuses, StorageFails.
    """
    from fsspec import get_filesystem_class
    from fsspec.core import url_to_fs

    scheme, host, path = _parts(url)
    shown = printable_name(url)  # what is wrong with an address itself
    try:
        kind = get_filesystem_class(scheme)
    except ImportError as error:
        module = str(getattr(error.__cause__, "name", None) or error)
        raise StorageMissing(file=name, detail=_PACKAGES.get(module, module)) from error
    except ValueError as error:  # a kind that nobody knows
        raise StorageAddress(file=shown) from error
    root = f"{scheme}://{host}/"
    try:
        in_host = "host" in kind._get_kwargs_from_urls(root)
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # no such port, or too short an address
        raise StorageAddress(file=f"{scheme}://…") from error
    if in_host and not path.strip("/"):
        raise StorageAddress(file=shown)
    with told(name):
        # Only the root is taken to pieces: of a name, fsspec would take `?` and `#` for the end, and `::` for a chain.
        files = _share(root) if kind.protocol == "smb" else url_to_fs(root)[0]
        files.invalidate_cache()  # of what was listed: a file may have been written anew since
        return files, path if in_host else str(kind._strip_protocol(f"{scheme}://{host}{path}"))


def lists_at_once(files: Any) -> bool:
    """Whether a kind of storage has no folders but names, and gives all that begin alike in one go."""
    from fsspec import AbstractFileSystem
    from fsspec.asyn import AsyncFileSystem

    kind = type(files)
    return getattr(kind, "_find", kind.find) not in (AsyncFileSystem._find, AbstractFileSystem.find)


def below(files: Any, place: str) -> list[str]:
    """Names of all files below a place, relative to it, of storage that lists at once. Raises what `told` tells."""
    base = _bare(files, place)
    return [_bare(files, path)[len(base) :].removeprefix("/") for path in files.find(place)]


def entries(files: Any, place: str) -> list[tuple[str, bool]]:
    """What lies in a folder: the name of each, relative to it, and whether it is a folder. Raises what `told` tells."""
    if files.protocol == "smb":
        found: list[tuple[str, bool]] = files.entries(place)
        return found
    base = _bare(files, place)
    listed = [(_bare(files, one["name"])[len(base) :].strip("/"), one) for one in files.ls(place, detail=True)]
    return [(name, one["type"] == "directory") for name, one in listed if name]


@contextmanager
def told(name: str) -> Iterator[None]:
    """What a kind of storage raises, as what it means for the person whose file it is: FileVanished, StorageRefuses,
    DiskFull, StorageFails."""
    try:
        yield
    except PaddleScanError:
        raise
    except Exception as error:
        raise _meant(error, name) from error


def _meant(error: Exception, name: str) -> PaddleScanError:
    kind, number = type(error).__name__, getattr(error, "errno", None)
    status = getattr(error, "ntstatus", None)
    silent = isinstance(error, FileNotFoundError) and isinstance(error.__cause__, OSError)
    if silent and not isinstance(error.__cause__, FileNotFoundError):  # said of a host that does not answer
        return StorageFails(file=name, detail=_reason(error))
    if isinstance(error, FileNotFoundError) or number in _GONE:
        return FileVanished(file=name)
    if status == _IN_USE:
        return StorageFails(file=name, detail="SharingViolation")
    refused = next((type(one).__name__ for one in _story(error) if type(one).__name__ in _REFUSED), "")
    if refused or number in _FORBIDDEN or isinstance(error, PermissionError) or status == _DENIED:
        return StorageRefuses(file=name, detail=refused or kind)
    if isinstance(error, OSError) and wants_room(error):
        return DiskFull(detail="temporary files")
    return StorageFails(file=name, detail=_reason(error))


def _reason(error: BaseException) -> str:
    """The kind of the innermost error of the system that led to it; else its own."""
    of_system = [type(one).__name__ for one in _story(error) if isinstance(one, OSError)]
    return of_system[-1] if of_system else type(error).__name__


def _story(error: BaseException) -> Iterator[BaseException]:
    """An error, and what led to it, the last thing first."""
    inner: BaseException | None = error
    while inner is not None:
        yield inner
        inner = inner.__cause__ or inner.__context__


def _parts(url: str) -> tuple[str, str, str]:
    """Kind, host and path of an address. Raises StorageAddress, also where a password stands in it, which is not
    repeated."""
    match = _ADDRESS.fullmatch(url)
    scheme, host, path = match.groups() if match else ("", "", "")
    if _may_hold_password(host, path):
        raise StorageAddress(file=f"{scheme}://…")
    if not host or _CHAIN.search(url):
        raise StorageAddress(file=printable_name(url))
    return scheme.lower(), host, path


def _share(root: str) -> Any:
    from paddlescan.pipeline.cluster.shares import share  # its package is there only where shares are read

    return share(root)


def _may_hold_password(host: str, path: str) -> bool:
    """Whether a password may stand before the host; one with a slash in it looks like the beginning of a path."""
    user, _, machine = host.rpartition("@")
    if ":" in user:
        return True
    if ":" not in machine or machine.startswith(("[", "arn:")):
        return False
    return not machine.rpartition(":")[2].isdigit() or "@" in path.removeprefix("/").partition("/")[0]


def _bare(files: Any, path: str) -> str:
    """A place without what differs between two spellings of it: the web's two schemes, and a last slash."""
    return re.sub(r"^https?://", "", str(files._strip_protocol(path))).rstrip("/")
