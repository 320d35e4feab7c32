"""Scans on a real cluster of workers on this machine: what is read, what a lost worker leaves, and what is sent."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from paddlescan.document import EngineOptions
from paddlescan.errors import ClusterUnreachable
from paddlescan.pipeline.cluster.checks import make_ready
from paddlescan.pipeline.cluster.connecting import Cluster as Connection
from paddlescan.pipeline.cluster.talk import Begin
from paddlescan.store import Store
from tests.clusters import Cluster, cluster
from tests.e2e.conftest import PAGES, SAMPLES, CommandLine
from tests.e2e.test_own_words import CANTEEN
from tests.fakes.web_server import served

pytestmark = pytest.mark.slow
TWO_CARDS = """
import uuid
from paddlescan.ocr import cards
from tests.fakes.nvidia_driver import FakeCard, FakeDriver
cards.cards.__defaults__ = (FakeDriver(FakeCard(mark=uuid.UUID(int=1)), FakeCard(mark=uuid.UUID(int=2))),)
"""
"""A machine whose driver tells of two cards; the engine's own process finds none and reads on the processor."""


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster with one worker."""
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        made.worker()
        yield made


def finished(home: Path) -> int:
    """How many pages the store holds results of."""
    file = home / "data" / "receipts.sqlite"
    if not file.exists():
        return 0
    with Store(file) as store:
        return sum(summary.done + summary.needs_review for summary in store.batches())


def wait_for_pages(paddlescan: CommandLine, process: subprocess.Popen[str], wanted: int) -> None:
    deadline = time.monotonic() + 120
    while finished(paddlescan.home) < wanted:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)


def readings(home: Path) -> dict[str, int]:
    """How often the store was given a result, by the file's name."""
    with sqlite3.connect(home / "data" / "receipts.sqlite") as db:
        rows = db.execute(
            "SELECT s.name, COUNT(*) FROM event e JOIN page p ON p.id = e.page_id JOIN source s ON s.id = p.source_id"
            " WHERE e.what IN ('read', 'to_check', 'failed') GROUP BY s.name"
        ).fetchall()
    return dict(rows)


