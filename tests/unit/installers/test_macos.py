"""What macOS is told of the program: checked here, where no macOS is."""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import paddlescan
from installers.macos.info_plist import DOCUMENT_TYPES, info_plist
from installers.macos.quick_actions import PROGRAM, write_quick_actions
from paddlescan.desktop.identity import APP_ID
from paddlescan.desktop.menus.entries import ENTRIES, EXTENSIONS
from paddlescan.desktop.menus.finder import SEND_TYPES, Finder, workflow_texts
from paddlescan.desktop.menus.manager import State
from paddlescan.desktop.menus.places import Places

MACOS = Path("installers/macos")


def as_macos_reads(plist: dict[str, Any]) -> dict[str, Any]:
    """Written and read: what cannot be said in a property list fails here."""
    return dict(plistlib.loads(plistlib.dumps(plist)))


def test_the_app_says_who_it_is() -> None:
    plist = as_macos_reads(info_plist(paddlescan.__version__))
    assert plist["CFBundleIdentifier"] == APP_ID
    assert plist["CFBundleShortVersionString"] == plist["CFBundleVersion"] == paddlescan.__version__
    assert plist["CFBundlePackageType"] == "APPL"
    assert plist["LSBackgroundOnly"] is False
    assert set(plist["CFBundleLocalizations"]) == {"en", "zh-Hans"}


def test_it_is_offered_for_every_type_that_it_reads_and_takes_none_over() -> None:
    plist = as_macos_reads(info_plist("1"))
    documents, folders = plist["CFBundleDocumentTypes"]
    assert documents["LSHandlerRank"] == "Alternate"
    assert folders["LSHandlerRank"] == "None"
    assert documents["LSItemContentTypes"] == list(DOCUMENT_TYPES)
    endings = [ending for names in DOCUMENT_TYPES.values() for ending in names.split()]
    assert sorted(endings) == sorted(EXTENSIONS)


def test_a_type_that_macos_does_not_know_is_brought_along() -> None:
    (brought,) = as_macos_reads(info_plist("1"))["UTImportedTypeDeclarations"]
    assert brought["UTTypeIdentifier"].startswith(APP_ID)
    assert brought["UTTypeTagSpecification"]["public.filename-extension"] == ["ofd"]
    unknown = {name for name in (*DOCUMENT_TYPES, *SEND_TYPES) if name.startswith(APP_ID)}
    assert unknown == {brought["UTTypeIdentifier"]}


def test_the_entitlements_are_those_that_the_decisions_name() -> None:
    entitlements = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert entitlements == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_entry_is_a_quick_action_for_files_and_folders(language: Any) -> None:
    texts = workflow_texts(("/x",), language)
    for entry in ENTRIES:
        contents = f"{entry.label(language)}.workflow/Contents"
        (service,) = plistlib.loads(texts[f"{contents}/Info.plist"])["NSServices"]
        assert service["NSMenuItem"] == {"default": entry.label(language)}
        assert {"public.image", "com.adobe.pdf", "public.folder"} <= set(service["NSSendFileTypes"])
        workflow = plistlib.loads(texts[f"{contents}/document.wflow"])
        assert workflow["workflowMetaData"]["workflowTypeIdentifier"] == "com.apple.Automator.servicesMenu"
    assert len(texts) == 2 * len(ENTRIES)


def test_a_quick_action_hands_everything_over_in_one_call(tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = tmp_path / "it's a program"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{told}.part" && mv "{told}.part" "{told}"\n')
    program.chmod(0o755)
    files = ["/收 据/1.jpg", "/it's/$HOME `id`.pdf", "/-- 2.png"]
    for entry in ENTRIES:
        text = workflow_texts((str(program),), "en")[f"{entry.english}.workflow/Contents/document.wflow"]
        action = plistlib.loads(text)["actions"][0]["action"]["ActionParameters"]
        assert action["inputMethod"] == 1, "as arguments"
        told.unlink(missing_ok=True)
        subprocess.run([action["shell"], "-c", action["COMMAND_STRING"], "-", *files], check=True)
        while not told.exists():  # it is not waited for
            time.sleep(0.01)
        assert told.read_text("utf-8").splitlines() == [*entry.arguments, *files]


def test_the_quick_actions_come_and_go_without_a_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Other.workflow").mkdir()
    places, finder = Places.of({}, tmp_path), Finder(tmp_path)
    for language, old in (
        ("zh_CN.UTF-8", State.ABSENT),
        ("en_US.UTF-8", State.OTHER),
        ("en_US.UTF-8", State.INSTALLED),
    ):
        monkeypatch.setenv("LC_ALL", language)
        monkeypatch.delenv("LANGUAGE", raising=False)
        assert finder.state(places, ("/x",)) is old
        finder.install(places, ("/x",))
        assert finder.state(places, ("/x",)) is State.INSTALLED
        assert finder.state(places, ("/y",)) is State.OTHER
        assert len(list(tmp_path.iterdir())) == 1 + len(ENTRIES)
    assert finder.remove(places)
    assert [path.name for path in tmp_path.rglob("*")] == ["Other.workflow"]
    assert not finder.remove(places)


def test_the_disk_image_brings_both_languages(tmp_path: Path) -> None:
    written = write_quick_actions(tmp_path)
    assert {file.relative_to(tmp_path).parts[0] for file in written} == {"Quick Actions", "快速操作"}
    texts = [file.read_bytes() for file in written if file.name == "document.wflow"]
    assert len(texts) == 2 * len(ENTRIES)
    assert all(PROGRAM.encode() in text for text in texts)


@pytest.mark.skipif(sys.platform == "darwin", reason="there it would begin")
def test_who_cannot_sign_is_told_what_is_missing() -> None:
    bare = {"PATH": os.environ["PATH"]}
    able = subprocess.run(["sh", MACOS / "notarise.sh", "able"], env=bare, check=False)
    assert able.returncode == 1
    some = {**bare, "PADDLESCAN_NOTARY_KEY": "x", "PADDLESCAN_NOTARY_ISSUER": "x"}
    done = subprocess.run(
        ["sh", MACOS / "notarise.sh", "submit", "x"], env=some, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (2, "Not set in the environment: PADDLESCAN_NOTARY_KEY_ID\n")
    done = subprocess.run(["sh", MACOS / "build.sh"], env=bare, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (3, "")
