"""Starts the window: application, log, hooks; the window first, then what stands behind it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from traceback import format_tb
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog

from paddlescan.desktop.erasing import erase
from paddlescan.desktop.handover import Reception
from paddlescan.desktop.identity import APP_ID
from paddlescan.desktop.leftovers import leftovers_swept
from paddlescan.desktop.logs import end_log, write_log
from paddlescan.desktop.scanner.ending import wait_for_endings
from paddlescan.document import Language
from paddlescan.errors import EraseIncomplete, Failure, PaddleScanError
from paddlescan.gui import tokens
from paddlescan.gui.dialogs.start_trouble import StartTrouble
from paddlescan.gui.garbage import Collector
from paddlescan.gui.leaving import Leaving
from paddlescan.gui.left_behind import any_left, end_at_once
from paddlescan.gui.main_window import MainWindow
from paddlescan.gui.opened_files import OpenedFiles
from paddlescan.gui.opening import open_calmly
from paddlescan.gui.running.kept_drops import NO_BATCH, KeptDrops
from paddlescan.gui.session import Session
from paddlescan.gui.settings.preferences import chosen_language
from paddlescan.gui.shared import speak
from paddlescan.gui.workplace import Workplace
from paddlescan.paths import user_paths
from paddlescan.pipeline.early import EarlyEngine
from paddlescan.pipeline.log_lines import qt_words
from paddlescan.resources_dir import resource
from paddlescan.settings import load_settings
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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person who started the program wants of its first window."""

    paths: tuple[str, ...] = field(default=(), repr=False)
    """Files and folders to take in at once, absolute."""
    language: Language | None = None
    """Else that of the settings, else the system's."""
    samples_if_empty: bool = False
    """Whether the sample receipts are read where there is no batch yet."""


def run_window(
    paths: Sequence[str],
    language: Language | None = None,
    samples_if_empty: bool = False,
    reception: Reception | None = None,
    early: EarlyEngine | None = None,
) -> int:
    """Show the window until it is closed. Returns the exit status: 0, or 3 if it could not start.

    What paths, language and samples_if_empty say: see `Wanted`. reception: by which later starts are heard; what they
    bring while the window closes opens it once more. It is left at the end. early: an engine that is loading already.
    Where a thread does not end in time, this does not return: the program ends at once, with the exit status.
    """
    program = None
    try:
        wanted = Wanted(tuple(os.path.abspath(path) for path in paths), language, samples_if_empty)
        program = Program(wanted, reception, early)
        with leftovers_swept(program.places):
            status = program.run()
            if program.stuck:
                if reception is not None:
                    reception.leave()
                wait_for_endings()
                end_at_once(status)  # in here: what an export left is swept up by the next start
        return status
    finally:
        if program is not None:
            program.leaving.let_go()
        if early is not None:
            early.give_up()
        if reception is not None:
            reception.leave()


