"""What is installed where, and what is said of what differs."""

from __future__ import annotations

from typing import Any

import pytest

from paddlescan.errors import ClusterVersions, ClusterWithout
from paddlescan.pipeline.cluster.checks import check_versions

WANTED = (("python", "3.11"), ("distributed", "2026.8.0"), ("paddlescan", "0.1.0"))
GOOD = {"python": "3.11.2.final.0", "distributed": "2026.8.0", "paddlescan": "0.1.0", "numpy": None}


def told(scheduler: dict[str, Any] | None = None, **workers: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "scheduler": {"packages": scheduler or GOOD},
        "workers": {name: packages and {"packages": packages} for name, packages in workers.items()},
    }


def test_the_same_everywhere_is_well() -> None:
    check_versions(told(a=GOOD, b=GOOD | {"python": "3.11.9.final.0", "numpy": "2.0"}), WANTED)


@pytest.mark.parametrize(
    ("name", "version", "said"),
    [
        ("python", "3.12.1.final.0", "b: python 3.12 (3.11)"),
        ("distributed", "2025.1.0", "b: distributed 2025.1.0 (2026.8.0)"),
        ("paddlescan", "0.2.0", "b: paddlescan 0.2.0 (0.1.0)"),
    ],
)
def test_another_version_is_told_with_its_machine(name: str, version: str, said: str) -> None:
    with pytest.raises(ClusterVersions) as error:
        check_versions(told(a=GOOD, b=GOOD | {name: version}), WANTED)
    assert error.value.parameters["detail"] == said


@pytest.mark.parametrize("packages", [GOOD | {"paddlescan": None}, {"python": "3.11.2"}, None])
def test_a_machine_without_ours_is_told(packages: dict[str, Any] | None) -> None:
    with pytest.raises(ClusterWithout) as error:
        check_versions(told(a=packages, b=GOOD), WANTED)
    assert error.value.parameters["detail"] == "a"


def test_the_scheduler_wants_it_too() -> None:
    with pytest.raises(ClusterWithout, match="scheduler"):
        check_versions(told(GOOD | {"paddlescan": None}, a=GOOD), WANTED)


def test_a_thousand_machines_are_not_all_named() -> None:
    wrong = GOOD | {"paddlescan": "9"}
    with pytest.raises(ClusterVersions) as error:
        check_versions(told(**{f"w{n}": wrong for n in range(1000)}), WANTED)
    assert error.value.parameters["detail"].endswith("(+997)")
