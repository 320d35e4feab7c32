"""Passwords of locked files: in memory only, never written, never shown."""

from __future__ import annotations

import threading

from paddlescan.document import SourceFile


class Passwords:
    """Passwords by file; any thread may ask and give."""

    def __init__(self, default: str | None = None) -> None:
        self._default = default
        self._lock = threading.Lock()
        self._by_path: dict[bytes, str] = {}

    def __repr__(self) -> str:
        return "<Passwords>"

    def give(self, source: SourceFile, password: str) -> None:
        """Remember the password of a file until the program ends."""
        with self._lock:
            self._by_path[source.raw_path] = password

    def get(self, source: SourceFile) -> str | None:
        """The file's own password, else the one given for all, else None."""
        with self._lock:
            return self._by_path.get(source.raw_path, self._default)

    def forget(self, source: SourceFile) -> None:
        """It was the wrong one."""
        with self._lock:
            self._by_path.pop(source.raw_path, None)
