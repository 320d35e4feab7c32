"""Shared fixtures: no warning goes unnoticed, real receipts are optional."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent

# How long an example takes says how busy the machine is, and nothing of the program.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


MEMORY = Path("/dev/shm")
MEMORY_WANTED = 3 << 30
"""Bytes; what all tests together leave is a third of it."""


def pytest_configure(config: pytest.Config) -> None:
    """The tests' folders lie in memory, where it can hold them. An ordinary test of a window waits some forty times for
    the disk, which proves nothing: what a power cut leaves is tried on recorded writes, and what a killed program wrote
    is the system's in either place. The long tests stay on the disk, so that it is tried as well."""
    if "not long" in config.option.markexpr and _is_as_good_as_a_disk(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _is_as_good_as_a_disk(folder: Path) -> bool:
    try:
        if shutil.disk_usage(folder).free < MEMORY_WANTED:
            return False
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            os.setxattr(file.name, "user.origin", b"tests")  # Linux 6.6; it can make files unchangeable before that
    except (OSError, AttributeError):
        return False
    return True


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in our own log fails the test unless it is marked `logs`."""
    yield
    if not request.node.get_closest_marker("logs"):
        loud = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
        assert [r.getMessage() for r in loud if r.name.startswith("paddlescan")] == []


@pytest.fixture(autouse=True)
def collected_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """Widgets that are part of a cycle are collected in this thread; in a worker's, Qt would not survive it."""
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.enable()


def pytest_collection_finish() -> None:
    """What was imported and gathered stays to the end: no collection need walk through it again, and each test of
    the window ends in one."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def receipts() -> Path:
    """The folder of real receipts; the test is skipped where it is absent."""
    place = Path(os.environ.get("PADDLESCAN_RECEIPTS") or ROOT.parent / "shared" / "data" / "receipts")
    if not (place / "manifest.json").exists():
        pytest.skip("real receipts are not here: set PADDLESCAN_RECEIPTS to their folder")
    return place


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever wants the real receipts is marked so. Where several workers share the files, those with slow tests come
    first: one that came last would keep one worker busy while the others have nothing left to do. Before them come
    those that wait for a minute, as the others work meanwhile."""
    for item in items:
        if "receipts" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.real_data)
    if hasattr(config, "workerinput"):
        weight: Counter[Path] = Counter()
        for item in items:
            marks = {mark.name for mark in item.iter_markers()}
            weight[item.path] += 1000 * ("waits" in marks) + bool({"slow", "long"} & marks)
        items.sort(key=lambda item: -weight[item.path])