class Program:
    """One window after the other, mostly one."""

    def __init__(self, wanted: Wanted, reception: Reception | None, early: EarlyEngine | None = None) -> None:
        self._app = _application()
        self._alarm = Alarm()
        qInstallMessageHandler(_qt_message)
        tokens.apply(self._app)
        sys.excepthook, threading.excepthook = self._alarm.hook, self._alarm.thread_hook
        Collector(self._app)
        self._wanted, self._reception, self._early = wanted, reception, early
        if sys.platform == "darwin":  # it looks at every event of the program, and only macOS sends such files
            OpenedFiles(self._app, reception.inbox if reception is not None else None, self._open_file)
        self._window: MainWindow | None = None
        self.leaving = Leaving(self._app)
        self.leaving.listen()
        self.places = user_paths()
        self.stuck = False
        """Whether threads still run, at the end, or what they should have saved is not saved."""

    def _open_file(self, path: str) -> None:
        """A file was opened with this program, and no inbox takes it: the window does, or the next one."""
        if self._window is not None and self._window.drops.open:
            self._window.workplace.controller.add_paths([path])
        else:
            self._wanted = replace(self._wanted, paths=(*self._wanted.paths, path))

    def run(self) -> int:
        """Show windows until nothing is wanted any more; the exit status. What was not taken in is kept."""
        status = self._run()
        self._keep_for_later()
        self.stuck = self.stuck or any_left()
        return status

    def _run(self) -> int:
        speak(self._app, self._wanted.language or system_language())
        left: tuple[Path, ...] = ()
        while True:
            try:
                window = self._open()
            except (PaddleScanError, OSError) as error:
                if self.leaving.gone:
                    return 0
                if not _try_again(error):
                    return COULD_NOT_START
                end_log(self.places.logs)
                continue
            if window is None:
                return 0
            status, erasing = self._show(window, left)
            if self.leaving.gone or not (erasing or self._more_is_wanted()):
                return status
            end_log(self.places.logs)
            left = erase(self.places) if erasing else ()
            if self.stuck:  # a thread that still runs would not survive the end of its window
                return status
            window.deleteLater()

    def _open(self) -> MainWindow | None:
        """A window over the store; None where the program was told to go meanwhile. Raises what the store raises."""
        self.places.make()
        with suppress(OSError):  # no log is no reason not to work; `doctor` tells
            write_log(self.places.logs / "window.log")
        settings = load_settings(self.places.settings)
        speak(self._app, self._wanted.language or chosen_language(settings))
        held = open_calmly(self.places.store)
        if self.leaving.gone:
            held.end()
            return None
        try:
            return MainWindow(Workplace(self.places, settings, held=held, early=self._early))
        except BaseException:
            held.end()
            raise

    def _show(self, window: MainWindow, left: Sequence[Path]) -> tuple[int, bool]:
        """Show one window until it is closed: exit status, whether what is kept shall be erased.

        left: what could not be erased before.
        """
        self._window = window  # as long as threads of it may run
        session = Session(window, self._wanted.paths, self._wanted.samples_if_empty, self._reception)
        self.leaving.watch(window)
        self._alarm.rang.connect(window.notice.show_failure)
        tell_what_stayed(window, left)
        window.show()
        QTimer.singleShot(0, session.begin)
        status = self._app.exec()
        session.end()
        self.leaving.watch(None)
        self.stuck = not session.well
        self._wanted = Wanted(session.unused, self._wanted.language)
        return status, session.erasing

    def _more_is_wanted(self) -> bool:
        """Whether later starts brought something that no window has taken; if not, nothing is heard any more."""
        return self._reception is not None and not self._reception.close_if_idle()

    def _keep_for_later(self) -> None:
        """What was brought, and this program can no longer take in, waits beside the store for the next one."""
        messages = self._reception.close() if self._reception is not None else ()
        paths = [*self._wanted.paths, *(path for message in messages for path in message.paths)]
        if paths:
            kept = KeptDrops(self.places.store)
            with suppress(PaddleScanError):
                kept.keep(kept.new(NO_BATCH, paths))
            kept.let_go()


def tell_what_stayed(window: MainWindow, left: Sequence[Path]) -> None:
    """Say in a new window that not everything could be erased, if anything is left of it."""
    if left:
        window.notice.show_failure(EraseIncomplete(file=str(left[0])).failure)


def _application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a program without windows runs already")
    app.setApplicationName("PaddleScan")
    app.setApplicationDisplayName("PaddleScan")
    app.setDesktopFileName(APP_ID)  # Wayland and the docks find the icon by it
    app.setWindowIcon(QIcon(str(resource("icons", "paddlescan.svg"))))
    return app


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Tell the log that Qt said something; what it said may be private."""
    levels = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}
    logging.getLogger("qt").log(levels.get(kind, logging.WARNING), "%s", qt_words(context.category, message))


def _try_again(error: PaddleScanError | OSError) -> bool:
    """Say why the window cannot be shown. Whether the person wants it tried once more."""
    log.error("could not start: %s", type(error).__name__)
    failure = error.failure if isinstance(error, PaddleScanError) else Failure("internal")
    return StartTrouble(failure).exec() == QDialog.DialogCode.Accepted
