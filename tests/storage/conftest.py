"""A bucket and a share, really served. Without their packages nothing here is collected: `make test-storage`."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import CommandLine
from tests.storage.servers import SMBD, Bucket, Share, Storage, bucket, share

THERE = all(importlib.util.find_spec(name) for name in ("s3fs", "moto", "smbclient"))
collect_ignore_glob = [] if THERE else ["test_*.py"]
NO_SAMBA = "needs Samba's server, and root to start it" if SMBD is None or os.geteuid() else ""


@pytest.fixture(scope="module")
def served_bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    with bucket(tmp_path_factory.mktemp("bucket")) as made:
        yield made


@pytest.fixture(scope="module")
def served_share() -> Iterator[Share]:
    if NO_SAMBA:
        pytest.skip(NO_SAMBA)
    with share() as made:
        yield made


@pytest.fixture
def paddlescan(tmp_path: Path) -> CommandLine:
    """The command line with an empty home."""
    return CommandLine(tmp_path / "home")


@pytest.fixture(params=["bucket", "share"])
def storage(request: pytest.FixtureRequest, knows: Callable[..., None]) -> Storage:
    """Either kind, which fsspec knows how to ask."""
    made: Storage = request.getfixturevalue(f"served_{request.param}")
    knows(made)
    return made


@pytest.fixture
def knows(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Tells fsspec how a storage is asked, as its settings file would."""
    import fsspec.config

    def tell(storage: Storage, **others: str) -> None:
        kind, options = storage.options(**others)
        monkeypatch.setitem(fsspec.config.conf, kind, {name: value for name, value in options.items() if value})

    return tell
