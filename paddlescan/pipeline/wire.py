"""Messages as bounded JSON bytes.

Nothing is pickled, so a child that was taken over by a hostile file can at worst send values that fit the types of
`messages`.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from paddlescan.document.codec import BadData
from paddlescan.pipeline.messages import Answer, Message, Request
from paddlescan.pipeline.plausible import check_numbers

LARGEST_MESSAGE = 16 << 20
"""Bytes; beyond, the sender is taken for broken. A page of 60 lines is about 10,000 bytes."""
M = TypeVar("M")
_REQUESTS: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_ANSWERS: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)


def to_bytes(message: Message) -> bytes:
    """The message as JSON. Raises ValueError beyond LARGEST_MESSAGE."""
    data = msgspec.json.encode(message)
    if len(data) > LARGEST_MESSAGE:
        raise ValueError("message too large")
    return data


def request_from(data: bytes) -> Request:
    """Raises BadData, which quotes nothing."""
    return from_bytes(_REQUESTS, data)


def answer_from(data: bytes) -> Answer:
    """Raises BadData, which quotes nothing; also for what fits its type and no honest child says (`plausible`)."""
    answer = from_bytes(_ANSWERS, data)
    check_numbers(answer)
    return answer


def from_bytes(decoder: msgspec.json.Decoder[M], data: bytes) -> M:
    """The message of a kind that the decoder knows. Raises BadData, which quotes nothing."""
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError, MemoryError) as error:
        raise BadData(f"not a message: {type(error).__name__}") from None
