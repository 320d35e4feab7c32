"""How a worker's engine is started: on which device, how often in vain, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from paddlescan.document import EngineOptions
from paddlescan.errors import EngineStops, GpuUnavailable
from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import EngineReady, Event

MOST_FAILED_STARTS = 3
"""Engines that never said hello, one after another, before the worker gives up."""
MOST_GPU_FAILURES = 3
"""A GPU that failed this often, without a page read in between, is done without."""


class EngineStarts:
    """Of one worker, in its thread."""

    def __init__(self, engine: EngineProcess, options: EngineOptions, crew: Crew) -> None:
        self._engine, self._options, self._crew = engine, options, crew
        self._told = self._failed = 0
        self._lost = self._without_gpu = False
        self.device = ""
        """What the present engine reads on, or the last one did; empty before the first."""

    def start(self, emit: Callable[[Event], None]) -> str | None:
        """Start the engine if it is not there, and `tell`. Raises what its first request may raise."""
        self._without_gpu = self._options.device == "auto" and self._crew.gpu_failures >= MOST_GPU_FAILURES
        if self._without_gpu:
            self._engine.do_without_gpu()
        self._engine.ensure_started()
        self._failed = 0
        return self.tell(emit)

    def tell(self, emit: Callable[[Event], None]) -> str | None:
        """Tell of an engine that is new; nothing where there is none.

        Returns why it stands in for one that was not lost (`Worn`; empty where that ended while nobody asked it
        anything), and None where it does not.
        """
        hello = self._engine.hello
        if hello is None or self._engine.starts == self._told:
            return None
        replaced, self._told, self._lost = self._told > 0 and not self._lost, self._engine.starts, False
        if hello.engine is not None:
            self.device = hello.engine.device
            lost = self._without_gpu and self.device == "cpu"
            emit(EngineReady(replace(hello.engine, reason=Reason.GPU_LOST) if lost else hello.engine))
        return (self._engine.worn or "") if replaced else None

    def lost(self) -> None:
        """The engine is lost; the next one stands in for it."""
        self._lost = True

    def in_vain(self) -> None:
        """An engine was lost before its hello. Raises EngineStops after several in a row."""
        self._failed += 1
        if self._failed >= MOST_FAILED_STARTS:
            raise EngineStops

    def gpu_failed(self) -> None:
        """The next engine chooses the device anew. Raises GpuUnavailable where nothing but the GPU will do."""
        if self._crew.gpu_failed() >= MOST_GPU_FAILURES and self._options.device == "gpu":
            raise GpuUnavailable(detail=Reason.GPU_LOST)

    def works(self) -> None:
        """A page was read."""
        if self.device == "gpu":
            self._crew.gpu_works()
