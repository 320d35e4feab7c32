"""Where a thread's request ends in an error of ours: the log is told where it was, the person that it was ours."""

from __future__ import annotations

import logging
from traceback import format_tb

from paddlescan.errors import Failure


def noted(log: logging.Logger, what: str, error: Exception) -> Failure:
    """Write down that an error nobody foresaw ended something; the failure that stands for it.

    The error's type and frames only: its text may quote a receipt. what: what it ended, in English.
    """
    log.error("%s: %s\n%s", what, type(error).__name__, "".join(format_tb(error.__traceback__)))
    return Failure("internal")
