"""The Flatpak manifest: as flatpak-builder itself reads it, and asking for no more than it must."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

MANIFEST = ROOT / "installers" / "flatpak" / "org.paddlescan.PaddleScan.yml"


def test_flatpak_builder_knows_every_word_of_it(tmp_path: Path) -> None:
    if shutil.which("flatpak-builder") is None:
        pytest.skip("needs flatpak-builder")
    command = ["flatpak-builder", "--show-manifest", str(MANIFEST)]
    # Not in the repository: it leaves a folder where it is called.
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), "what it does not know it warns of, and ignores"
    shown, written = json.loads(done.stdout), yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert {key: shown[key] for key in written if key != "modules"} == {
        key: value for key, value in written.items() if key != "modules"
    }
    assert [module["build-commands"] for module in shown["modules"]] == [
        module["build-commands"] for module in written["modules"]
    ]


def test_it_is_not_let_onto_the_network_nor_into_the_whole_home() -> None:
    arguments = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["finish-args"]
    assert "--share=network" not in arguments
    assert not {"--filesystem=home", "--filesystem=host", "--socket=session-bus", "--device=all"}.intersection(
        arguments
    )
