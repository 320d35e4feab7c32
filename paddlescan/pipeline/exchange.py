"""One request and its answer, between a supervisor and its child: the source file is opened here and handed over."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from paddlescan.document import SourceFile
from paddlescan.errors import Failure, PaddleScanError
from paddlescan.pipeline import handed
from paddlescan.pipeline.countdown import Countdown
from paddlescan.pipeline.messages import (
    Answer,
    AreaRead,
    Inspect,
    ReadArea,
    ReadBegun,
    Refused,
    Request,
    Start,
)
from paddlescan.pipeline.opening import Opener
from paddlescan.pipeline.wire import to_bytes


def source_of(request: Request) -> SourceFile | None:
    """The file that a request is about."""
    match request:
        case Start() | ReadBegun():
            return None
        case Inspect(source=source):
            return source
        case _:
            return request.page.source


@contextmanager
def handing_over(opener: Opener, request: Request, seconds: float) -> Iterator[tuple[int | None, float]]:
    """The descriptor to send after a request, None for none, and how many of these seconds are left.

    Raises the PaddleScanError for which the file cannot be opened, and OpeningStopped.
    """
    source = source_of(request)
    if source is None or sys.platform == "win32":
        yield None, seconds
        return
    left = Countdown(seconds, longest_look_s=seconds / 2)  # a machine that slept meanwhile leaves half of it
    with opener.opened(source, seconds) as descriptor:
        left.over()
        yield descriptor, max(0.0, left.left)


def lets_errands_in(request: Request) -> bool:
    """Not while a child gets ready, nor while it does one: its answer could not be told from the other's."""
    return not isinstance(request, (Start, ReadArea))


def send(pipe: Connection, request: Request, descriptor: int | None) -> None:
    """A request, and with it its file. Raises OSError."""
    pipe.send_bytes(to_bytes(request))
    handed.send(pipe, descriptor)


def refusal(request: Request, error: PaddleScanError) -> Answer:
    """What the child would have answered if it had opened the file itself."""
    failure: Failure = error.failure
    return AreaRead(failure=failure) if isinstance(request, ReadArea) else Refused(failure)
