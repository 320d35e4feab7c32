"""What the person dropped: source files and their pages."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from paddlescan.steering import spelled, steering


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was dropped. Both names are private: they stay out of reprs and logs."""

    raw_path: bytes = field(repr=False)
    """Absolute path as `os.fsencode` spells it, so that every name survives JSON and SQLite; or the address (`s3://…`)
    of a file in shared storage, which only the workers of a cluster read."""
    name: str = field(repr=False)
    """Relative to what was dropped, with `/`, undecodable bytes as `\\xNN`: the export's `source`."""

    @classmethod
    def at(cls, path: str | os.PathLike[str], name: str | None = None) -> SourceFile:
        """The source file at a path, made absolute; the name is the file's own where none is given."""
        absolute = os.path.abspath(path)
        return cls(os.fsencode(absolute), printable_name(name or os.path.basename(absolute)))

    @property
    def path(self) -> str:
        """Absolute path, fit for `open`."""
        return os.fsdecode(self.raw_path)


def printable_name(name: str) -> str:
    """A name that any text file can hold, in one line, looking as it is.

    Bytes that are no text become `\\xNN`; control characters, line breaks and the marks that turn round what follows
    them (with one, `gpj.exe` looks like `exe.jpg`) are spelt. Joiners stay: words and emoji fall apart without them.
    """
    return name if name.isprintable() else "".join(c if c.isprintable() else _shown(c) for c in name)


def _shown(letter: str) -> str:
    if "\udc80" <= letter <= "\udcff":  # how Python keeps a byte that is no text
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return spelled(letter) if steering(letter) else letter


@dataclass(frozen=True, slots=True)
class PageRef:
    """One page of a source file."""

    source: SourceFile
    number: int = 1
    """Counted from 1."""
    id: int = 0
    """The store's number for this page, what logs call it; 0 where there is no store."""

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("pages are counted from 1")


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What a look at a file tells before any page is read."""

    format: str
    """Lower case name of the container by content: `jpeg`, `png`, `tiff`, `pdf`, …"""
    page_count: int
    sha256: str
    """Hexadecimal, of the file's bytes."""
