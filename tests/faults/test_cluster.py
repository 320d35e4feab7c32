"""What a cluster lacks is told before anything is read: real workers that are wrong, each in its own way."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions, SourceFile
from paddlescan.errors import (
    ClusterBlind,
    ClusterCertificates,
    ClusterDaemons,
    ClusterEmpty,
    ClusterEngine,
    ClusterUnreachable,
    ClusterVersions,
    ClusterWithout,
    PaddleScanError,
)
from paddlescan.pipeline.cluster.checks import make_ready
from paddlescan.pipeline.cluster.connecting import Cluster as Connection
from paddlescan.pipeline.cluster.talk import Begin
from tests.clusters import ANOTHER, BLOCKED, MISSING, OLDER, Cluster, cluster
from tests.e2e.conftest import SAMPLES, CommandLine

pytestmark = pytest.mark.long


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(tmp_path / "cluster") as one:
        yield one


def refused(made: Cluster, kind: type[PaddleScanError], first: Path = SAMPLES / "cafe.jpg") -> str:
    """What is told where the checks end with this error."""
    connection = Connection(made.address)
    try:
        with pytest.raises(kind) as told:
            make_ready(connection, Begin(EngineOptions()), [SourceFile.at(first)])
    finally:
        connection.close()
    return str(told.value)


def test_a_worker_under_a_nanny_of_the_usual_kind_is_a_daemon(made: Cluster, paddlescan: CommandLine) -> None:
    made.worker(nanny=True)
    done = paddlescan("scan", SAMPLES / "cafe.jpg", "--cluster", made.address, "--insecure-cluster")
    assert done.returncode == 3
    assert "--no-nanny" in done.stderr
    assert not (paddlescan.home / "data" / "receipts.sqlite").exists()
    assert "daemon" in refused(made, ClusterDaemons)


def test_a_worker_under_a_nanny_that_lets_it_start_processes_reads(made: Cluster, paddlescan: CommandLine) -> None:
    made.worker(nanny=True, DASK_DISTRIBUTED__WORKER__DAEMON="false")
    done = paddlescan("scan", SAMPLES / "cafe.jpg", "--cluster", made.address, "--insecure-cluster")
    assert done.returncode == 0, done.stderr


def test_a_worker_with_another_version_of_ours(made: Cluster) -> None:
    made.worker()
    made.worker(site=ANOTHER)
    said = refused(made, ClusterVersions)
    assert "paddlescan 0.0.0" in said
    assert said.count("tcp://") == 1


def test_a_worker_with_an_older_distributed(made: Cluster) -> None:
    made.worker(site=OLDER)
    assert "distributed 2025.1.0" in refused(made, ClusterVersions)


def test_a_worker_without_paddlescan_is_told_and_left_alone(made: Cluster) -> None:
    made.worker(site=MISSING + BLOCKED.format(modules=("paddlescan",)))
    before = made.workers()
    assert "pip install" in refused(made, ClusterWithout)
    assert made.workers() == before, "a function that it does not know would have ended it"


def test_a_worker_without_an_engine(made: Cluster) -> None:
    made.worker(site=BLOCKED.format(modules=("onnxruntime", "openvino")))
    assert "tcp://" in refused(made, ClusterEngine)


def test_a_cluster_without_workers(made: Cluster) -> None:
    assert made.address in refused(made, ClusterEmpty)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root hides a folder from a process")
def test_a_worker_that_cannot_see_the_receipts(made: Cluster, paddlescan: CommandLine, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    shutil.copy(SAMPLES / "cafe.jpg", here)
    made.worker()
    made.worker(hiding=here)
    done = paddlescan("scan", here, "--cluster", made.address, "--insecure-cluster")
    assert done.returncode == 3
    assert "cannot read here/cafe.jpg" in done.stderr
    assert not (paddlescan.home / "data" / "receipts.sqlite").exists()
    assert refused(made, ClusterBlind, here / "cafe.jpg").count("tcp://") == 1


def test_nobody_listens() -> None:
    with pytest.raises(ClusterUnreachable):
        Connection("tcp://127.0.0.1:9", connect_s=1)


def test_certificates_that_are_not_named() -> None:
    with pytest.raises(ClusterCertificates):
        Connection("tls://127.0.0.1:9", connect_s=1)
