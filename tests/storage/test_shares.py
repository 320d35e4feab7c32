"""What only Windows shares have: files that somebody has open, folders that are not everybody's, and hosts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from paddlescan.document import Limits, SourceFile
from paddlescan.errors import PaddleScanError, StorageAddress, StorageFails, StorageRefuses
from paddlescan.pipeline.cluster.filesystems import filesystem
from paddlescan.pipeline.cluster.shelf import Shelf
from paddlescan.pipeline.cluster.storage import touch, walk_storage
from paddlescan.pipeline.intake import IntakeProblem
from tests.storage.servers import Share


@pytest.fixture
def share(served_share: Share, knows: Callable[..., None]) -> Share:
    knows(served_share)
    return served_share


def at(share: Share, name: str) -> SourceFile:
    return SourceFile(f"{share.root}/{name}".encode(), name)


def test_a_file_that_somebody_reads_or_writes_is_read_and_nobody_is_kept_from_one_that_we_read(share: Share) -> None:
    share.put("open.jpg", b"12345")
    (share.files / "open.jpg").chmod(0o666)
    files, place = filesystem(f"{share.root}/open.jpg", "")
    with files.open(place, "rb", share_access="r"):  # as a program that shows it
        assert touch(at(share, "open.jpg")) == 5
    with files.open(place, "rb"), files.open(place, "rb", share_access="r"):  # ours, and such a program
        assert touch(at(share, "open.jpg")) == 5
    with files.open(place, "rb"), files.open(place, "r+b", share_access="r"):  # ours, and one that goes on writing
        pass


def test_a_file_from_which_others_are_kept_is_told(share: Share) -> None:
    share.put("closed.jpg", b"12345")
    files, place = filesystem(f"{share.root}/closed.jpg", "")
    with files.open(place, "rb", share_access=""), pytest.raises(StorageFails) as told:
        touch(at(share, "closed.jpg"))
    assert told.value.parameters["detail"] == "SharingViolation"


def test_a_folder_that_is_not_ours_is_a_row_and_the_others_are_read(share: Share) -> None:
    for name in ("box/1.jpg", "box/2 not ours/2.jpg", "box/3/3.jpg"):
        share.put(name, b"x")
    (share.files / "box" / "2 not ours").chmod(0o700)
    first, problem, last = walk_storage(f"{share.root}/box")
    assert [one.name for one in (first, problem, last)] == ["box/1.jpg", "box/2 not ours", "box/3/3.jpg"]
    assert isinstance(problem, IntakeProblem)
    assert problem.failure.code == "storage_folder"
    with pytest.raises(StorageRefuses):
        list(walk_storage(f"{share.root}/box/2 not ours"))


def test_a_file_that_is_not_ours_is_told(share: Share) -> None:
    share.put("not ours.jpg", b"x")
    (share.files / "not ours.jpg").chmod(0o600)
    with pytest.raises(StorageRefuses):
        touch(at(share, "not ours.jpg"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("closed", StorageRefuses), ("", StorageAddress), ("/", StorageAddress)],
)
def test_shares_that_are_closed_or_not_there_are_told(share: Share, name: str, kind: type[PaddleScanError]) -> None:
    with pytest.raises(kind):
        list(walk_storage(share.root.replace("receipts", name)))


def test_a_share_that_is_not_there_is_told(share: Share) -> None:
    (problem,) = walk_storage(share.root.replace("receipts", "nowhere"))
    assert isinstance(problem, IntakeProblem)
    assert problem.failure.code == "file_vanished"


def test_the_user_may_stand_in_the_address(share: Share, knows: Callable[..., None]) -> None:
    share.put("1.jpg", b"x")
    user = share.options()[1]["username"]
    knows(share, username="")
    assert touch(SourceFile(share.root.replace("//", f"//{user}@").encode() + b"/1.jpg", "1.jpg")) == 1


def test_a_folder_of_thousands_is_asked_for_in_one_go(share: Share) -> None:
    for number in range(3000):
        share.put(f"many/{number}.jpg", b"")
    found = list(walk_storage(f"{share.root}/many"))
    assert [one.name for one in found] == [f"many/{number}.jpg" for number in range(3000)]


def test_many_threads_read_at_once(share: Share) -> None:
    data = bytes(300_000)
    for number in range(4):
        share.put(f"{number}.jpg", data)
    together = threading.Barrier(8)

    def read(number: int) -> bytes:
        together.wait()
        kept = Shelf()  # with threads of its own
        with kept.at_hand(at(share, f"{number % 4}.jpg"), Limits()) as here:
            found = Path(here.path).read_bytes()
        kept.clear()
        return found

    with ThreadPoolExecutor(8) as threads:
        for _ in range(4):
            assert list(threads.map(read, range(8))) == [data] * 8
