"""Starts the window: application, log, hooks; the window first, then what stands behind it."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from traceback import format_tb
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog

from paddlescan.desktop.erasing import erase
from paddlescan.desktop.handover import Reception
from paddlescan.desktop.leftovers import leftovers_swept
from paddlescan.desktop.logs import end_log, write_log
from paddlescan.document import Language
from paddlescan.errors import EraseIncomplete, Failure, PaddleScanError
from paddlescan.gui import tokens
from paddlescan.gui.dialogs.start_trouble import StartTrouble
from paddlescan.gui.garbage import Collector
from paddlescan.gui.handed_over import HandedOver
from paddlescan.gui.icons import action_icon
from paddlescan.gui.leaving import Leaving
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.opening import open_calmly
from paddlescan.gui.running.kept_drops import NO_BATCH, KeptDrops
from paddlescan.gui.settings.preferences import chosen_language
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import Paths, user_paths
from paddlescan.pipeline.log_lines import qt_words
from paddlescan.settings import load_settings, save_settings
from paddlescan.words import system_language

log = logging.getLogger(__name__)

COULD_NOT_START = 3


class Alarm(QObject):
    """Hears of exceptions nobody caught, in whatever thread, and tells the window calmly."""

    rang = Signal(object)  # Failure

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """For `sys.excepthook`: the main thread and every QThread."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.error("unforeseen: %s\n%s", kind.__name__, "".join(format_tb(trace)))  # its text may quote a receipt
        self.rang.emit(Failure("internal"))

    def thread_hook(self, arguments: threading.ExceptHookArgs) -> None:
        """For `threading.excepthook`: plain threads."""
        if arguments.exc_value is not None and arguments.exc_type is not SystemExit:
            self.hook(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


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
        self.erasing = False
        """Whether all that is kept shall go when the window is closed."""
        self.well = True
        """Whether all threads ended."""

    @Slot()
    def begin(self) -> None:
        """The window is shown: open the newest batch, and take in what the command line named."""
        if self.ended:
            return  # closed before it began: a thread that starts now would never be ended
        work = self._window.workplace
        work.controller.batch_changed.connect(self._first_batch)
        work.start()

    @Slot(object)
    def _first_batch(self, summary: object) -> None:
        controller = self._window.workplace.controller
        controller.batch_changed.disconnect(self._first_batch)
        if self._paths and summary is not None and not controller.waiting:
            controller.begin_batch(paths=self._paths)  # what was read and checked is not mixed with what comes
        elif self._paths:
            controller.add_paths(self._paths)
        elif summary is None and self._samples:
            self._window.asking.add_samples()
        if self._reception is not None:
            self._handed_over = HandedOver(self._window, self._reception.inbox, began=bool(self._paths))

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


def run_window(
    paths: Sequence[str],
    language: Language | None = None,
    samples_if_empty: bool = False,
    reception: Reception | None = None,
) -> int:
    """Show the window until it is closed. Returns the exit status: 0, or 3 if it could not start.

    paths: files and folders to take in at once. language: else that of the settings, else the system's.
    samples_if_empty: read the sample receipts where there is no batch yet. reception: by which later starts are heard;
    what they bring while the window closes opens it once more. It is left at the end.
    """
    try:
        return _run_windows(paths, language, samples_if_empty, reception)
    finally:
        if reception is not None:
            reception.leave()


def _run_windows(
    paths: Sequence[str], language: Language | None, samples_if_empty: bool, reception: Reception | None
) -> int:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a program without windows runs already")
    _name(app)
    alarm = Alarm()
    qInstallMessageHandler(_qt_message)
    tokens.apply(app)
    sys.excepthook, threading.excepthook = alarm.hook, alarm.thread_hook
    Collector(app)
    leaving = Leaving(app)
    leaving.listen()
    try:
        with leftovers_swept(user_paths()):
            return _run(app, alarm, leaving, paths, language, samples_if_empty, reception)
    finally:
        leaving.let_go()


def _run(
    app: QApplication,
    alarm: Alarm,
    leaving: Leaving,
    paths: Sequence[str],
    language: Language | None,
    samples_if_empty: bool,
    reception: Reception | None,
) -> int:
    places = user_paths()
    speak(app, language or system_language())
    left: tuple[Path, ...] = ()
    while True:
        try:
            places.make()
            with suppress(OSError):  # no log is no reason not to work; `doctor` tells
                write_log(places.logs / "window.log")
            settings = load_settings(places.settings)
            speak(app, language or chosen_language(settings))
            held = open_calmly(places.store)
            try:
                window = MainWindow(Workplace(places, settings, held=held))
            except BaseException:
                held.end()
                raise
        except (PaddleScanError, OSError) as error:
            if not _try_again(error):
                return COULD_NOT_START
            end_log(places.logs)
            continue
        leaving.watch(window)
        status, erasing, well = _show(app, alarm, window, Session(window, paths, samples_if_empty, reception), left)
        paths, samples_if_empty = (), False
        if leaving.gone:
            _keep_for_later(places, reception)
            return status
        if not erasing and (reception is None or reception.close_if_idle()):
            return status
        end_log(places.logs)
        left = erase(places) if erasing else ()
        if not well:  # a thread that still runs would not survive the end of its window
            _keep_for_later(places, reception)
            return status
        window.deleteLater()


def _keep_for_later(places: Paths, reception: Reception | None) -> None:
    """What later starts brought and this program can no longer take in waits beside the store for the next one."""
    paths = [path for message in (reception.close() if reception else ()) for path in message.paths]
    if paths:
        kept = KeptDrops(places.store)
        with suppress(PaddleScanError):
            kept.keep(kept.new(NO_BATCH, paths))
        kept.let_go()


def _show(
    app: QApplication, alarm: Alarm, window: MainWindow, session: Session, left: Sequence[Path]
) -> tuple[int, bool, bool]:
    """Show one window until it is closed: exit status, whether what is kept shall be erased, whether threads ended.

    left: what could not be erased before.
    """
    alarm.rang.connect(window.notice.show_failure)
    if left:
        window.notice.show_failure(EraseIncomplete(file=str(left[0])).failure)
    window.show()
    QTimer.singleShot(0, session.begin)
    status = app.exec()
    session.end()
    return status, session.erasing, session.well


def _name(app: QApplication) -> None:
    app.setApplicationName("PaddleScan")
    app.setApplicationDisplayName("PaddleScan")
    app.setDesktopFileName("paddlescan")
    icon = action_icon("receipt")
    app.setWindowIcon(QIcon(icon.pixmap(64, 64)))


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Tell the log that Qt said something; what it said may be private."""
    levels = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}
    logging.getLogger("qt").log(levels.get(kind, logging.WARNING), "%s", qt_words(context.category, message))


def _try_again(error: PaddleScanError | OSError) -> bool:
    """Say why the window cannot be shown. Whether the person wants it tried once more."""
    log.error("could not start: %s", type(error).__name__)
    failure = error.failure if isinstance(error, PaddleScanError) else Failure("internal")
    return StartTrouble(failure).exec() == QDialog.DialogCode.Accepted
