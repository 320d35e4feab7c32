"""What a second start says to the open window, as bytes: length, then JSON with a version. Everything is bounded.

A receiver believes nothing: sizes are looked at before anything is read, types and paths before anything is used.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

VERSION: Final = 1
LENGTH: Final = 4
"""Bytes before each message that say how long it is, the largest first."""
LARGEST: Final = 16 << 20
"""Bytes of one message."""
LONGEST_PATH: Final = 64 << 10
"""Bytes of one path; no system knows longer ones."""
LONGEST_ANSWER: Final = 1 << 10
_LONGEST_TOKEN = 512
_ID = 32

Answer = Literal["taken", "closing", "refused"]


class BadMessage(ValueError):
    """Bytes that are no message of ours; says nothing of what they were."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a start brings."""

    paths: tuple[str, ...] = field(default=(), repr=False)
    """Absolute; undecodable bytes as `os.fsdecode` gives them. None: the window shall only come to the front."""
    token: str = ""
    """What the desktop gave the sender to bring a window to the front with; empty: none."""
    id: str = field(default_factory=lambda: secrets.token_hex(_ID // 2))
    """The same message, sent once more, is known by it."""

    def __post_init__(self) -> None:
        if not (len(self.id) == _ID and self.id.isalnum() and self.id.isascii()) or len(self.token) > _LONGEST_TOKEN:
            raise BadMessage("id or token")
        for path in self.paths:
            if not path or "\0" in path or not Path(path).is_absolute() or len(os.fsencode(path)) > LONGEST_PATH:
                raise BadMessage("a path")


def framed(body: bytes) -> bytes:
    """A body with its length before it. Raises BadMessage if it is too large."""
    if len(body) > LARGEST:
        raise BadMessage("too large")
    return len(body).to_bytes(LENGTH, "big") + body


def message_bytes(message: Message) -> bytes:
    """A message, framed. Raises BadMessage if it is too large."""
    said = {"version": VERSION, "id": message.id, "paths": message.paths, "token": message.token}
    return framed(json.dumps(said).encode("ascii"))  # lone surrogates, as undecodable names have them, come back


def read_message(body: bytes) -> Message:
    """The message that a body is. Raises BadMessage."""
    match _json(body):
        case {"version": int(version), "id": str(id_), "paths": list(paths), "token": str(token)}:
            if version == VERSION and all(isinstance(path, str) for path in paths):
                try:
                    return Message(tuple(paths), token, id_)
                except UnicodeEncodeError:
                    raise BadMessage("a path") from None
    raise BadMessage("not a message")


def answer_bytes(answer: Answer) -> bytes:
    """An answer, framed."""
    return framed(json.dumps({"version": VERSION, "answer": answer}).encode("ascii"))


def read_answer(body: bytes) -> Answer:
    """The answer that a body is. Raises BadMessage."""
    match _json(body):
        case {"answer": "taken"}:
            return "taken"
        case {"answer": "closing"}:
            return "closing"
        case {"answer": "refused"}:
            return "refused"
    raise BadMessage("not an answer")


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadMessage("not JSON") from None
