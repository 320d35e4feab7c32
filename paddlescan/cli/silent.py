"""`scan --notify`: what the menu of a file manager calls. Nobody reads a terminal, so a notification tells the end.

With --beside, calls that follow each other are one selection: the first of them gathers the others, which leave at
once, and reads one selection after the other, each into one CSV. So 400 calls never start 400 engines.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Sequence

from paddlescan.cli.outcome import Outcome
from paddlescan.cli.printable import printable
from paddlescan.cli.scan import INTERRUPTED, run_scan
from paddlescan.desktop.handover import Reception, come_to_scan
from paddlescan.desktop.handover.joining import selections, settled_in
from paddlescan.desktop.notifying import notify
from paddlescan.document import Language
from paddlescan.errors import PaddleScanError
from paddlescan.paths import user_paths
from paddlescan.words import error_sentence, say

NOTHING_RAN = 3
_ASIDE = frozenset({"paths", "lang", "beside", "notify", "quiet", "csv", "another_name", "command"})
"""Options that do not change how something is read."""
_KNOWN = frozenset({"disk_full", "export_failed", "nothing_to_scan"})
"""Errors that have words without a file's name."""


def run_silently(options: argparse.Namespace, language: Language) -> int:
    """Scan, and tell the end. Returns the worst exit status of what was read here; 0 for what another start reads."""
    if not _joins(options):
        return _scan(options, options.paths, language)
    try:
        entry = come_to_scan(user_paths().make().data, options.paths)
    except PaddleScanError as error:
        return _told(error, language)
    if entry.handed_over:
        if not options.quiet:
            print(say("silent_handed", language), file=sys.stderr)
        return 0
    if entry.reception is None:
        return _scan(options, options.paths, language)
    try:
        return _gather(entry.reception, options, language)
    finally:
        entry.reception.leave()


def _joins(options: argparse.Namespace) -> bool:
    """Whether this is the menu's own call, which any other of them reads as well."""
    from paddlescan.cli.parser import command_parser

    usual = vars(command_parser().parse_args(["scan", "x"]))
    return (
        options.beside and not options.csv and all(vars(options)[name] == usual[name] for name in usual.keys() - _ASIDE)
    )


def _gather(reception: Reception, options: argparse.Namespace, language: Language) -> int:
    """Scan what comes, until nothing more does."""
    worst = 0
    while True:
        while wait_s := settled_in(reception.inbox.waiting, time.monotonic()):
            threading.Event().wait(wait_s)
        for paths in selections(reception.inbox.take_with_times()):
            status = _scan(options, paths, language)
            if status == INTERRUPTED:
                return status
            worst = max(worst, status)
        if reception.close_if_idle():
            return worst


def _scan(options: argparse.Namespace, paths: Sequence[str], language: Language) -> int:
    """Scan one selection and tell its end."""
    own = argparse.Namespace(**(vars(options) | {"paths": list(paths)}))
    outcomes: list[Outcome] = []
    try:
        status = run_scan(own, language, outcomes.append)
    except PaddleScanError as error:
        return _told(error, language)
    except Exception:
        notify(say("silent_nothing", language), say("silent_trouble", language))
        raise
    for outcome in outcomes:
        counts = say(
            "silent_counts",
            language,
            receipts=outcome.receipts,
            review=outcome.to_check,
            failed=outcome.failed,
        )
        if outcome.written:
            notify(say("silent_done", language), "\n".join([counts, *_where(own, language)]))
        else:
            notify(say("silent_unwritten", language), "\n".join((counts, say("silent_kept", language))))
    if not outcomes and status != INTERRUPTED:  # the engines do not start
        notify(say("silent_nothing", language), say("silent_trouble", language))
    return status


def _where(options: argparse.Namespace, language: Language) -> list[str]:
    return [say("silent_where", language)] if options.beside else []


def _told(error: PaddleScanError, language: Language) -> int:
    """Tell an error on both ways, the file's name only on standard error."""
    from paddlescan.cli import WRONG_USAGE

    print(printable(" ".join(error_sentence(error.failure, language))), file=sys.stderr)
    key = f"silent_{error.code}" if error.code in _KNOWN else "silent_trouble"
    notify(say("silent_nothing", language), say(key, language))
    return 2 if error.code in WRONG_USAGE else NOTHING_RAN
