"""The program's entry: the window or the command line."""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paddlescan.document import Language
    from paddlescan.pipeline.early import EarlyEngine

WRONG_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run PaddleScan with these arguments (the process's own by default) and return its exit status."""
    multiprocessing.freeze_support()
    _open_missing_streams()
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if getattr(sys, "frozen", False):  # a packed program starts itself as its own engine process
        from paddlescan.pipeline.spawning import run_child_if_asked

        if run_child_if_asked(argv):
            return 0
    from paddlescan.desktop.discretion import forbid_core_dumps

    forbid_core_dumps()
    from paddlescan.cli import parser
    from paddlescan.cli.speaking import language_of

    if parser.wants_command_line(argv):
        from paddlescan.cli import run

        return run(argv)
    from paddlescan.cli.mistyped import mistyped_command

    language = language_of(argv)
    mistyped = mistyped_command(argv, language)
    if mistyped is not None:
        print(mistyped, file=sys.stderr)
        return WRONG_USAGE
    options = parser.window_parser(language).parse_args(argv)
    if options.paths:
        from paddlescan.cli.named_paths import those_there

        options.paths = those_there(options.paths, language)
        if not options.paths:
            _notify_unread("paths_gone", "paths_gone_help", language)
            return WRONG_USAGE
    if not has_display():
        from paddlescan.cli import run_without_display

        return run_without_display(options)
    return _window(options)


def _open_missing_streams() -> None:
    """Where nobody can read or type, as in a program of Windows that has no console, what is said goes nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8")  # noqa: SIM115  # until the end
            if stream.fileno() <= 2:  # where the system numbers them, children have them, too
                os.set_inheritable(stream.fileno(), True)
            setattr(sys, name, stream)


def _window(options: argparse.Namespace) -> int:
    """Hand what was named to the window that is open, before Qt is loaded; else be the window."""
    from paddlescan.desktop.handover import Entry, NoAnswer, come_in
    from paddlescan.errors import PaddleScanError
    from paddlescan.paths import user_paths

    entry = Entry()
    if not options.new_window:
        try:
            entry = come_in(user_paths().make().data, options.paths, lambda: _tell(options, "window_silent"))
        except NoAnswer:
            _tell(options, "windows_silent")
            return 3
        except PaddleScanError:
            pass  # the window says what is wrong with the folders
    if entry.handed_over:
        return 0
    early = _early_engine() if options.paths else None  # loads beside Qt, and is wanted at once
    from paddlescan.desktop.session_bus import shield

    shielded = shield()  # beside the loading of Qt, which takes longer
    gc.disable()  # a tenth of the time to the window went into it; `gui.garbage` takes over when there is one
    from paddlescan.gui.app import run_window

    shielded()
    paths = [] if entry.reception else options.paths  # else they are in its inbox, the first that came
    return run_window(paths, options.lang, options.samples_if_empty, entry.reception, early)


def _early_engine() -> EarlyEngine | None:
    """The engine that the settings say; None where its folders cannot be made, which the window tells."""
    from paddlescan.errors import PaddleScanError
    from paddlescan.paths import user_paths
    from paddlescan.pipeline.early import EarlyEngine
    from paddlescan.settings import load_settings

    try:
        paths = user_paths().make()
    except PaddleScanError:
        return None
    options = load_settings(paths.settings).engine_options(paths.patterns, paths.gpu_package, paths.runtimes)
    early = EarlyEngine(options, paths.logs / "engine-1.log", paths.scratch)
    early.start()
    return early


def _tell(options: argparse.Namespace, key: str) -> None:
    from paddlescan.words import say, system_language

    language = options.lang or system_language()
    print(say(key, language), file=sys.stderr)
    _notify_unread("window_unreached", key, language)


def _notify_unread(title: str, body: str, language: Language) -> None:
    """Say it by a notification where a menu or an icon started this, and nobody reads standard error."""
    if not sys.stderr.isatty():
        from paddlescan.desktop.notifying import notify
        from paddlescan.words import say

        notify(say(title, language), say(body, language))


def has_display() -> bool:
    """Whether a window can be shown (Linux and the BSDs may have no screen; others always have)."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
