"""How a worker's engine is started: on which device, how often in vain, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from paddlescan.document import EngineInfo, EngineOptions
from paddlescan.errors import EngineStops, GpuUnavailable
from paddlescan.ocr.reasons import Reason
from paddlescan.ocr.runtimes import BACKENDS, with_backend
from paddlescan.pipeline.events import EngineReady, Event
from paddlescan.pipeline.gpu_record import GpuRecord
from paddlescan.pipeline.page_engine import PageEngine

MOST_FAILED_STARTS = 3
"""Engines that never said hello, one after another, before the worker gives up."""
SHORT_OF_MEMORY: dict[str, str] = {Reason.GPU_SMALLER: "smaller", Reason.PAGE_ON_CPU: "on_cpu"}
"""What an engine says of a page for which a GPU's memory was short; details of `gpu_memory` in the journal."""


class EngineStarts:
    """Of one worker, in its thread."""

    def __init__(self, engine: PageEngine, options: EngineOptions, gpu: GpuRecord) -> None:
        """gpu: of the machine on which the engine runs."""
        self._engine, self._options, self._gpu = engine, options, gpu
        self._told = self._failed = 0
        self._lost = self._without_gpu = self._never_started = False
        self._info: EngineInfo | None = None
        self._reason = ""
        self.device = ""
        """What the present engine reads on, or the last one did; empty before the first."""

    def start(self, emit: Callable[[Event], None]) -> str | None:
        """Start the engine if it is not there, and `tell`. Raises what its first request may raise."""
        lost = self._options.device == "auto" and self._gpu.is_lost
        self._without_gpu = lost or self._never_started
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
        if hello is not None and hello.engine is not None:  # it may be another's doing that it is a new one
            self.device = hello.engine.device
        if hello is None or self._engine.starts == self._told:
            return None
        replaced, self._told, self._lost = self._told > 0 and not self._lost, self._engine.starts, False
        if hello.engine is not None:
            self._info, self._reason = hello.engine, hello.engine.reason
            if self._without_gpu and self.device == "cpu":
                self._reason = Reason.GPU_FAILED if self._never_started else Reason.GPU_LOST
            emit(EngineReady(replace(hello.engine, reason=self._reason)))
        return (self._engine.worn or "") if replaced else None

    def read_by(self, info: EngineInfo | None, emit: Callable[[Event], None]) -> str | None:
        """What read a page, as its result says: told where it is not what was told before.

        Returns what of `SHORT_OF_MEMORY` is news, and None where nothing is. Only these reasons and, on the CPU, the
        names of our backends are believed, and nothing else that a result says of an engine.
        """
        said, hello = self._info, self._engine.hello.engine if self._engine.hello else None
        if info is None or said is None or hello is None:
            return None
        if hello.device != "gpu":
            if info != said and info in (with_backend(hello, backend) for backend in BACKENDS):
                self._info = info
                emit(EngineReady(replace(info, reason=self._reason)))
            return None
        if info.reason not in (*SHORT_OF_MEMORY, hello.reason):
            return None
        on_cpu = info.reason == Reason.PAGE_ON_CPU
        now = replace(hello, reason=info.reason, **({"device": "cpu", "card": ""} if on_cpu else {}))
        if now != said:
            self._info = now
            emit(EngineReady(now))
        return SHORT_OF_MEMORY.get(info.reason) if on_cpu or now != said else None

    def lost(self) -> None:
        """The engine is lost; the next one stands in for it."""
        self._lost = True

    def in_vain(self) -> None:
        """An engine was lost before its hello. The next one does without a GPU, if it would have used one. Raises
        EngineStops after several in a row."""
        self._failed += 1
        if self._failed >= MOST_FAILED_STARTS:
            raise EngineStops
        self._never_started = self._never_started or self._engine.wants_gpu()

    def gpu_failed(self) -> None:
        """The next engine chooses the device anew. Raises GpuUnavailable where nothing but the GPU will do."""
        self._gpu.failed()
        if self._gpu.is_lost and self._options.device == "gpu":
            raise GpuUnavailable(detail=Reason.GPU_LOST)

    def works(self) -> None:
        """A page was read."""
        if self.device == "gpu":
            self._gpu.works()
