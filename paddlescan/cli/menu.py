"""`paddlescan menu install|remove|status`: the entries in the menus of file managers, of one user."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from paddlescan.cli.printable import printable
from paddlescan.desktop.menus.installing import FILE_MANAGERS, own_command
from paddlescan.desktop.menus.manager import FileManager, State, unwritable
from paddlescan.desktop.menus.places import Places
from paddlescan.document import Language
from paddlescan.errors import PaddleScanError
from paddlescan.words import error_sentence, say, together


def run_menu(options: argparse.Namespace, language: Language) -> int:
    """Do it for one file manager after the other; trouble with one keeps no other from it. Status 1 after trouble."""
    known = [manager.name.lower() for manager in FILE_MANAGERS]
    for name in options.managers:
        if name not in known:
            print(printable(say("menu_unknown", language, name=name, names=", ".join(known))), file=sys.stderr)
            return 2
    places = Places.of(os.environ, Path.home())
    status = 0
    managers = list(_chosen(options))
    for manager in managers:
        try:
            said = _done(options.action, manager, places, language)
        except (PaddleScanError, OSError) as error:
            told = error if isinstance(error, PaddleScanError) else unwritable(error, Path(error.filename or "?"))
            print(printable(f"{manager.name}: {together(*error_sentence(told.failure, language))}"), file=sys.stderr)
            status = 1
        else:
            print(f"{manager.name}\t{said}")
    if options.action == "install":
        print(say("menu_restart" if managers else "menu_none", language), file=sys.stderr)
        return status if managers else 1
    return status


def _chosen(options: argparse.Namespace) -> Iterator[FileManager]:
    """Those named; else for `install` those that this computer has, and all of them for the rest."""
    for manager in FILE_MANAGERS:
        named = manager.name.lower() in options.managers
        if named or (not options.managers and (options.action != "install" or manager.is_there())):
            yield manager


def _done(action: str, manager: FileManager, places: Places, language: Language) -> str:
    """Do it, and what to say of it."""
    command = own_command()
    if action == "install":
        manager.install(places, command)
    elif action == "remove" and manager.remove(places):
        return say("menu_removed", language)
    state = manager.state(places, command)
    if state is State.ABSENT and not manager.is_there():
        return say("menu_state_elsewhere", language)
    return say(f"menu_state_{state}", language)
