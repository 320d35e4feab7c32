"""What holds for a bucket holds for a share: what lies there is found, fetched whole, and told when it is not given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from paddlescan.document import Limits, SourceFile
from paddlescan.errors import FileVanished, StorageFails, StorageRefuses, TooLarge
from paddlescan.pipeline.cluster import shelf
from paddlescan.pipeline.cluster.shelf import Shelf
from paddlescan.pipeline.cluster.storage import touch, walk_storage
from paddlescan.pipeline.intake import IntakeProblem
from tests.storage.servers import Storage

ODD = ("2.JPG", "10 tea.jpg", "50% off.png", "a#b.jpg", "a+b&c=d.jpg", "more/[1].jpg", "more/三月/发票 1.pdf", "é.jpg")
"""Names, in the order of people."""
BESIDE = ("notes.txt", ".hidden.jpg", "more/.hidden/1.jpg")


def read(source: SourceFile, limits: Limits | None = None) -> bytes:
    """A file as a worker gets it."""
    kept = Shelf()
    try:
        with kept.at_hand(source, limits or Limits()) as here:
            return Path(here.path).read_bytes()
    finally:
        kept.clear()


def test_files_of_any_name_are_found_and_fetched(storage: Storage) -> None:
    for name in (*ODD, *BESIDE):
        storage.put(f"odd names/{name}", name.encode())
    storage.put("odd names 2/other.jpg", b"")
    for address in (f"{storage.root}/odd names", f"{storage.root}/odd names/"):
        found = list(walk_storage(address))
        assert [one.name for one in found] == [f"odd names/{name}" for name in ODD]
    for name, one in zip(ODD, found, strict=True):
        assert isinstance(one, SourceFile)
        assert one.path == f"{storage.root}/odd names/{name}"
        assert touch(one) == len(name.encode())
        assert read(one) == name.encode()
        (alone,) = walk_storage(one.path)
        assert alone == SourceFile(one.raw_path, name.rpartition("/")[2])


def test_all_of_it_is_found(storage: Storage) -> None:
    storage.put("all/1.jpg", b"x")
    found = [one.name for one in walk_storage(storage.root)]
    assert f"{storage.root.rpartition('/')[2]}/all/1.jpg" in found


def test_what_was_written_or_added_since_is_seen(storage: Storage) -> None:
    storage.put("anew/1.jpg", b"first")
    (source,) = walk_storage(f"{storage.root}/anew")
    assert isinstance(source, SourceFile)
    kept = Shelf()
    for data in (b"first", b"second, of another size", b"third, of the same  size"):
        storage.put("anew/1.jpg", data)
        for _ in range(2):
            with kept.at_hand(source, Limits()) as here:
                assert Path(here.path).read_bytes() == data
        assert touch(source) == len(data)
    kept.clear()
    storage.put("anew/2.jpg", b"added")
    assert [one.name for one in walk_storage(f"{storage.root}/anew")] == ["anew/1.jpg", "anew/2.jpg"]


def test_what_is_not_there_or_too_large_is_told(storage: Storage) -> None:
    storage.put("told/1.jpg", b"12345")
    for name in ("gone", "gone/", "told/gone.jpg"):
        (problem,) = walk_storage(f"{storage.root}/{name}")
        assert isinstance(problem, IntakeProblem)
        assert problem.failure.code == "file_vanished"
    with pytest.raises(FileVanished):
        read(SourceFile(f"{storage.root}/told/gone.jpg".encode(), "gone.jpg"))
    with pytest.raises(TooLarge):
        read(SourceFile(f"{storage.root}/told/1.jpg".encode(), "1.jpg"), Limits(max_file_bytes=3))
    storage.put("told/none/notes.txt", b"")
    assert list(walk_storage(f"{storage.root}/told/none")) == []


def test_a_server_that_is_down_is_told_and_asked_anew_when_it_is_up(storage: Storage) -> None:
    storage.put("down/1.jpg", b"still here")
    source = SourceFile(f"{storage.root}/down/1.jpg".encode(), "1.jpg")
    assert read(source) == b"still here"
    storage.kill()
    try:
        for act in (lambda: read(source), lambda: touch(source), lambda: list(walk_storage(f"{storage.root}/down"))):
            with pytest.raises(StorageFails) as told:
                act()
            assert told.value.parameters["detail"] == "ConnectionRefusedError"
    finally:
        storage.start()
    assert read(source) == b"still here"
    assert touch(source) == 10


def test_a_server_that_was_started_anew_meanwhile_is_asked_with_the_password_again(storage: Storage) -> None:
    storage.put("again/1.jpg", b"x")
    source = SourceFile(f"{storage.root}/again/1.jpg".encode(), "1.jpg")
    kept = Shelf()  # whose threads keep what they opened
    with kept.at_hand(source, Limits()):
        pass
    storage.kill()
    storage.start()
    with kept.at_hand(source, Limits()) as here:
        assert Path(here.path).read_bytes() == b"x"
    kept.clear()


def test_a_server_that_says_nothing_is_waited_for_no_longer_than_its_time_and_asked_anew(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.put("silent/1.jpg", b"x")
    source = SourceFile(f"{storage.root}/silent/1.jpg".encode(), "1.jpg")
    kept = Shelf()
    with kept.at_hand(source, Limits()):
        pass
    with monkeypatch.context() as soon, storage.silent(), pytest.raises(StorageFails) as told:
        soon.setattr(shelf, "FETCH_S", 0.5)
        with kept.at_hand(source, Limits()):
            pass
    assert told.value.parameters["detail"] == "TimeoutError"
    with kept.at_hand(source, Limits()) as here:
        assert Path(here.path).read_bytes() == b"x"
    kept.clear()


def test_a_wrong_password_is_told_and_not_repeated(storage: Storage, knows: Callable[..., None]) -> None:
    with storage.guessed() as options:
        knows(storage, **options)
        for address in (f"{storage.root}/1.jpg", f"{storage.root}/", storage.root):
            with pytest.raises(StorageRefuses) as told:
                list(walk_storage(address))
            assert "guessed" not in str(told.value)
        with pytest.raises(StorageRefuses):
            touch(SourceFile(f"{storage.root}/1.jpg".encode(), "1.jpg"))
