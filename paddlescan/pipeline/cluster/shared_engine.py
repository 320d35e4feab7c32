"""The one engine of a worker, as those know it who ask it for pages: all must want it with the same options, or it
would be replaced at every page."""

from __future__ import annotations

import dataclasses
import threading

from paddlescan.ocr.reasons import Reason
from paddlescan.pipeline.cluster.talk import Begin
from paddlescan.pipeline.messages import Hello


class SharedEngine:
    """How it was started last, and what it said. Any thread may call."""

    def __init__(self, begin: Begin, hello: Hello) -> None:
        self._lock = threading.Lock()
        self._begin, self._hello, self._on_cpu = begin, hello, False

    @property
    def begin(self) -> Begin:
        """How it was started; pages go with these options."""
        with self._lock:
            return self._begin

    @property
    def hello(self) -> Hello:
        """What it said when it was, or the one before it where it is not ready yet."""
        with self._lock:
            return self._hello

    def do_without_gpu(self) -> None:
        """From the next start on, load on the CPU."""
        with self._lock:
            self._on_cpu = True

    def start_anew(self) -> Begin:
        """How it is started from now on."""
        with self._lock:
            if self._on_cpu:
                self._begin = Begin(dataclasses.replace(self._begin.engine, device="cpu"), self._begin.words)
            return self._begin

    def started(self, hello: Hello) -> None:
        """It is ready. Why it reads without a card stays what it was: the engine itself knows only that it shall."""
        with self._lock:
            before, now = self._hello.engine, hello.engine
            if before and now and before.reason == Reason.GPU_FAILED and now.reason == Reason.CPU_CHOSEN:
                hello = Hello(dataclasses.replace(now, reason=Reason.GPU_FAILED), hello.jail)
            self._hello = hello
