"""What `doctor` says of a jail: what holds, and what would bring the rest."""

from __future__ import annotations

import sys

import pytest

from paddlescan.desktop.doctor import diagnose_jail
from paddlescan.document import Language
from paddlescan.pipeline.jail import SWITCH, Jail

WHOLE = Jail(landlock=7, calls=True, limits=True, descriptors=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_whole_jail_is_well(monkeypatch: pytest.MonkeyPatch, language: Language) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    found = diagnose_jail(WHOLE, language)
    assert (found.name, found.state, found.remedy) == ("jail", "ok", "")
    assert "Landlock 7" in found.detail and "seccomp" in found.detail


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("platform", "jail", "word"),
    [
        ("linux", Jail(calls=True, limits=True, descriptors=True), "lsm="),
        ("linux", Jail(landlock=1, limits=True, descriptors=True), "64"),
        ("linux", Jail(), "lsm="),
        ("darwin", Jail(limits=True, descriptors=True), "Linux"),
    ],
)
def test_what_is_missing_has_a_remedy(
    monkeypatch: pytest.MonkeyPatch, platform: str, jail: Jail, word: str, language: Language
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = diagnose_jail(jail, language)
    assert found.state == "note"
    assert word in found.remedy
    assert ("seccomp" in found.detail, "Landlock" in found.detail) == (jail.calls, jail.landlock > 0)


def test_a_job_is_all_that_windows_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert diagnose_jail(Jail(job=True), "en").state == "ok"
    assert diagnose_jail(Jail(), "en").state == "note"


def test_one_that_was_switched_off_is_a_problem() -> None:
    found = diagnose_jail(Jail(switched_off=True), "en")
    assert found.state == "problem"
    assert SWITCH in found.detail and SWITCH in found.remedy
