"""A child's log. Only the standard library is imported here, and it must be begun before the child goes to jail.

Standard output and error are the log file that the supervisor opened, so what a library prints while it is loaded (a
missing CUDA library) stands there. With its first answer a child begins to see strangers' files, and from then on only
what goes through `log_lines` gets in: what C and C++ code prints may quote names and content.
"""

from __future__ import annotations

import faulthandler
import io
import logging
import os
import sys
from contextlib import suppress

from paddlescan.pipeline.log_lines import Formatter, log_warnings

FORMAT = "%(asctime)s %(process)d %(name)s %(levelname)s %(message)s"
_open: list[int] = []
"""Descriptors of nothing, waiting to take the place of standard output and error."""


def begin() -> None:
    """Log into what standard error is now: our own lines, warnings by their kind, a crash by its frames."""
    stream = io.TextIOWrapper(
        os.fdopen(os.dup(2), "wb", buffering=0), encoding="utf-8", errors="backslashreplace", write_through=True
    )
    faulthandler.enable(stream)  # frames only, no values
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter(FORMAT))
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    logging.captureWarnings(False)
    log_warnings()
    _open.append(os.open(os.devnull, os.O_WRONLY))


def only_ours() -> None:
    """What is printed from now on goes nowhere. Without effect the second time."""
    if not _open:
        return
    nothing = _open.pop()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    for standard in (1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
