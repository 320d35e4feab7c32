"""What both children do alike: opening, inspecting, and turning errors into answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import cv2

from paddlescan.document import SourceFile
from paddlescan.document.pixels import Matrix
from paddlescan.errors import DiskFull, PaddleScanError
from paddlescan.errors.spent import SPENT
from paddlescan.imaging.loading import inspect_source, open_source
from paddlescan.pipeline.child import log_error
from paddlescan.pipeline.handed import open_handed
from paddlescan.pipeline.messages import Answer, Inspect, Inspected, Nine, Refused, Request
from paddlescan.pipeline.wire import request_from, to_bytes

cv2.setNumThreads(1)  # OpenCV would start one for each core; pages are what runs side by side


def open_file(source: SourceFile) -> BinaryIO:
    """The one place where a child gets a source file: the descriptor that came with the request.

    Where none comes (on Windows, and where no supervisor is), it is opened here.
    """
    return open_handed() or open_source(source)


class ScratchFiles:
    """Writes pictures into the one folder that a child may write, each under a new name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def write(self, data: bytes | memoryview, kind: str) -> str:
        """The bare name of a new file. Raises DiskFull."""
        name = f"picture-{next(self._numbers)}.{kind}"
        try:
            (self._folder / name).write_bytes(data)
        except OSError as error:
            with suppress(OSError):  # the part that found room
                (self._folder / name).unlink()
            raise DiskFull(detail="temporary files") from error
        return name


def nine(matrix: Matrix) -> Nine:
    """A 3x3 matrix as a message holds it."""
    a, b, c, d, e, f, g, h, i = (float(v) for v in matrix.flatten())
    return a, b, c, d, e, f, g, h, i


def inspect(request: Inspect) -> Inspected:
    """Raises PaddleScanError kinds for what is wrong with the file."""
    with open_file(request.source) as file:
        return Inspected(inspect_source(file, request.source.name, request.limits, request.password))


def answerer(answer: Callable[[Request], Answer]) -> Callable[[bytes], bytes]:
    """Bytes to bytes around a function of messages. Every error becomes Refused, but those that spend the process."""

    def reply(data: bytes) -> bytes:
        try:
            return to_bytes(answer(request_from(data)))
        except SPENT:
            raise
        except PaddleScanError as error:
            return to_bytes(Refused(error.failure))
        except Exception as error:  # noqa: BLE001 our bug; its text may quote the receipt
            log_error("request", error)
            return to_bytes(Refused(PaddleScanError().failure))

    return reply
