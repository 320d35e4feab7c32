"""Single fields read out of the stored bytes of many receipts, without decoding them: for questions over a store.

Relies on how `document.codec` writes a field (its first keys are `name`, `value`, `text`, `confidence`, `quad`,
`origin`, `doubtful`); a test holds both together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

_STRING = rb'"((?:[^"\\]|\\.)*)"'


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a question over many receipts wants to know of a field."""

    name: str
    value: str = field(repr=False)
    origin: str
    doubtful: bool


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[bytes]:
    which = b"|".join(re.escape(name.encode()) for name in names)
    return re.compile(
        rb'\{"name":"(' + which + rb')","value":' + _STRING + rb',"text":(?:null|"(?:[^"\\]|\\.)*"),"confidence":[^,]*,'
        rb'"quad":(?:null|[\[\]0-9.,eE+-]*),"origin":"([a-z_]+)","doubtful":(true|false)'
    )


def scan(fields: bytes, names: Iterable[str]) -> Iterator[Scanned]:
    """The fields of these names among those of a receipt, as the store keeps them."""
    for found in _pattern(tuple(names)).finditer(fields):
        name, value, origin, doubtful = found.groups()
        text = json.loads(b'"' + value + b'"') if b"\\" in value else value.decode()
        yield Scanned(name.decode(), text, origin.decode(), doubtful == b"true")
