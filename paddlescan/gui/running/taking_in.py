"""Files that come: into the batch in front, or into one that is begun for them; also those left over from before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from paddlescan.document import ScanOptions
from paddlescan.gui.running import jobs
from paddlescan.gui.running.drops import Drops
from paddlescan.gui.running.in_front import BatchInFront
from paddlescan.gui.running.intake_thread import Twice
from paddlescan.gui.running.kept_drops import NO_BATCH, Drop
from paddlescan.gui.running.reading import Reading
from paddlescan.gui.shared import SAMPLES


class TakingIn(QObject):
    """Part of the running of batches: knows for which batch a drop is. What comes while none is there is held."""

    came_twice = Signal(object)  # tuple[Twice, ...], of the batch in front

    def __init__(
        self, front: BatchInFront, drops: Drops, reading: Reading, options: ScanOptions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._front, self._drops, self._reading = front, drops, reading
        self.options = options
        """What a new batch begins with."""
        self._closed = False
        drops.twice.connect(self._came_twice)
        drops.ended.connect(self._drop_ended)

    def new_batch(self) -> None:
        """Begin an empty batch. Where that fails it is told, and not tried again unless files came for it."""
        options = self.options
        self._front.begin(lambda store: jobs.create(store, "", options), lambda: self._drops.held)

    def begin_batch(self, name: str = "", paths: Sequence[str] = ()) -> None:
        """Begin a batch, and drop these paths into it."""
        options = self.options
        self._drops.hold(paths)
        self._front.switch(lambda store: jobs.create(store, name, options))

    def add(self, paths: Sequence[str]) -> None:
        """Take in files and folders; reading begins with the first of them."""
        if not paths or self._closed:
            return
        if self._front.opening:
            self._drops.hold(paths)
        elif self._front.batch is None or self.samples_in_front:
            self.begin_batch(paths=paths)
        else:
            self._drops.add(self._front.batch, paths)
            self._reading.take_in(True)

    @property
    def samples_in_front(self) -> bool:
        """Whether a person's own receipts would be mixed with those that are there to try it out."""
        summary = self._front.summary
        return summary is not None and summary.owner == "window" and summary.name == SAMPLES

    def give_held(self) -> None:
        """What came before there was a batch goes into the one in front, or into a new one."""
        if not self._drops.held or self._closed or self._front.opening:
            return
        if self._front.batch is None:
            self.begin_batch()
        else:
            self._drops.give_held(self._front.batch)
            self._reading.take_in(True)

    def go_on_with(self, drops: tuple[Drop, ...]) -> None:
        """Take in drops that were kept."""
        if self._closed:
            return
        for drop in drops:
            if drop.batch == NO_BATCH:
                self._drops.hold_again(drop)
        self.give_held()
        self._drops.go_on(drop for drop in drops if drop.batch != NO_BATCH)
        self._reading.take_in(self._drops.busy, new=False)

    def close(self) -> None:
        """Nothing more comes."""
        self._closed = True

    @Slot(int, object)
    def _came_twice(self, batch: int, twice: tuple[Twice, ...]) -> None:
        if batch == self._front.batch:
            self.came_twice.emit(twice)

    @Slot()
    def _drop_ended(self) -> None:
        self._reading.take_in(self._drops.busy)
