"""What `doctor` says of scanners: the program and its version; no scanner is looked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from paddlescan.desktop.doctor import diagnose_scanner
from paddlescan.document import Language
from tests.scanners import only_test_scanners


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_program_is_told_with_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    program = only_test_scanners(tmp_path / "sane", monkeypatch)
    found = diagnose_scanner(language)
    assert (found.name, found.state, found.remedy) == ("scanner", "ok", "")
    assert str(program) in found.detail
    assert any(word[0].isdigit() and "." in word for word in found.detail.replace("，", " ").split())


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="told otherwise there")
def test_without_it_the_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = diagnose_scanner("en")
    assert (found.state, found.code) == ("note", "scanner_program_missing")
    assert "sane-utils" in found.remedy


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the program")
def test_it_asks_for_the_version_and_for_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "scanimage"
    program.write_text(f'#!/bin/sh\necho "$*" >> "{tmp_path}/asked"\necho "scanimage (sane-backends) 1.4.0"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "1.4.0" in diagnose_scanner("en").detail
    assert (tmp_path / "asked").read_text() == "--version\n"
