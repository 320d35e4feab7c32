"""The text of a systemd unit that watches a folder, and where it belongs. Starts nothing."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

_PLAIN = re.compile(r"[A-Za-z0-9_./:=@+,-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "%": "%%", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def unit_name(folder: Path) -> str:
    """Of the unit for a folder (its real path): short whatever the path is, and the same each time."""
    return f"paddlescan-watch-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}.service"


def unit_folder(environment: Mapping[str, str]) -> Path:
    """Where a person's own units lie."""
    base = Path(environment.get("XDG_CONFIG_HOME", ""))
    if not base.is_absolute():  # then it is to be ignored, says the XDG specification
        base = Path(environment.get("HOME") or Path.home()) / ".config"
    return base / "systemd" / "user"


def unit_text(folder: Path, command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """The unit. command: program and arguments. environment: what the program must be told by it.

    Nothing it says goes into the system's journal: PaddleScan has a log of its own, without names.
    """
    told = [f"{name}={value}" for name, value in (environment or {}).items()]
    program, *arguments = ["/usr/bin/env", *told, *command] if told else command  # `Environment=` takes only good UTF-8
    words = [quoted(program), *(quoted(word).replace("$", "$$") for word in arguments)]
    return (
        "[Unit]\n"
        f"Description=PaddleScan: {_described(str(folder))}\n"
        "\n"
        "[Service]\n"
        f"ExecStart={' '.join(words)}\n"
        "Restart=on-failure\n"
        "RestartSec=60\n"
        "SuccessExitStatus=130\n"
        "RestartPreventExitStatus=2\n"
        "KillMode=mixed\n"
        "TimeoutStopSec=30\n"
        "StandardOutput=null\n"
        "StandardError=null\n"
        "\n"
        "[Install]\n"
        "WantedBy=default.target\n"
    )


def quoted(word: str) -> str:
    """A word as systemd reads it back: in quotes where it must be, `%` doubled, bytes that are no text as `\\xNN`."""
    if _PLAIN.fullmatch(word):
        return word
    return '"' + "".join(_escaped(letter) for letter in word) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if "\udc80" <= letter <= "\udcff":  # how Python keeps a byte that is no text
        return f"\\x{ord(letter) - 0xDC00:02x}"
    if not letter.isprintable():
        return "".join(f"\\x{byte:02x}" for byte in letter.encode("utf-8", "surrogateescape"))
    return letter


def _described(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else "?" for letter in text)
    return shown.replace("\\", "\\\\").replace("%", "%%").rstrip("\\ ")
