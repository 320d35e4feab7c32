"""`scan --notify`: what the menu of a file manager calls. Nobody reads a terminal, so a notification tells the end.

With --beside, calls that follow each other are one selection: the first of them gathers the others, which leave at
once, and reads one selection after the other, each into one CSV. So 400 calls never start 400 engines. What it cannot
read any more, because it is told to end, is set aside; what was handed over is never dropped without a word.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections import deque
from collections.abc import Sequence

from paddlescan.cli.engine import early_engine
from paddlescan.cli.outcome import Outcome
from paddlescan.cli.printable import printable
from paddlescan.cli.scan import INTERRUPTED, run_scan
from paddlescan.cli.set_aside import set_aside
from paddlescan.desktop.discretion import ending_politely
from paddlescan.desktop.handover import Reception, come_to_scan
from paddlescan.desktop.handover.joining import selections, settled_in
from paddlescan.desktop.notifying import notify
from paddlescan.document import Language
from paddlescan.errors import PaddleScanError
from paddlescan.paths import user_paths
from paddlescan.pipeline.early import EarlyEngine
from paddlescan.words import error_sentence, say, together

NOTHING_RAN = 3
_LOOK_S = 0.1
"""Between two looks whether the program is told to end."""
_ASIDE = frozenset({"paths", "lang", "beside", "notify", "quiet", "csv", "another_name", "command"})
"""Options that do not change how something is read."""
_KNOWN = frozenset({"disk_full", "export_failed", "nothing_to_scan", "packed_left", "path_missing"})
"""Errors that have words without a file's name."""


def run_silently(options: argparse.Namespace, language: Language) -> int:
    """Scan, and tell the end. Returns the worst exit status of what was read here; 0 for what another start reads."""
    if not _joins(options):
        return _Gathering(None, options, language).run()
    try:
        entry = come_to_scan(user_paths().make().data, options.paths)
    except PaddleScanError as error:
        return _told(error, language)
    if entry.handed_over:
        if not options.quiet:
            print(say("silent_handed", language), file=sys.stderr)
        return 0
    return _Gathering(entry.reception, options, language).run()


def _joins(options: argparse.Namespace) -> bool:
    """Whether this is the menu's own call, which any other of them reads as well."""
    from paddlescan.cli.parser import command_parser

    usual = vars(command_parser().parse_args(["scan", "x"]))
    return (
        options.beside and not options.csv and all(vars(options)[name] == usual[name] for name in usual.keys() - _ASIDE)
    )


class _Gathering:
    """Selections that are read one after the other: this start's own, and what others hand over to it."""

    def __init__(self, reception: Reception | None, options: argparse.Namespace, language: Language) -> None:
        """reception: whose inbox holds the paths of this start; None: nobody hands anything over."""
        self._reception, self._options, self._language = reception, options, language
        self._left: deque[Sequence[str]] = deque(() if reception else (options.paths,))
        """What is neither read nor in the store, the next one first."""
        self._early: EarlyEngine | None = None
        """Loads while others are waited for; the first selection takes it."""
        self._bug: Exception | None = None
        """The first one; it is raised when all is read."""

    def run(self) -> int:
        """Until nothing more comes. Told to end, it sets the rest aside."""
        status = INTERRUPTED
        try:
            with early_engine(self._options) as self._early:
                status = self._read_all()
        finally:
            self._close()
            if status == INTERRUPTED:
                set_aside(self._left, self._options, self._language)
        if self._bug is not None:
            raise self._bug
        return status

    def _read_all(self) -> int:
        worst = 0
        while True:
            if not self._wait():
                return INTERRUPTED
            while self._left:
                status = self._read(self._left[0])
                self._left.popleft()
                if status == INTERRUPTED:
                    return status
                worst = max(worst, status)
            if self._reception is None or self._reception.close_if_idle():
                return worst

    def _wait(self) -> bool:
        """Until what has come is whole, and take it; False if told to end, which loses nothing here."""
        asked: list[int] = []
        if self._reception is not None:
            inbox = self._reception.inbox
            with ending_politely(lambda number, _: asked.append(number), signal.SIGINT):
                while not asked and (wait_s := settled_in(inbox.waiting, time.monotonic())):
                    time.sleep(min(wait_s, _LOOK_S))
                self._left.extend(selections(inbox.take_with_times()))
        return not asked

    def _read(self, paths: Sequence[str]) -> int:
        try:
            return _scan(self._options, paths, self._language, self._early)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - our bug, which was told: the others are read all the same
            self._bug = self._bug or error
            return NOTHING_RAN

    def _close(self) -> None:
        if self._reception is not None:
            with ending_politely(lambda *_: None, signal.SIGINT):  # a moment, in which nothing may get lost
                self._reception.inbox.shut()  # who comes now is told so, and finds another
                self._left.extend(selections(self._reception.inbox.take_with_times()))
                self._reception.leave()


def _scan(
    options: argparse.Namespace, paths: Sequence[str], language: Language, early: EarlyEngine | None = None
) -> int:
    """Scan one selection and tell its end."""
    own = argparse.Namespace(**(vars(options) | {"paths": list(paths)}))
    outcomes: list[Outcome] = []
    try:
        status = run_scan(own, language, outcomes.append, early)
    except PaddleScanError as error:
        return _told(error, language)
    except Exception:
        notify(say("silent_nothing", language), say("silent_trouble", language))
        raise
    for outcome in outcomes:
        counts = _counts(outcome, language)
        if outcome.written:
            rest = (*_where(own, outcome, language), *_packed(outcome, language), *_seen(outcome))
            notify(say("silent_done", language), "\n".join((counts, *rest)))
        else:
            notify(say("silent_unwritten", language), "\n".join((counts, say("silent_kept", language))))
    if not outcomes and status != INTERRUPTED:  # the engines do not start
        notify(say("silent_nothing", language), say("silent_trouble", language))
    return status


def _counts(outcome: Outcome, language: Language) -> str:
    said = say("silent_counts", language, receipts=outcome.receipts, review=outcome.to_check, failed=outcome.failed)
    return said + say("silent_blank", language, pages=outcome.blank) if outcome.blank else said


def _where(options: argparse.Namespace, outcome: Outcome, language: Language) -> list[str]:
    return [say("silent_where", language, file=outcome.table)] if options.beside else []


def _packed(outcome: Outcome, language: Language) -> list[str]:
    return [say("silent_packed", language, count=outcome.packed)] if outcome.packed else []


def _seen(outcome: Outcome) -> list[str]:
    return [outcome.seen] if outcome.seen else []


def _told(error: PaddleScanError, language: Language) -> int:
    """Tell an error on both ways, the file's name only on standard error."""
    from paddlescan.cli import WRONG_USAGE

    print(printable(together(*error_sentence(error.failure, language))), file=sys.stderr)
    key = f"silent_{error.code}" if error.code in _KNOWN else "silent_trouble"
    notify(say("silent_nothing", language), say(key, language))
    return 2 if error.code in WRONG_USAGE else NOTHING_RAN
