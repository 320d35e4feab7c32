"""`watch --install` and `watch --remove`: systemd watches the folder with the same options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from paddlescan.cli.rounds import Exports
from paddlescan.cli.terminal import Terminal
from paddlescan.desktop.hot_folder.plan import Plan
from paddlescan.desktop.hot_folder.service import Service
from paddlescan.document import Language
from paddlescan.paths import XDG_USUAL

_FILES = ("json", "csv", "items", "xlsx", "report", "pdf", "move_to")
_WORDS = ("template", "every", "settle", "device", "engine", "gpu_memory", "workers", "seal_strength", "lang")
_SWITCHES = ("recursive", "no_thumbnails", "notify", "keep_seals", "no_split", "no_deskew", "no_orient")


def run_service(options: argparse.Namespace, language: Language) -> int:
    """Install or remove the service of a folder; the exit status is 0, also where a person must start it by hand."""
    terminal = Terminal(language)
    plan = Plan.of(options.folder, options.recursive, options.move_to or "")
    service = Service(plan.folder, dict(os.environ))
    if options.remove:
        terminal.say("service_removed" if service.remove() else "service_none", folder=str(plan.folder))
        return 0
    Exports.asked_for(options, plan)  # what cannot work is told now, and to a person
    if service.install([*_program(), *arguments_of(options, plan)], told_of(os.environ)):
        terminal.say("service_installed", folder=str(plan.folder))
    else:
        terminal.say("service_by_hand")
        for command in service.commands:
            terminal.complain(f"  {command}")
    return 0


def arguments_of(options: argparse.Namespace, plan: Plan) -> list[str]:
    """The options as another process is to get them: paths absolute, nothing on the terminal."""
    words = ["watch", "--quiet"]
    for name in (*_FILES, *_WORDS):
        value = getattr(options, name)
        if value not in (None, ""):
            words += [_option(name), os.path.abspath(value) if name in _FILES else str(value)]
    words += [_option(name) for name in _SWITCHES if getattr(options, name)]
    return [*words, "--", str(plan.folder)]


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _program() -> list[str]:
    """How this program is started anew, without regard to the folder it is in."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-P", "-m", "paddlescan"]


def told_of(environment: Mapping[str, str]) -> dict[str, str]:
    """What of this environment a service must be told, which has another one and starts in another folder: where the
    settings and the receipts are, as far as that is not where they are anyway."""
    if home := environment.get("PADDLESCAN_HOME"):
        return {"PADDLESCAN_HOME": os.path.abspath(home)}
    person = Path(environment.get("HOME") or "/")
    asked = {name: Path(environment.get(name, "")) for name in XDG_USUAL}
    moved = {
        name: folder for name, folder in asked.items() if folder.is_absolute() and folder != person / XDG_USUAL[name]
    }
    return {name: str(folder) for name, folder in moved.items()}
