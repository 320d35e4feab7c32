"""The thread that watches the folder. The object lives in the window's thread; only `run` is elsewhere."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.desktop.hot_folder.loop import Loop, News
from paddlescan.desktop.hot_folder.plan import Plan, Watch
from paddlescan.errors import AlreadyWatched, Failure, PaddleScanError
from paddlescan.gui.hot_folder.reading import Means, QuietReading
from paddlescan.store import BatchOwner, HotRound, Store

log = logging.getLogger(__name__)

ASK_AGAIN_S = 15.0
"""Another program may end that watches the same folder."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the settings say. Nothing looks at the disk before the thread does: it may be a network's, and silent."""

    folder: str = field(repr=False)
    deep: bool
    move_to: str = field(repr=False)
    """Empty: what was read stays."""

    @property
    def name(self) -> str:
        """What the folder is called."""
        return Path(self.folder).name or self.folder

    def plan(self) -> Plan:
        """The same with real paths."""
        return Plan.of(self.folder, self.deep, self.move_to)


class WatchThread(QThread):
    """Watches until `stop`."""

    heard = Signal(object)  # desktop.hot_folder.loop.News
    troubled = Signal(object)  # Failure: it waits and tries again by itself; None: it goes on
    batch_known = Signal(int)  # what arrives today goes into this one

    owner: BatchOwner = "window"

    def __init__(self, wish: Wish, means: Means, reading: QuietReading, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hot folder")
        self._wish, self._means, self._reading = wish, means, reading
        self._stop = threading.Event()
        self._batch = 0

    @property
    def wanted_to_stop(self) -> bool:
        """Whether it ends because it was told to."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End soon; returns at once."""
        self._stop.set()
        self._reading.halt()

    def run(self) -> None:
        """Watch; where another program does so, wait until it ends."""
        self._plan = self._wish.plan()
        watch = Watch(self._means.paths.store, self._plan.folder)
        try:
            if self._acquired(watch):
                Loop(self._plan, self._means.paths.store, self).run(self._stop)
        except PaddleScanError as error:
            log.warning("watching ends: %s", error.code)
            self.troubled.emit(error.failure)
        finally:
            watch.release()

    def _acquired(self, watch: Watch) -> bool:
        told = False
        while not self._stop.is_set():
            try:
                watch.acquire()
            except AlreadyWatched as error:
                if not told:
                    self.troubled.emit(error.failure)
                told = True
                self._stop.wait(ASK_AGAIN_S)
            else:
                if told:
                    self.troubled.emit(None)
                return True
        return False

    # As the host of the loop --------------------------------------------------------------------

    def batch_for(self, store: Store, rounds: tuple[HotRound, ...]) -> int:
        """Today's batch; a new one on a new day."""
        today = _today(rounds)
        if today is None:
            now = datetime.now().astimezone().replace(microsecond=0)
            name = f"{self._plan.name} {now:%Y-%m-%d}"
            today = store.begin_hot_round(self._plan.key, now.isoformat(), name, "window", self._means.options)
        if today != self._batch:
            self._batch = today
            self.batch_known.emit(today)
        return today

    def read(self, batch: int) -> bool:
        """Have a batch read that is not in front."""
        return self._reading.read(batch, self._stop)

    def close(self, store: Store, round_: HotRound) -> bool:
        """The batch of an earlier day is closed; one goes that nobody has anything in, or in front of them."""
        if _today((round_,)) is not None:
            return False
        summary = store.summary(round_.batch)
        if not (summary.pages or summary.receipts or round_.batch == self._reading.front):
            store.delete_batch(round_.batch)
        return True

    def news(self, news: News) -> None:
        """Told in the window's thread."""
        if news != News():
            self.heard.emit(news)

    def trouble(self, failure: Failure | None) -> None:
        """Told in the window's thread."""
        self.troubled.emit(failure)


def _today(rounds: tuple[HotRound, ...]) -> int | None:
    """The batch of today among those that are open."""
    days = {each.batch: each.day[:10] for each in rounds}
    return next((batch for batch, day in days.items() if day == date.today().isoformat()), None)
