"""What to do about a lost child: ask a fresh one once more, then say what happened to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from paddlescan.errors import EngineStops, Failure, OutOfMemory, PageStopsEngine, PageTimedOut
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline.supervisor import Cause, EngineLost

T = TypeVar("T")

CAUSES: dict[Cause, str] = {
    "crashed": Reason.CRASHES,
    "timed_out": Reason.HANGS,
    "out_of_memory": Reason.MEMORY_SHORT,
    "bad_answer": Reason.BABBLES,
    "fills_disk": Reason.FILLS_DISK,
    "device_failed": Reason.RUNTIME_FAILS,
}
"""Why engines are lost, in words that fit behind a colon."""


def try_twice(ask: Callable[[], T]) -> T:
    """What `ask` returns; once more on a fresh child where the first was lost. Raises the second EngineLost.

    What hung is not waited for again, and a child that was stopped on purpose stays so.
    """
    try:
        return ask()
    except EngineLost as lost:
        if lost.cause in ("stopped", "timed_out"):
            raise
    return ask()


def blame(lost: EngineLost, name: str, deadline_s: float) -> Failure:
    """What to tell a person of the page (of the file of this name) that a child was lost over.

    deadline_s: how long the request had. A child that never got ready blames no file.
    """
    if lost.while_starting:
        return EngineStops().failure
    if lost.cause == "timed_out":
        return PageTimedOut(file=name, detail=f"{deadline_s:g} s").failure
    return (OutOfMemory if lost.cause == "out_of_memory" else PageStopsEngine)(file=name).failure
