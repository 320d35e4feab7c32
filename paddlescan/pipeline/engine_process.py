"""The engine process: reads pages until the pipe ends. Started by `spawning.child_command("engine", ...)`.

Only the standard library is imported before the jail and the environment: both take effect before any library has
started a thread or opened a file.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Sequence
from contextlib import suppress

from paddlescan.pipeline import child

NICENESS = 5
"""Reading gives way to the window and to the preview."""
KEPT_FREE, RETURNED_AT_ONCE = 16 << 20, 1 << 20
"""Bytes of memory that is free, and of a block."""


def engine_words(threads: int, device: str, *folders: str | None) -> tuple[str, ...]:
    """What an engine's command line says: threads for numeric libraries, the device, folders that it reads besides
    the program."""
    return (str(threads), device, *(folder for folder in folders if folder))


def _wants(words: Sequence[str]) -> tuple[Sequence[str], bool]:
    return words[2:], words[1] != "cpu"


def main(arguments: list[str]) -> None:
    """Serve one supervisor. arguments: as `engine_words` gives them, then scratch folder and pipe."""
    side = child.begin(arguments, _wants)
    from paddlescan.ocr.environment import quiet_environment

    child.set_environment(quiet_environment(side.scratch, threads=int(side.words[0])))
    _give_memory_back()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    from paddlescan.pipeline.engine_service import EngineService
    from paddlescan.pipeline.service import answerer

    def look_up() -> None:
        side.serve_waiting(answer_errand)

    service = EngineService(side.scratch, look_up, side.jail)
    answer_errand = _unless_device_fails(answerer(service.answer_errand))
    side.serve(_unless_device_fails(answerer(service.answer)))


def _give_memory_back() -> None:
    """Have glibc return what is freed: by itself it soon keeps blocks of up to 32 MB for the next of their kind. Pages
    are of many sizes, so that after 24 real ones an engine with OpenVINO held 938 MB, and 685 with this."""
    trim_threshold, mmap_threshold = -1, -3  # malloc.h
    with suppress(AttributeError, OSError, TypeError):  # another system's library
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(trim_threshold, KEPT_FREE)
        mallopt(mmap_threshold, RETURNED_AT_ONCE)


def _unless_device_fails(answer: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Answers, or ends the process in a way that says why: the next one chooses its device anew."""
    from paddlescan.errors.spent import DeviceFailed

    def reply(data: bytes) -> bytes:
        try:
            return answer(data)
        except DeviceFailed as error:
            child.log_error("the device failed", error)
            os._exit(child.DEVICE_FAILED)

    return reply
