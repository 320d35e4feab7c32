"""What comes from elsewhere: pinned by version and hash, each with its licence, none under the GPL alone."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import requires

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

from paddlescan.resources_dir import resource
from tests.conftest import ROOT
from tests.supply import audit
from tests.supply.licences import key_of
from tests.supply.lock import BUILD_ONLY, DEVELOPMENT, RUNTIME, installed_with_the_program, normal, pinned

INDEX = json.loads(resource("licences", "index.json").read_text(encoding="utf-8"))
THIRD_PARTY = resource("licences", "THIRD_PARTY.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT], ids=lambda lock: lock.name)
def test_every_package_is_pinned_by_version_and_hash_and_no_index_is_named(lock: object) -> None:
    packages = pinned(lock)  # type: ignore[arg-type]
    assert len(packages) > 50
    assert [one.name for one in packages if not one.hashes] == []
    text = lock.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted-host", text)


def test_the_lock_holds_all_that_its_packages_ask_for() -> None:
    """It is installed as it is, and nothing is resolved; only what reports to OpenVINO's maker is left out."""
    there = {one.name for one in pinned(DEVELOPMENT)}
    absent = {}
    for one in pinned(DEVELOPMENT):
        if not one.marker or Marker(one.marker).evaluate():
            asked = [Requirement(line) for line in requires(one.name) or ()]
            plain = {normal(each.name) for each in asked if not each.marker or each.marker.evaluate({"extra": ""})}
            absent |= dict.fromkeys(plain - there, one.name)
    assert absent == {"openvino-telemetry": "openvino"}


def test_what_runs_is_the_same_in_both_locks() -> None:
    development = {one.name: one.version for one in pinned(DEVELOPMENT)}
    assert {one.name: one.version for one in pinned(RUNTIME)}.items() <= development.items()


def test_what_builds_is_pinned_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {normal(re.split(r"[<>=!\[; ]", name)[0]) for name in project["build-system"]["requires"]}
    assert wanted <= {one.name for one in pinned(RUNTIME)}
    assert {one.name for one in pinned(RUNTIME)} >= BUILD_ONLY


def test_nothing_is_installed_without_its_hash() -> None:
    script = (ROOT / "installers" / "linux" / "environment.sh").read_text(encoding="utf-8")
    installs = [line for line in script.splitlines() if "pip install" in line and not line.lstrip().startswith("#")]
    assert installs
    assert all("--require-hashes" in line or "--no-deps --no-build-isolation -e ." in line for line in installs)


def test_the_licences_fit_the_lock() -> None:
    """Where this fails, run: make licences."""
    told = {row["name"]: row["version"] for row in INDEX if row["version"]}
    assert told == {one.name: one.version for one in installed_with_the_program()}


@pytest.mark.parametrize("row", INDEX, ids=lambda row: row["name"])
def test_every_part_has_a_licence_whose_text_is_there(row: dict[str, object]) -> None:
    assert row["licence"]
    assert row["texts"] or not row["version"]
    for number in row["texts"]:  # type: ignore[attr-defined]
        (names,) = re.findall(rf"^Text {number}: (.*)$", THIRD_PARTY, re.MULTILINE)
        assert row["name"] in names.split(", ") or "," in str(row["name"])


@pytest.mark.parametrize("row", INDEX, ids=lambda row: row["name"])
def test_no_part_is_under_the_gpl_or_the_agpl_alone(row: dict[str, str]) -> None:
    choices = re.split(r"\bOR\b", row["licence"])
    assert any(not re.search(r"(?<!L)GPL|Affero|(?<!Lesser )General Public", choice) for choice in choices), row


@pytest.mark.parametrize("name", ["pyside6-essentials", "shiboken6", "pi-heif", "opencv-contrib-python"])
def test_the_lgpl_is_there_for_those_who_need_it(name: str) -> None:
    texts = re.split(r"^={80}\nText \d+: (.*)\n={80}$", THIRD_PARTY, flags=re.MULTILINE)
    of_it = [text for names, text in zip(texts[1::2], texts[2::2], strict=True) if name in names.split(", ")]
    assert any("LESSER GENERAL PUBLIC LICENSE" in text.upper() for text in of_it)


def test_texts_that_differ_in_their_lines_only_are_one() -> None:
    assert (
        key_of("a licence\nof two lines") == key_of("a  licence of\ntwo lines\n") != key_of("a licence of three lines")
    )


def test_an_audit_tells_what_is_known_and_what_could_not_be_asked() -> None:
    answer = {
        "dependencies": [
            {"name": "Pillow", "version": "1", "vulns": [{"id": "PYSEC-1"}, {"id": "PYSEC-2"}]},
            {"name": "numpy", "version": "1", "vulns": []},
            {"name": "rich", "skip_reason": "not found"},
        ]
    }
    report = audit.understood(answer)  # type: ignore[arg-type]
    assert report == {"pillow": ["PYSEC-1", "PYSEC-2"], "numpy": [], "rich": None}
    all_asked = {one.name: [] for one in pinned(DEVELOPMENT)} | {"pillow": report["pillow"]}
    lines, status = audit.told(all_asked, "PYSEC-1 is not reached, because")
    assert status == 1
    assert "PYSEC-1, PYSEC-2" in next(line for line in lines if line.startswith("pillow"))
    assert lines[-1].endswith(": 1")
    assert audit.told(all_asked, "PYSEC-1, PYSEC-2")[1] == 0
    assert audit.told(report, "PYSEC-1, PYSEC-2")[1] == 2


def test_every_direct_dependency_is_told_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    direct = [re.split(r"[<>=!\[; ]", name)[0] for name in project["project"]["dependencies"]]
    assert [name for name in direct if f"`{name.lower()}`" not in told] == []
    dragged_in = {one.name for one in installed_with_the_program()} - {normal(name) for name in direct}
    assert sorted(name for name in dragged_in if name not in told) == []
