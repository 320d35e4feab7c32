"""One run of the window: what it begins with, and its end in good order."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from paddlescan.desktop.handover import Reception
from paddlescan.errors import PaddleScanError
from paddlescan.gui.handed_over import HandedOver
from paddlescan.gui.main_window import MainWindow
from paddlescan.settings import save_settings

log = logging.getLogger(__name__)


class Session(QObject):
    """One run of the window, from showing it to the end of its last thread."""

    def __init__(
        self,
        window: MainWindow,
        paths: Sequence[str],
        samples_if_empty: bool,
        reception: Reception | None = None,
    ) -> None:
        super().__init__(window)
        self._reception = reception
        self._handed_over: HandedOver | None = None
        self._window, self._paths, self._samples = window, list(paths), samples_if_empty
        window.closing.connect(self.end)
        window.asking.erase_wanted.connect(self.erase)
        self.ended = False
        self._brought = False
        self.erasing = False
        """Whether all that is kept shall go when the window is closed."""
        self.well = True
        """Whether all threads ended, and all is saved."""

    @property
    def unused(self) -> tuple[str, ...]:
        """What the command line named and nobody has got, because the window was closed before it began."""
        return tuple(self._paths)

    @property
    def _comes(self) -> bool:
        """Whether something waits to be taken in."""
        return self._reception is not None and any(message.paths for _, message in self._reception.inbox.waiting)

    @Slot()
    def begin(self) -> None:
        """The window is shown: open the newest batch, and take in what the command line named."""
        if self.ended:
            return  # closed before it began: a thread that starts now would never be ended
        work = self._window.workplace
        work.controller.drops.hold(self._paths)  # for the first batch; kept until then
        self._brought, self._paths = bool(self._paths), []
        work.controller.batch_changed.connect(self._first_batch)
        work.start()

    @Slot(object)
    def _first_batch(self, summary: object) -> None:
        controller = self._window.workplace.controller
        controller.batch_changed.disconnect(self._first_batch)
        if self._brought and summary is not None and (not controller.waiting or controller.samples_in_front):
            controller.begin_batch()  # what was read and checked is not mixed with what comes
        elif summary is None and self._samples and not self._brought and not self._comes:
            self._window.asking.add_samples()
        if self._reception is not None:
            self._handed_over = HandedOver(self._window, self._reception.inbox)

    @Slot()
    def erase(self) -> None:
        """Close; what comes after begins with nothing."""
        self.erasing = True
        self._window.close()

    @Slot()
    def end(self) -> None:
        """The window closes: remember its looks, end the threads."""
        if self.ended:
            return
        self.ended = True
        window = self._window
        if self._handed_over is not None:
            self._handed_over.end()
        try:
            window.workplace.settings = window.remembered()  # a choice that is being saved just now finds it, too
            save_settings(window.workplace.paths.settings, window.workplace.settings)
        except PaddleScanError as error:
            log.warning("settings not saved: %s", error.code)
        finally:  # whatever became of the looks, no thread is left behind
            window.hide()
            self.well = window.workplace.end()
