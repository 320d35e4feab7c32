"""The workflows call what is there: targets of the Makefile, actions by their commits; and have no more rights."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

WORKFLOWS = sorted(Path(".github/workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", Path("Makefile").read_text("utf-8"), re.MULTILINE))


def read(file: Path) -> dict[Any, Any]:
    workflow: dict[Any, Any] = yaml.safe_load(file.read_text("utf-8"))
    return workflow


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in read(file)["jobs"].values() for step in job["steps"]]


def test_there_are_workflows_for_the_checks_and_the_packages() -> None:
    assert [file.name for file in WORKFLOWS] == ["ci.yml", "packages.yml"]
    assert any(step.get("run") == "bash .ci/run" for step in steps(WORKFLOWS[0]))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_every_target_is_in_the_makefile(file: Path) -> None:
    called = [name for step in steps(file) for name in re.findall(r"^make (\S+)$", step.get("run", ""), re.MULTILINE)]
    assert set(called) <= TARGETS, set(called) - TARGETS
    assert not any(
        re.search(r"\bmake\b(?! [a-z-]+$)", step.get("run", "").replace("git make", "")) for step in steps(file)
    )


def test_all_three_systems_get_their_packages() -> None:
    jobs = read(WORKFLOWS[1])["jobs"]
    made = {name: {step.get("run") for step in job["steps"]} for name, job in jobs.items()}
    assert {"make deb", "make portable"} <= made["linux"]
    assert "make windows-installer" in made["windows"]
    assert {"make package", "make macos-image"} <= made["macos"]
    for job in jobs.values():
        assert any("upload-artifact" in step.get("uses", "") for step in job["steps"])


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_actions_are_named_by_their_commits_and_may_only_read(file: Path) -> None:
    for step in steps(file):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step.get("uses", f"actions/x@{'0' * 40}")), step
    assert read(file)["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in read(file)["jobs"].values())
    assert "pull_request_target" not in file.read_text("utf-8")


def test_secrets_are_those_that_signing_for_macos_asks_for() -> None:
    wanted = set(
        re.findall(r"PADDLESCAN_(?:MACOS|NOTARY)_[A-Z_]+", Path("installers/macos/notarise.sh").read_text("utf-8"))
    )
    given = {name for file in WORKFLOWS for name in re.findall(r"secrets\.([A-Z_]+)", file.read_text("utf-8"))}
    assert given == wanted
