"""Reads places of pages that the clerk points at, with the engines of the batch, before any page that waits."""

from __future__ import annotations

import itertools
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.document import PageRef, PrepareOptions, Quad, ScanOptions
from paddlescan.gui.running.scan_pool import ScanPool
from paddlescan.pipeline.errands import Errand
from paddlescan.pipeline.messages import AreaRead, ReadArea


class PlaceReader(QObject):
    """Lives in the window's thread. An answer comes for every place that is asked for."""

    answered = Signal(int, object)
    """ticket, AreaRead; None: the engine was lost over it"""
    _came = Signal(int, object)

    def __init__(self, pool: ScanPool, options: ScanOptions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool, self._limits = pool, options.limits
        self._tickets = itertools.count(1)
        self._came.connect(self._tell)

    @property
    def loaded(self) -> bool:
        """Whether an engine is ready, so that the answer comes at once."""
        return self._pool.loaded

    def warm(self, batch: int) -> None:
        """A place will be asked for in a moment: load an engine where there is none."""
        if not self._pool.busy:
            self._pool.run(batch, Errand(None, _nobody_waits))

    def read(
        self,
        batch: int,
        ref: PageRef,
        quad: Quad,
        prepare: PrepareOptions,
        seals: tuple[Quad, ...] = (),
        password: str | None = None,
    ) -> int:
        """Read what stands in a place (pixels of the source page). Returns the ticket that its answer comes with."""
        ticket = next(self._tickets)
        request = ReadArea(ref, quad, ScanOptions(prepare, self._limits), seals, password)
        self._pool.run(batch, Errand(request, partial(self._came.emit, ticket)))
        return ticket

    @Slot(int, object)
    def _tell(self, ticket: int, answer: AreaRead | None) -> None:
        self.answered.emit(ticket, answer)


def _nobody_waits(_answer: AreaRead | None) -> None:
    """An engine was loaded, or was not: the place itself will tell."""
