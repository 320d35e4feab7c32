"""Windows shares, as fsspec asks them, but each thread has a connection of its own, which is opened anew, with the
password, when it is lost.

A server grants a connection so many requests at a time. Threads that share one, as smbclient lets them, exceed that
now and then, and get into each other's way while it is opened.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar
from uuid import uuid4

import smbclient
from fsspec.config import conf
from fsspec.implementations.smb import SMBFileSystem
from smbprotocol.connection import Connection
from smbprotocol.exceptions import SMBConnectionClosed, SMBOSError

T = TypeVar("T")

_OPTIONS = {"share_access": "rwd", "timeout": 10}
"""Unless fsspec is told otherwise: nobody is kept from a file meanwhile (fsspec itself lets no other read it), and a
host that is silent is given up soon (fsspec's own: five minutes)."""
_mine = threading.local()


class Share(SMBFileSystem):  # type: ignore[misc] # of a package without types
    """The shares of one host, for one thread."""

    def __init__(self, *words: Any, **options: Any) -> None:
        self._connections: dict[str, Any] = {}
        super().__init__(*words, **options)

    def __del__(self) -> None:
        for connection in self._connections.values():
            with suppress(Exception):  # it is lost already
                # Its own thread hears of that, and closes it. To close it here would be to wait for that thread, which
                # the end of a program has stopped already.
                connection.transport._sock.shutdown(socket.SHUT_RDWR)

    def info(self, path: str, **more: Any) -> Any:
        """As fsspec says of any storage."""
        return self._ask(lambda words: super(Share, self).info(path, **words, **more))

    def entries(self, path: str) -> list[tuple[str, bool]]:
        """What lies in a folder: the name of each, and whether it is a folder. All are asked for at once; fsspec would
        ask for each by itself, and give up over one that vanishes meanwhile."""
        folder = f"\\\\{self.host}{path.rstrip('/')}".replace("/", "\\")

        def listed(words: dict[str, Any]) -> list[tuple[str, bool]]:
            return [(one.name, one.is_dir()) for one in smbclient.scandir(folder, port=self._port, **words)]

        return self._ask(listed)

    def _connect(self) -> None:
        """When something is asked."""

    def _open(self, path: str, mode: str = "rb", *words: Any, **more: Any) -> Any:
        return self._ask(lambda asked: super(Share, self)._open(path, mode, *words, **asked, **more))

    def _ask(self, act: Callable[[dict[str, Any]], T]) -> T:
        """Do it, given with what a share is asked; once more where its server has gone since it was asked before."""
        try:
            return act(self._asked())
        except (SMBConnectionClosed, OSError) as error:
            if isinstance(error, (SMBOSError, TimeoutError)):  # what the server says of the file, or that it is silent
                raise
            self._connections.clear()
            return act(self._asked())

    def _asked(self) -> dict[str, Any]:
        """A connection that is there, and who opens a session on it where there is none."""
        key = f"{self.host.lower()}:{self._port}"  # as smbclient looks for it
        known = self._connections.get(key)
        if known is None or not known.transport.connected:
            # A client of its own: of several connections of one client a server takes the one for another's channel.
            made = Connection(uuid4(), self.host, self._port, require_signing=True)
            made.connect(timeout=self.timeout)
            self._connections[key] = made
        return {
            "username": self.username,
            "password": self.password,
            "encrypt": self.encrypt,
            "connection_timeout": self.timeout,
            "connection_cache": self._connections,
        }


def share(root: str) -> Share:
    """That of this thread for the host of an address; its connections end with the thread."""
    options = _OPTIONS | conf.get("smb", {}) | Share._get_kwargs_from_urls(root)
    kept: dict[str, Share] = _mine.__dict__.setdefault("shares", {})
    key = repr(sorted(options.items()))
    if key not in kept:
        kept[key] = Share(skip_instance_cache=True, **options)
    return kept[key]
