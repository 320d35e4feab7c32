"""What both children do alike: opening, inspecting, and turning errors into answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

import cv2

from paddlescan.document import SourceFile
from paddlescan.errors import PaddleScanError
from paddlescan.imaging.loading import inspect_source, open_source
from paddlescan.pipeline.child import log_error
from paddlescan.pipeline.messages import Answer, Inspect, Inspected, Refused, Request, request_from, to_bytes

cv2.setNumThreads(1)  # OpenCV would start one for each core; pages are what runs side by side


def open_file(source: SourceFile) -> BinaryIO:
    """The one place where a child opens a source file; a jailed child gets a descriptor here instead."""
    return open_source(source)


def inspect(request: Inspect) -> Inspected:
    """Raises PaddleScanError kinds for what is wrong with the file."""
    with open_file(request.source) as file:
        return Inspected(inspect_source(file, request.source.name, request.limits, request.password))


def answerer(answer: Callable[[Request], Answer]) -> Callable[[bytes], bytes]:
    """Bytes to bytes around a function of messages. Every error but MemoryError becomes Refused."""

    def reply(data: bytes) -> bytes:
        try:
            return to_bytes(answer(request_from(data)))
        except MemoryError:
            raise
        except PaddleScanError as error:
            return to_bytes(Refused(error.failure))
        except Exception as error:  # noqa: BLE001 our bug; its text may quote the receipt
            log_error("request", error)
            return to_bytes(Refused(PaddleScanError().failure))

    return reply
