"""An engine that loads while the program itself still does: its two seconds and ours run side by side."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from paddlescan.document import EngineOptions
from paddlescan.pipeline.clients import EngineProcess


class EarlyEngine:
    """Started before anybody needs it; taken by the first worker that wants just such an engine, or given up.

    Belongs to one thread at a time, as the engine does.
    """

    def __init__(
        self,
        options: EngineOptions,
        log_file: Path | None = None,
        scratch_root: Path | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        """As an EngineProcess is made; nothing is started yet."""
        self._options = options
        self._engine: EngineProcess | None = EngineProcess(options, None, log_file, scratch_root, command)
        # In the main thread a signal might end it half made, and its folder would stay.
        self._starting = threading.Thread(target=self._engine.start_early, name="early engine")

    def start(self) -> None:
        """Start it; returns at once. Where it cannot be started, who takes it hears why."""
        self._starting.start()

    def take(self, options: EngineOptions) -> EngineProcess | None:
        """The engine, once; None where it is gone, or another one is wanted by now, and then it ends."""
        self._wait()
        engine, self._engine = self._engine, None
        if engine is None or options == self._options:
            return engine
        engine.stop(grace_s=0)
        return None

    def give_up(self) -> None:
        """Nobody takes it any more."""
        self._wait()
        if self._engine is not None:
            self._engine.stop(grace_s=0)
            self._engine = None

    def _wait(self) -> None:
        if self._starting.ident is not None:
            self._starting.join()
