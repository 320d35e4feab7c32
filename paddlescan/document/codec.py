"""The one place where document types become JSON bytes and come back.

Used between processes and in the store. msgspec checks every type on the way in, so what stands
behind it can trust its values; a message never quotes what was wrong.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")


class BadData(ValueError):
    """Bytes that do not fit the type they should be."""


def encode(value: object) -> bytes:
    """JSON bytes (UTF-8) of a value made of our frozen dataclasses, tuples and plain types."""
    return msgspec.json.encode(value)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def decode(data: bytes | str, kind: type[T]) -> T:
    """The value that `encode` wrote. Raises BadData if the bytes are not JSON or do not fit."""
    try:
        result: T = _decoder(cast(Any, kind)).decode(data)
        return result
    except (msgspec.MsgspecError, ValueError, UnicodeDecodeError) as error:
        raise BadData(f"not a {kind.__name__}: {type(error).__name__}") from None
