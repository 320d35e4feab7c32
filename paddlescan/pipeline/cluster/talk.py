"""What we and a worker of a cluster say to each other: JSON bytes, bounded and checked like those of our children.

Nothing of it is unpickled. A worker that lies can at worst send values that fit these types.
"""

from __future__ import annotations

import msgspec

from paddlescan.document import EngineOptions, SourceFile
from paddlescan.document.codec import BadData
from paddlescan.errors import Failure
from paddlescan.pipeline.cluster.own_words import OwnWords
from paddlescan.pipeline.ends import Cause, EngineLost
from paddlescan.pipeline.messages import (
    Hello,
    Inspect,
    Inspected,
    Message,
    Refused,
    Scanned,
    ScanPage,
)
from paddlescan.pipeline.plausible import check_numbers
from paddlescan.pipeline.wire import LARGEST_MESSAGE, from_bytes

# Orders ------------------------------------------------------------------------------------------


class Introduce(Message, frozen=True):
    """Say what kind of process you are; answer Introduced."""

    cards: bool = False
    """Whether graphics cards are of use."""


class Begin(Message, frozen=True):
    """Start the engine, if it is not there; answer Hello, Unable or Lost."""

    engine: EngineOptions
    words: OwnWords = OwnWords()
    """What it reads with besides the bundled words; the worker keeps them for what it is asked afterwards."""


class See(Message, frozen=True):
    """Open files; answer Seen."""

    sources: tuple[SourceFile, ...]


class Ask(Message, frozen=True):
    """Fetch the file that a request is about, and have it answered: by Inspected or Scanned, or by Refused, Unable,
    Forgot or Lost."""

    engine: EngineOptions
    request: Inspect | ScanPage
    words: str = ""
    """The `key` of those that came with Begin."""


class Rest(Message, frozen=True):
    """No more pages come: end the engine; answer Seen."""


Order = Introduce | Begin | See | Ask | Rest


# Replies -----------------------------------------------------------------------------------------


class Introduced(Message, frozen=True):
    """What kind of process a worker is."""

    daemon: bool
    """Whether `multiprocessing` would let it start no other."""
    version: str
    """Of the program that it runs: what is installed may have been replaced since it was started."""
    cards: tuple[str, ...] = ()
    """The marks of the graphics cards that it sees, in the order in which they are numbered there."""


class Sight(Message, frozen=True, tag=False):
    """How a worker sees a file."""

    size: int | None = None
    """Bytes; None where its storage does not say."""
    failure: Failure | None = None
    """Why it cannot be read."""


class Seen(Message, frozen=True):
    """Done."""

    sights: tuple[Sight, ...] = ()
    """Of the files that were to be looked at, in their order, up to the first that cannot be read."""


class Unable(Message, frozen=True):
    """No engine starts there, for a reason that a person can do something about."""

    failure: Failure


class Forgot(Message, frozen=True):
    """The words are not known there, or not any more: Begin again."""


class Lost(Message, frozen=True):
    """The engine was lost over it; the worker is well."""

    cause: Cause
    while_starting: bool = False

    @classmethod
    def of(cls, lost: EngineLost) -> Lost:
        """The exception as a message."""
        return cls(lost.cause, lost.while_starting)

    def error(self) -> EngineLost:
        """The message as an exception."""
        return EngineLost(self.cause, self.while_starting)


Reply = Introduced | Seen | Hello | Inspected | Scanned | Refused | Unable | Forgot | Lost

_ORDERS: msgspec.json.Decoder[Order] = msgspec.json.Decoder(Order)
_REPLIES: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


def order_from(data: bytes) -> Order:
    """Raises BadData, which quotes nothing."""
    return from_bytes(_ORDERS, data)


def reply_from(data: object) -> Reply:
    """Raises BadData, which quotes nothing; also for what no honest worker says."""
    if not isinstance(data, bytes) or len(data) > LARGEST_MESSAGE:
        raise BadData("not a reply")
    reply = from_bytes(_REPLIES, data)
    check_numbers(reply)
    return reply
