"""Finder: a Quick Action for each entry, which is a small Automator workflow in the user's folder of services.

It hands all selected files over in one call, and does not wait for the program. It names the program where it was when
the entries were put in: an app that is moved afterwards wants `paddlescan menu install` once more.
"""

from __future__ import annotations

import plistlib
import shlex
import subprocess
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from paddlescan.desktop.identity import APP_ID
from paddlescan.desktop.menus.entries import ENTRIES, Command, Entry
from paddlescan.desktop.menus.manager import State, Texts, remove_files, write
from paddlescan.desktop.menus.places import Places
from paddlescan.document import Language
from paddlescan.words import system_language

OFD_TYPE: Final = f"{APP_ID}.ofd"
"""macOS has no name for electronic invoices of this kind; the app's Info.plist brings it."""
SEND_TYPES: Final = ("public.image", "com.adobe.pdf", "public.xml", OFD_TYPE, "public.folder")
"""What is selected where the entries appear."""
_ACTION: Final = "/System/Library/Automator/Run Shell Script.action"
_FILES: Final = "com.apple.Automator.fileSystemObject"
_NOTHING: Final = "com.apple.Automator.nothing"
_REFRESH: Final = Path("/System/Library/CoreServices/pbs")
_AS_ARGUMENTS: Final = 1
_LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")


def workflow_texts(command: Command, language: Language) -> Texts:
    """The files of both workflows, by their paths below the folder of services."""
    texts: dict[str, bytes] = {}
    for entry in ENTRIES:
        contents = f"{entry.label(language)}.workflow/Contents"
        texts[f"{contents}/Info.plist"] = plistlib.dumps(_info(entry, language))
        texts[f"{contents}/document.wflow"] = plistlib.dumps(_workflow(entry, command))
    return texts


@dataclass(frozen=True, slots=True)
class Finder:
    """The services of one user."""

    folder: Path | None = None
    """Where they are; None: where macOS looks for them."""

    @property
    def name(self) -> str:
        """As people call it."""
        return "Finder"

    def is_there(self) -> bool:
        """Every macOS has it."""
        return sys.platform == "darwin"

    def state(self, places: Places, command: Command) -> State:
        """How it stands; in another language it is another version."""
        wanted = {self._services() / name: text for name, text in workflow_texts(command, system_language()).items()}
        if all(_is(file, text) for file, text in wanted.items()):
            return State.INSTALLED
        return State.OTHER if any(file.exists() for file in self._files()) else State.ABSENT

    def install(self, places: Places, command: Command) -> None:
        """Write the workflows, in this user's language only."""
        wanted = {self._services() / name: text for name, text in workflow_texts(command, system_language()).items()}
        remove_files([file for file in self._files() if file not in wanted], self._services())
        for file, text in wanted.items():
            write(file, text)
        _refresh()

    def remove(self, places: Places) -> bool:
        """Remove the workflows of every language."""
        found = remove_files(self._files(), self._services())
        _refresh()
        return found

    def _services(self) -> Path:
        return self.folder or Path.home() / "Library" / "Services"

    def _files(self) -> list[Path]:
        return [self._services() / name for language in _LANGUAGES for name in workflow_texts(("x",), language)]


def _is(file: Path, text: bytes) -> bool:
    with suppress(OSError):
        return file.read_bytes() == text
    return False


def _refresh() -> None:
    """Have macOS look at the services now, and not at the next login."""
    if _REFRESH.exists():
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run([_REFRESH, "-update"], timeout=10, check=False)


def _info(entry: Entry, language: Language) -> dict[str, Any]:
    service = {
        "NSMenuItem": {"default": entry.label(language)},
        "NSMessage": "runWorkflowAsService",
        "NSIconName": "NSActionTemplate",
        "NSBackgroundColorName": "background",
        "NSRequiredContext": {"NSApplicationIdentifier": "com.apple.finder"},
        "NSSendFileTypes": list(SEND_TYPES),
    }
    return {
        "CFBundleIdentifier": f"{APP_ID}.{entry.key}",
        "CFBundleName": entry.label(language),
        "CFBundlePackageType": "BNDL",
        "CFBundleShortVersionString": "1.0",
        "CFBundleVersion": "1",
        "NSServices": [service],
    }


def _workflow(entry: Entry, command: Command) -> dict[str, Any]:
    names = uuid.uuid5(uuid.NAMESPACE_DNS, f"{entry.key}.{APP_ID}")
    unique = {key: str(uuid.uuid5(names, key)).upper() for key in ("InputUUID", "OutputUUID", "UUID")}
    parameters = {
        "COMMAND_STRING": f'{shlex.join((*command, *entry.arguments))} "$@" >/dev/null 2>&1 &',
        "CheckedForUserDefaultShell": True,
        "inputMethod": _AS_ARGUMENTS,
        "shell": "/bin/sh",
        "source": "",
    }
    action = {
        "ActionBundlePath": _ACTION,
        "ActionName": "Run Shell Script",
        "ActionParameters": parameters,
        "AMAccepts": {"Container": "List", "Optional": True, "Types": ["com.apple.cocoa.string"]},
        "AMActionVersion": "2.0.3",
        "AMApplication": ["Automator"],
        "AMParameterProperties": {key: {} for key in parameters},
        "AMProvides": {"Container": "List", "Types": ["com.apple.cocoa.string"]},
        "BundleIdentifier": "com.apple.RunShellScript",
        "CFBundleVersion": "2.0.3",
        "CanShowSelectedItemsWhenRun": False,
        "CanShowWhenRun": True,
        "Class Name": "RunShellScriptAction",
        "UnlocalizedApplications": ["Automator"],
        "arguments": {},
        "isViewVisible": 1,
        "nibPath": f"{_ACTION}/Contents/Resources/Base.lproj/main.nib",
        **unique,
    }
    return {
        "AMApplicationBuild": "523",
        "AMApplicationVersion": "2.10",
        "AMDocumentVersion": "2",
        "actions": [{"action": action, "isViewVisible": 1}],
        "connectors": {},
        "workflowMetaData": {
            "applicationBundleIDsByPath": {},
            "applicationPaths": [],
            "inputTypeIdentifier": _FILES,
            "outputTypeIdentifier": _NOTHING,
            "presentationMode": 15,
            "processesInput": 0,
            "serviceApplicationBundleID": "com.apple.finder",
            "serviceInputTypeIdentifier": _FILES,
            "serviceOutputTypeIdentifier": _NOTHING,
            "serviceProcessesInput": 0,
            "systemImageName": "NSActionTemplate",
            "useAutomaticInputType": 0,
            "workflowTypeIdentifier": "com.apple.Automator.servicesMenu",
        },
    }
