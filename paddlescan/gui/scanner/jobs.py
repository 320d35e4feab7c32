"""What a scanner is asked, each in a thread of its own: a driver may take half a minute, and the window never waits."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from paddlescan.desktop.scanner.acquiring import Order, Progress, Stopping, acquire
from paddlescan.desktop.scanner.program import Stop
from paddlescan.errors import Failure, PaddleScanError, ScannerProgramMissing
from paddlescan.gui.unforeseen import noted

log = logging.getLogger(__name__)


class ScannerJob(QThread):
    """One question. The object lives in the window's thread; an answer bears its number.

    Told to stop, it tells nothing more but its end. It deletes itself once it is finished.
    """

    answered = Signal(int, object)
    """Its number, and what came of it."""
    failed = Signal(int, object)
    """Its number, and a Failure."""
    ended = Signal(int)
    """Its number: nothing more comes. By `finished` nobody knows it: it may be gone before that arrives."""

    def __init__(self, number: int, ask: Callable[[Stop], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.number, self._ask = number, ask
        self._stop = Stop()
        self.finished.connect(self.deleteLater)

    def stop(self, hurry: bool = False) -> None:
        """End it soon. Returns at once. hurry: the program closes."""
        self._stop.ask(hurry)

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._stop.asked

    def run(self) -> None:
        """Ask, and tell."""
        try:
            answer = self._ask(self._stop)
        except FileNotFoundError:  # removed between being found and being run
            self._tell(ScannerProgramMissing().failure)
        except PaddleScanError as error:
            log.info("scanner: %s", error.code)
            self._tell(error.failure)
        except Exception as error:  # noqa: BLE001 - our bug: its text may quote a name
            self._tell(noted(log, "scanner", error))
        else:
            if not self._stop.asked:
                self.answered.emit(self.number, answer)
        finally:
            self.ended.emit(self.number)

    def _tell(self, failure: Failure) -> None:
        if not self._stop.asked:
            self.failed.emit(self.number, failure)


class AcquireJob(ScannerJob):
    """One press of the button: a page, or all that lie in the feeder. Answers with how many there were."""

    progressed = Signal(int, int)
    """Which page, and how much of it, in percent; -1: nobody can tell."""
    page_kept = Signal(object)
    """Path: the file of a page that is whole. No `str`, from which Qt takes what is no text."""
    stopping = Signal()
    """Something went wrong in the midst of it; `failed` follows when the scanner has stopped."""

    def __init__(self, number: int, order: Order, begun: datetime, parent: QObject | None = None) -> None:
        """begun: for the names of the pages."""
        super().__init__(number, lambda stop: self._acquire(order, begun, stop), parent)
        self.pages: list[Path] = []
        """Of all pages so far, whether they were told or not."""

    def _acquire(self, order: Order, begun: datetime, stop: Stop) -> int:
        told = (0, 0)
        for one in acquire(order, begun, stop):
            if isinstance(one, Path):
                self.pages.append(one)
                self.page_kept.emit(one)
            elif isinstance(one, Stopping):
                self.stopping.emit()
            elif (now := _figures(one)) != told:
                told = now
                self.progressed.emit(*now)
        return len(self.pages)


def _figures(progress: Progress) -> tuple[int, int]:
    return progress.page, -1 if progress.percent is None else int(progress.percent)
