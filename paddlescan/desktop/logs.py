"""The log of the program itself (engine processes have their own): for us, without anything private."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from paddlescan.pipeline.log_lines import Formatter, log_warnings

LEVEL_VARIABLE = "PADDLESCAN_LOG_LEVEL"
FORMAT = "%(asctime)s %(process)d %(threadName)s %(name)s %(levelname)s %(message)s"


_ends: list[Callable[[], None]] = []
"""What lets warnings of libraries speak for themselves again."""


class _PrivateFile(RotatingFileHandler):
    """Each of its files is readable by the owner only, those that follow the first one, too."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk, a folder that is gone: the line is lost. Python would print it, with a traceback, to where the
        person reads."""


def write_log(file: Path) -> None:
    """Send all logging into a file of at most 1 MB, five of them kept, readable by the owner only.

    The level is INFO, or what PADDLESCAN_LOG_LEVEL says. Raises OSError if the file cannot be opened.
    """
    handler = _PrivateFile(file, maxBytes=1_000_000, backupCount=5, encoding="utf-8")
    handler.setFormatter(Formatter(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    level = logging.getLevelNamesMapping().get(os.environ.get(LEVEL_VARIABLE, "").upper(), logging.INFO)
    root.setLevel(level)
    _ends.append(log_warnings())


def end_log(folder: Path) -> None:
    """Close the log files in a folder; what is logged from now on goes nowhere until `write_log`."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, RotatingFileHandler) and Path(handler.baseFilename).parent == folder.absolute():
            root.removeHandler(handler)
            handler.close()
    while _ends:
        _ends.pop()()