def gone(pids: set[int], seconds: float = 20.0) -> bool:
    """Whether these processes end, waited for a while."""
    deadline = time.monotonic() + seconds
    while any(psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_worker_that_is_killed_loses_nothing_and_no_page_is_read_into_the_store_twice(
    alone: Cluster, paddlescan: CommandLine, inbox: Path, tmp_path: Path, samples_truth: dict[str, dict[str, Any]]
) -> None:
    other = alone.worker()
    process = paddlescan.start(
        *("scan", inbox, "--cluster", alone.address, "--insecure-cluster", "--json", tmp_path / "out.json")
    )
    wait_for_pages(paddlescan, process, 1)
    engines = {child.pid for child in psutil.Process(other).children(recursive=True)}
    alone.kill(other)
    _, said = process.communicate(timeout=200)
    assert process.returncode == 0, said
    assert f"NOT encrypted: they are read on the cluster {alone.address} (workers: 2)" in said
    assert "Reading on the CPU" in said
    pages = json.loads((tmp_path / "out.json").read_text())["pages"]
    assert [page["source"] for page in pages] == [f"inbox/{n}.jpg" for n in range(PAGES)]
    assert all(page["status"] != "failed" for page in pages)
    assert readings(paddlescan.home) == {f"inbox/{n}.jpg": 1 for n in range(PAGES)}
    names = sorted(path.name for path in SAMPLES.glob("*.jpg"))
    for number, page in enumerate(pages):
        truth = samples_truth[names[number % len(names)]]["gt"]["fields"]
        assert page["fields"]["total"]["value"] == truth["total"]
    assert engines
    assert gone(engines)


def test_an_offices_own_words_hold_on_every_worker_as_they_do_here(
    alone: Cluster, paddlescan: CommandLine, inbox: Path, tmp_path: Path
) -> None:
    local = CommandLine(tmp_path / "local")
    for home in (paddlescan.home, local.home):
        kinds = home / "config" / "patterns" / "kinds"
        kinds.mkdir(parents=True)
        (kinds / "食堂.yaml").write_text(CANTEEN, "utf-8")
    other = alone.worker()
    there = paddlescan(
        *("scan", inbox, "--cluster", alone.address, "--insecure-cluster", "--json", tmp_path / "there.json")
    )
    alone.kill(other)
    assert there.returncode == 0, there.stderr
    assert "(workers: 2)" in there.stderr
    here = local("scan", inbox, "--json", tmp_path / "here.json")
    assert here.returncode == 0, here.stderr
    read, wanted = (
        [(page["source"], page["kind"], page["fields"]) for page in json.loads(file.read_text("utf-8"))["pages"]]
        for file in (tmp_path / "there.json", tmp_path / "here.json")
    )
    assert any(kind == "other" for _, kind, _ in wanted)
    assert read == wanted


def test_a_slip_in_them_is_told_before_anything_is_sent(
    alone: Cluster, paddlescan: CommandLine, tmp_path: Path
) -> None:
    kinds = paddlescan.home / "config" / "patterns" / "kinds"
    kinds.mkdir(parents=True)
    (kinds / "canteen.yaml").write_text(CANTEEN + "colour: red\n", "utf-8")
    done = paddlescan("scan", SAMPLES / "cafe.jpg", "--cluster", alone.address, "--insecure-cluster")
    assert done.returncode == 3
    assert done.stderr.count("canteen: does not know colour") == 1
    assert str(paddlescan.home / "config" / "patterns") in done.stderr
    assert "take it out of the folder" in done.stderr
    assert "NOT encrypted" not in done.stderr


@pytest.mark.long
def test_workers_that_see_the_same_cards_are_dealt_over_them(tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster") as made:
        for _ in range(3):
            made.worker(site=TWO_CARDS)
        made.worker()
        connection = Connection(made.address)
        try:
            ready = make_ready(connection, Begin(EngineOptions()), ())
        finally:
            connection.close()
    engines = [started.begin.engine for started in ready.engines.values()]
    assert sorted((engine.worker, engine.workers) for engine in engines) == [(0, 1), (0, 3), (1, 3), (2, 3)]


@pytest.mark.long
def test_files_are_fetched_from_the_storage_that_an_address_names(
    alone: Cluster, paddlescan: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "site" / "receipts"
    folder.mkdir(parents=True)
    shutil.copy(SAMPLES / "cafe.jpg", folder / "cafe.jpg")
    (folder / "notes.txt").write_text("no receipt")
    with served(tmp_path / "site") as root:
        done = paddlescan(
            *("scan", f"{root}/receipts/", "--cluster", alone.address, "--insecure-cluster"),
            *("--json", tmp_path / "out.json"),
        )
        assert done.returncode == 0, done.stderr
        (page,) = json.loads((tmp_path / "out.json").read_text())["pages"]
        assert page["source"] == "receipts/cafe.jpg"
        assert page["fields"]["total"]["value"] == "42.40"
        here = paddlescan("scan", f"{root}/receipts/")
    assert here.returncode == 2
    assert "only the workers of a cluster read" in here.stderr


def test_without_tls_it_wants_a_word(paddlescan: CommandLine, inbox: Path) -> None:
    refused = paddlescan("scan", inbox, "--cluster", "tcp://127.0.0.1:9")
    assert refused.returncode == 2
    assert "--insecure-cluster" in refused.stderr
    alone = paddlescan("scan", inbox, "--insecure-cluster")
    assert alone.returncode == 2
    assert "--cluster" in alone.stderr
    assert not (paddlescan.home / "data" / "receipts.sqlite").exists()


@pytest.mark.long
def test_a_scheduler_that_dies_pauses_the_batch_and_this_machine_goes_on_with_it(
    paddlescan: CommandLine, inbox: Path, tmp_path: Path
) -> None:
    with cluster(tmp_path / "cluster") as made:
        worker = made.worker()
        process = paddlescan.start("scan", inbox, "--cluster", made.address, "--insecure-cluster")
        wait_for_pages(paddlescan, process, 1)
        engines = {child.pid for child in psutil.Process(worker).children(recursive=True)}
        made.scheduler.kill()
        _, said = process.communicate(timeout=120)
    assert process.returncode == 1, said
    assert said.count("The connection to the cluster was lost.") == 1
    assert "--resume" in said
    assert gone(engines)
    before = finished(paddlescan.home)
    assert 1 <= before < PAGES
    again = paddlescan("scan", inbox, "--resume", "--json", tmp_path / "out.json")
    assert again.returncode == 0, again.stderr
    assert "Going on with an unfinished scan" in again.stderr
    assert len(json.loads((tmp_path / "out.json").read_text())["pages"]) == PAGES
    assert readings(paddlescan.home) == {f"inbox/{n}.jpg": 1 for n in range(PAGES)}


@pytest.mark.long
def test_by_tls_it_goes_without_a_word(paddlescan: CommandLine, tmp_path: Path) -> None:
    names = certificates(tmp_path / "keys")
    variables = {f"DASK_DISTRIBUTED__COMM__TLS__{key}": str(path) for key, path in names.items()}
    with cluster(tmp_path / "cluster", **variables) as made:
        made.worker()
        assert made.address.startswith("tls://")
        done = paddlescan("scan", SAMPLES / "cafe.jpg", "--cluster", made.address, **variables)
        assert done.returncode == 0, done.stderr
        assert "leave this computer, encrypted" in done.stderr
        bare = paddlescan("scan", SAMPLES / "cafe.jpg", "--cluster", made.address)
        assert bare.returncode == 3
        assert "certificates" in bare.stderr
        with pytest.raises(ClusterUnreachable):
            Connection(made.address.replace("tls", "tcp"), connect_s=2)


def certificates(folder: Path) -> dict[str, Path]:
    """One key and a certificate that vouches for itself, for all three roles; by the names of Dask's settings."""
    folder.mkdir()
    key, certificate = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=paddlescan-test"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    roles = {
        f"{role}__{kind}": path
        for role in ("SCHEDULER", "WORKER", "CLIENT")
        for kind, path in (("KEY", key), ("CERT", certificate))
    }
    return {"CA_FILE": certificate, **roles}
