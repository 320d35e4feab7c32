"""The command line: a file each for its commands, over the same rooms as the window. Never imports Qt."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress

from paddlescan.document import Language
from paddlescan.errors import DiskFull, PaddleScanError

INTERRUPTED = 130
WRONG_USAGE = (
    "export_exists",
    "export_failed",
    "nothing_to_scan",
    "packed_left",
    "path_missing",
    "template_unknown",
    "template_wrong",
    "batch_unknown",
    "page_unknown",
    "no_batch_fits",
    "pattern_unknown",
    "pattern_broken",
    "option_alone",
    "ending_wrong",
    "folder_within",
    "table_missing",
    "table_kind",
    "cluster_address",
    "cluster_insecure",
    "storage_address",
    "elsewhere_stored",
    "originals_elsewhere",
)
"""Errors that are noticed before anything is read."""


def run(argv: Sequence[str]) -> int:
    """Run a command (one of `parser.COMMANDS`) and return its exit status."""
    from paddlescan.cli.parser import command_parser
    from paddlescan.cli.speaking import language_of
    from paddlescan.desktop.discretion import ending_politely

    language = language_of(argv)
    options = command_parser(language).parse_args(argv)
    with ending_politely():
        return _run(options, language)


def _run(options: argparse.Namespace, language: Language) -> int:
    try:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a pipe may know fewer letters
        _begin_log()
        with _leftovers_swept():
            status = _command(options, language)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output left, e.g. `| head`
        sys.stderr.close()
        return 1
    except PaddleScanError as error:
        return _told(error, language)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        with suppress(OSError):  # what is left of it would be tried once more at the end
            sys.stdout.close()
        return _told(DiskFull(detail="the output"), language)


def _told(error: PaddleScanError, language: Language) -> int:
    from paddlescan.cli.printable import printable
    from paddlescan.words import error_sentence, together

    print(printable(together(*error_sentence(error.failure, language))), file=sys.stderr)
    return 2 if error.code in WRONG_USAGE else 3


def _begin_log() -> None:
    from paddlescan.desktop.logs import write_log
    from paddlescan.paths import user_paths

    with suppress(OSError, PaddleScanError):  # no log is no reason not to work; `doctor` tells
        write_log(user_paths().make().logs / "command.log")


def _leftovers_swept() -> AbstractContextManager[None]:
    from paddlescan.desktop.leftovers import leftovers_swept
    from paddlescan.paths import user_paths

    return leftovers_swept(user_paths())


def _command(options: argparse.Namespace, language: Language) -> int:
    if options.command == "scan" and options.notify:
        from paddlescan.cli.silent import run_silently

        return run_silently(options, language)
    if options.command == "scan":
        from paddlescan.cli.engine import early_engine

        with early_engine(options) as early:
            from paddlescan.cli.scan import run_scan

            return run_scan(options, language, early=early)
    if options.command == "watch":
        from paddlescan.cli.watch import run_watch

        return run_watch(options, language)
    if options.command == "prepare":
        from paddlescan.cli.prepare import run_prepare

        return run_prepare(options, language)
    if options.command == "import":
        from paddlescan.cli.read_back import run_import

        return run_import(options, language)
    if options.command == "doctor":
        from paddlescan.cli.doctor import run_doctor

        return run_doctor(options, language)
    if options.command == "log":
        from paddlescan.cli.log import run_log

        return run_log(options, language)
    if options.command == "menu":
        from paddlescan.cli.menu import run_menu

        return run_menu(options, language)
    if options.command == "gpu":
        from paddlescan.cli.gpu import run_gpu

        return run_gpu(options, language)
    from paddlescan.cli.models import run_models

    return run_models(options, language)


def run_without_display(options: argparse.Namespace) -> int:
    """What `paddlescan` does where no window can be shown: say so, or read the samples (`make run`)."""
    from paddlescan.resources_dir import resource
    from paddlescan.words import say, system_language

    language = options.lang or system_language()
    if options.paths or options.samples_if_empty:
        paths = options.paths or [str(resource("samples"))]
        return run([*(["--lang", options.lang] if options.lang else []), "scan", *paths])
    print(say("no_window", language, detail="no display"), file=sys.stderr)
    return 3
