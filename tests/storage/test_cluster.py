"""Scans on a real cluster of files in a real bucket and on a real share: what is read, told and logged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clusters import BLOCKED, Cluster, cluster
from tests.e2e.conftest import SAMPLES, CommandLine
from tests.e2e.test_cluster import finished, wait_for_pages
from tests.storage.servers import PASSWORD, Bucket, Share, Storage

pytestmark = pytest.mark.slow
CANARY = "QUETZALCOATL"
NAMES = {f"三月 {CANARY} #1.jpg": "cafe.jpg", f"50% {CANARY}.jpg": "hotel.jpg"}
"""Of files, and of the samples that they are."""


@dataclass(frozen=True)
class Office:
    """A command line and a cluster, which know how to ask both servers."""

    cluster: Cluster
    log: Path
    """Of its processes."""
    told: dict[str, str]

    def options(self, *more: str | Path) -> tuple[str | Path, ...]:
        return (*more, "--cluster", self.cluster.address, "--insecure-cluster")


def told(*storages: Storage) -> dict[str, str]:
    """The variables by which fsspec knows how to ask them."""
    return {f"FSSPEC_{kind.upper()}": json.dumps(options) for kind, options in (one.options() for one in storages)}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, served_bucket: Bucket, served_share: Share) -> Iterator[Office]:
    folder, variables = tmp_path_factory.mktemp("cluster"), told(served_bucket, served_share)
    with cluster(folder) as made:
        for _ in range(2):
            made.worker(**variables)
        yield Office(made, folder / "cluster.log", variables)


def put_samples(storage: Storage, folder: str, names: dict[str, str]) -> str:
    """Samples in a folder of their own. Returns its address."""
    for name, sample in names.items():
        storage.put(f"{folder}/{name}", (SAMPLES / sample).read_bytes())
    return f"{storage.root}/{folder}/"


def test_pages_of_a_bucket_and_of_a_share_are_read_and_no_log_holds_a_name(
    office: Office,
    served_bucket: Bucket,
    served_share: Share,
    paddlescan: CommandLine,
    tmp_path: Path,
) -> None:
    addresses = [put_samples(storage, f"{CANARY} box", NAMES) for storage in (served_bucket, served_share)]
    settings = dict((served_bucket.options(), served_share.options()))
    (tmp_path / "conf.json").write_text(json.dumps(settings))  # the workers are told by variables
    done = paddlescan(
        *("scan", *addresses, *office.options("--json", tmp_path / "out.json")),
        FSSPEC_CONFIG_DIR=str(tmp_path),
        PADDLESCAN_LOG_LEVEL="DEBUG",
    )
    assert done.returncode == 0, done.stderr
    assert "Unclosed" not in done.stderr
    pages = json.loads((tmp_path / "out.json").read_text())["pages"]
    names = sorted(NAMES, key=lambda name: name[0])
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))["items"]
    totals = {item["path"]: item["gt"]["fields"]["total"] for item in truth}
    assert [page["source"] for page in pages] == [f"{CANARY} box/{name}" for name in names] * 2
    for page, name in zip(pages, names * 2, strict=True):
        assert page["fields"]["total"]["value"] == totals[NAMES[name]]
    logs = [path for path in (paddlescan.home / "logs").rglob("*") if path.is_file()]
    assert any("s3fs" in path.read_text() for path in logs), "the logs were not at DEBUG"
    for path in (*logs, office.log):
        text = path.read_text(errors="replace")
        assert CANARY not in text, text
        assert PASSWORD not in text
    store = b"".join(path.read_bytes() for path in (paddlescan.home / "data").iterdir() if path.is_file())
    assert CANARY.encode() in store
    assert PASSWORD.encode() not in store


def test_storage_that_vanishes_fails_the_pages_and_resume_reads_them(
    office: Office, served_bucket: Bucket, served_share: Share, paddlescan: CommandLine, tmp_path: Path
) -> None:
    first = put_samples(served_bucket, "first", {f"{number}.jpg": "cafe.jpg" for number in range(4)})
    later = [
        put_samples(served_bucket, "later bucket", {"1.jpg": "cafe.jpg", "2.jpg": "cafe.jpg"}),
        put_samples(served_share, "later share", {"1.jpg": "cafe.jpg", "2.jpg": "cafe.jpg"}),
    ]
    words = ("scan", first, *later, *office.options())
    process = paddlescan.start(*words, **office.told)
    wait_for_pages(paddlescan, process, 1)
    for storage in (served_bucket, served_share):
        storage.kill()
    try:
        _, said = process.communicate(timeout=200)
    finally:
        for storage in (served_bucket, served_share):
            storage.start()
    assert process.returncode == 1, said
    for name in ("later bucket/2.jpg", "later share/2.jpg"):
        assert f"{name} could not be fetched from shared storage" in said
    assert "--resume" in said
    read = finished(paddlescan.home)
    done = paddlescan(*words, "--resume", "--json", tmp_path / "out.json", **office.told)
    assert done.returncode == 0, done.stderr
    assert f"{read} of 8 pages are read already" in done.stderr
    pages = json.loads((tmp_path / "out.json").read_text())["pages"]
    assert len(pages) == 8
    assert {page["fields"]["total"]["value"] for page in pages} == {"42.40"}
    assert list((paddlescan.home / "data").glob("*.scan-*")) == [], "it is not at its end"


def test_storage_that_is_down_or_refuses_is_told_before_anything_starts(
    office: Office, served_bucket: Bucket, served_share: Share, paddlescan: CommandLine
) -> None:
    address = put_samples(served_share, "quiet", {"1.jpg": "cafe.jpg"})
    guessed = told(served_bucket) | {"FSSPEC_SMB": json.dumps({"username": "root", "password": "guessed"})}
    for variables, said in (
        (guessed, f"Shared storage does not let {address} be read: LogonFailure."),
        (office.told, f"{address} could not be fetched from shared storage: ConnectionRefusedError."),
    ):
        if variables is office.told:
            served_share.kill()
        try:
            done = paddlescan("scan", address, *office.options(), **variables)
        finally:
            if variables is office.told:
                served_share.start()
        assert done.returncode == 3
        assert said in done.stderr
        assert "NOT encrypted" not in done.stderr
    done = paddlescan("scan", address.replace("quiet", "mistyped"), *office.options(), **office.told)
    assert done.returncode == 2
    assert "No such file or folder" in done.stderr
    assert not (paddlescan.home / "data" / "receipts.sqlite").exists()


def test_a_worker_that_cannot_ask_the_storage_is_told(
    served_bucket: Bucket, served_share: Share, paddlescan: CommandLine, tmp_path: Path
) -> None:
    variables = told(served_bucket, served_share)
    share, bucket = (put_samples(one, "blind", {"1.jpg": "cafe.jpg"}) for one in (served_share, served_bucket))
    with cluster(tmp_path / "cluster") as made:
        office = Office(made, tmp_path, variables)
        made.worker(site=BLOCKED.format(modules=("smbclient",)), **told(served_bucket))
        done = paddlescan("scan", bucket, share, *office.options(), **variables)
        assert done.returncode == 3
        assert "cannot read blind/1.jpg" in done.stderr
        assert "a package is missing: smbprotocol" in done.stderr
        assert "Traceback" not in (tmp_path / "cluster" / "cluster.log").read_text()
    assert not (paddlescan.home / "data" / "receipts.sqlite").exists()
