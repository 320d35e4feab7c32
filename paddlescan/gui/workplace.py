"""Everything behind the window that is no widget: store, threads, the batch in front, the review desk.

Made before the window, ended after it.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QUndoStack

from paddlescan.document import EngineInfo, EngineOptions, SourceFile
from paddlescan.errors import EditsSetAside, Failure
from paddlescan.gui.hot_folder.hot_folder import HotFolder
from paddlescan.gui.hot_folder.reading import Means
from paddlescan.gui.kept_copies import KeptCopies
from paddlescan.gui.kept_thumbnails import KeptThumbnails
from paddlescan.gui.lane import PreviewLane
from paddlescan.gui.page_steps import PageSteps
from paddlescan.gui.pasting import PastedPictures
from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.running.controller import BatchController
from paddlescan.gui.running.room_watch import RoomWatch
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.ocr.devices import choose_device
from paddlescan.paths import Paths
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.early import EarlyEngine
from paddlescan.pipeline.keeping import open_store
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.passwords import Passwords
from paddlescan.pipeline.worker import PageWorker
from paddlescan.resources_dir import resource
from paddlescan.settings import Settings
from paddlescan.store import Store
from paddlescan.store.care import Held

log = logging.getLogger(__name__)

SWITCH_S = 0.0005
"""How long a busy thread keeps Python's lock before the window's thread gets it. Each call into Qt gives the lock
away, so that with Python's own 5 ms painting a page list took 0.1 s and more while files were taken in."""
SAMPLE_KINDS = (".png", ".jpg", ".jpeg", ".pdf", ".tif", ".tiff")


class Workplace(QObject):
    """Opens the store at once (it may raise what the store raises); engines start with the first page."""

    device_refused = Signal(object)  # Failure: what was chosen cannot be had
    ending = Signal()  # the window is gone: what is still to come into the batch comes now
    caught_up = Signal(int)  # things that an earlier window could not save, and that are being saved now

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        parent: QObject | None = None,
        held: Held | None = None,
        open_store: Callable[[Path], Store] = open_store,
        early: EarlyEngine | None = None,
    ) -> None:
        """held: the store as it was opened for this window; it is let go of in the end. open_store: how what a clerk
        does is saved, and how patiently. early: an engine that is loading already."""
        super().__init__(parent)
        self.paths, self.settings, self.held, self._early = paths, settings, held, early
        self.store = Store(paths.store)
        self.passwords = Passwords()
        self.undo_stack = QUndoStack(self)
        self.writer = StoreWriter(paths.store, self, open_store)
        self.review = ReviewDesk(self.store, self.writer, self.undo_stack, self)
        self.lane = PreviewLane(self._light_process, settings.scan_options().limits, self)
        self.thumbnails = KeptThumbnails(paths.thumbnails, self._has_password, self)
        self.controller = BatchController(
            paths.store, settings.scan_options(), self._worker, settings.worker_count(), self.passwords, self
        )
        self.pictures = PastedPictures(paths.pasted, self.controller, self)
        self.room = RoomWatch(self.controller, paths, self)
        self.steps = PageSteps(self.controller, self.undo_stack, self)
        self.copies = KeptCopies(paths.store, self)
        self.controller.running_changed.connect(self.copies.running)
        self.copies.trouble.connect(self.controller.trouble)
        self.hot_folder = HotFolder(self.controller, self._means, self)
        self.to_be_erased = False
        """Whether nothing of what is kept is wanted any more."""

    def start(self) -> None:
        """The window is shown: begin."""
        sys.setswitchinterval(SWITCH_S)
        if left := self.writer.take_over():
            self.caught_up.emit(left)
        if others := self.writer.of_other_stores:
            self.controller.trouble.emit(EditsSetAside(detail=str(others)).failure)
        self.lane.start()
        self.tell_device()
        self.controller.start()
        self.hot_folder.follow(self.settings)
        if self.held is not None:
            self.copies.begin()
            if self.held.found.news is not None:
                self.controller.trouble.emit(self.held.found.news)

    def end(self) -> bool:
        """End every thread; what was typed is saved, what is being read waits. Says whether all went well."""
        self.ending.emit()
        ended = self.hot_folder.end()
        ended = self.controller.shutdown() and ended
        saved = self.writer.stop()
        self.lane.stop()
        if self._early is not None:
            self._early.give_up()
        ended = self.thumbnails.close() and ended
        ended = self.copies.close() and ended
        self.store.close()
        if self.held is not None:
            if ended and saved and not self.to_be_erased:
                self.copies.keep_last()
            self.held.end(clean=ended and saved)
        if not (ended and saved):
            log.warning("closing: threads ended %s, edits saved %s", ended, saved)
        return ended and saved

    def use(self, settings: Settings) -> None:
        """Work with these settings from now on: engines at once, switches from the next batch on."""
        before, self.settings = self.settings, settings
        engines = [(s.device, s.engine, s.worker_count(), s.gpu_memory_mib) for s in (before, settings)]
        self.controller.use(settings.scan_options(), settings.worker_count(), renew=engines[0] != engines[1])
        if engines[0] != engines[1]:
            self.tell_device()
        self.hot_folder.follow(settings)

    def tell_device(self) -> None:
        """Say by `engine_changed` what is read with, and why; or by `device_refused` why not."""
        options = self.settings.engine_options(gpu_dir=self.paths.gpu_package)
        self.controller.desk.ask(lambda _store: choose_device(options), self._device_chosen, self._no_device)

    def samples(self) -> list[str]:
        """The sample receipts that come with the program."""
        folder = resource("samples")
        return sorted(str(path) for path in folder.iterdir() if path.suffix.lower() in SAMPLE_KINDS)

    def keep_picture(self, image: QImage) -> None:
        """Keep a pasted picture as a source file and add it to the batch."""
        self.pictures.keep(image)

    def _device_chosen(self, info: EngineInfo) -> None:
        self.controller.engine_changed.emit(info, self.controller.pool.count)

    def _no_device(self, failure: Failure) -> None:
        self.device_refused.emit(failure)
        self.controller.trouble.emit(failure)

    def _has_password(self, source: SourceFile) -> bool:
        return self.passwords.get(source) is not None

    def _light_process(self) -> LightProcess:
        return LightProcess(log_file=self.paths.logs / "pictures.log", scratch_root=self.paths.scratch)

    def _means(self) -> Means:
        """What the pages of the watched folder are read with, while their batch is not in front."""
        return Means(self.paths, self._engine_options(), self.settings.scan_options(), self.passwords)

    def _engine_options(self) -> EngineOptions:
        return self.settings.engine_options(self.paths.patterns, self.paths.gpu_package, self.paths.runtimes)

    def _worker(self, batch: int, number: int, crew: Crew) -> PageWorker:
        options = replace(self._engine_options(), worker=number - 1)
        return PageWorker(
            self.paths.store,
            batch,
            options,
            self.settings.scan_options(),
            self.passwords,
            log_file=self.paths.logs / f"engine-{number}.log",
            scratch_root=self.paths.scratch,
            engine=self._early.take(options) if self._early is not None and number == 1 else None,
            crew=crew,
        )
