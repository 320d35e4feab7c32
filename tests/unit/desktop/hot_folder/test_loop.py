"""The loop: what it closes, when it waits, and that trouble loses nothing."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from paddlescan.desktop.hot_folder.loop import PAUSE_S
from paddlescan.desktop.hot_folder.moving import CROWDED
from paddlescan.desktop.hot_folder.plan import Watch
from paddlescan.errors import AlreadyWatched, DiskFull, WatchedFolderGone
from tests.unit.desktop.hot_folder.rooms import Room


def test_a_round_is_over_when_nothing_came_for_a_while(room: Room) -> None:
    room.write("a.png")
    room.turns(2)
    assert (room.states(), room.closed) == (["done"], [])
    room.turn(PAUSE_S - 4)
    room.write("b.png")
    room.turns(2)
    assert room.closed == []
    room.turn(PAUSE_S)
    assert room.closed == room.batches() == [1]
    room.write("c.png")
    room.turns(2)
    room.turn(PAUSE_S)
    assert room.closed == room.batches() == [1, 2]


def test_a_round_is_over_after_an_hour_though_files_never_stop_coming(room: Room) -> None:
    for number in range(12):
        room.write(f"{number}.png")
        room.turn(600)
    assert room.closed == [1]
    assert [len(room.store.page_rows(batch)) for batch in room.batches()] == [7, 4]


def test_what_was_read_and_what_could_not_be_are_put_away_apart(moving: Room) -> None:
    moving.write("a.png")
    moving.write("b.png", b"bad")
    moving.turns(2)
    assert sorted(str(path.relative_to(moving.away)) for path in moving.away.rglob("*.png")) == [
        "failed/b.png",
        "read/a.png",
    ]
    assert list(moving.folder.iterdir()) == []
    paths = [row.ref.source.path for row in moving.store.page_rows(1)]
    assert paths == [str(moving.away / "read" / "a.png"), str(moving.away / "failed" / "b.png")]
    assert moving.names() == ["in/a.png", "in/b.png"]


def test_nothing_is_replaced_there(moving: Room) -> None:
    for content in (b"one", b"two", b"three"):
        moving.write("a.png", content)
        moving.turns(3)
    there = {path.name: path.read_bytes() for path in (moving.away / "read").iterdir()}
    assert there == {"a.png": b"one", "a (2).png": b"two", "a (3).png": b"three"}


def test_where_every_name_is_taken_it_is_told_and_what_was_read_stays(
    moving: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paddlescan.desktop.hot_folder.moving.MOST_NAMES", 3)
    (moving.away / "read").mkdir(parents=True)
    for name in ("a.png", "a (2).png", "a (3).png"):
        (moving.away / "read" / name).write_bytes(b"somebody's")
    crowd, other = moving.write("a.png"), moving.write("b.png")
    moving.turns(3)
    told = [failure for news in moving.heard for failure in news.told]
    assert [(failure.code, dict(failure.parameters)["detail"]) for failure in told] == [("not_moved", CROWDED)]
    assert crowd.exists()
    assert not other.exists()
    (moving.away / "read" / "a (2).png").unlink()
    moving.turns(1)
    assert not crowd.exists()
    assert (moving.away / "read" / "a (2).png").read_bytes() == b"a.png"


def test_a_copy_goes_the_same_way_and_is_not_read(moving: Room) -> None:
    moving.write("a.png", b"one")
    moving.turns(3)
    moving.write("b.png", b"one")
    moving.turns(3)
    assert moving.names() == ["in/a.png"]
    assert sorted(path.name for path in (moving.away / "read").iterdir()) == ["a.png", "b.png"]


def test_what_could_not_be_read_is_tried_again_when_it_is_put_back(moving: Room) -> None:
    moving.write("a.png", b"bad")
    moving.turns(3)
    (moving.away / "failed" / "a.png").rename(moving.folder / "a.png")
    moving.turns(3)
    assert moving.states() == ["unreadable_file", "unreadable_file"]


def test_a_move_that_a_kill_interrupted_is_brought_to_its_end(moving: Room, tmp_path: Path) -> None:
    path = moving.write("a.png")
    moving.away.write_bytes(b"in the way")
    moving.turns(3)
    assert [news.told[0].code for news in moving.heard if news.told] == ["not_moved"]
    moving.away.unlink()
    target = moving.away / "read" / "a.png"
    target.parent.mkdir(parents=True)
    (known,) = moving.store.hot_files(moving.plan.key)
    moving.store.aim_hot_file(known, bytes(target))
    path.rename(target)  # and the power goes
    again = Room(tmp_path, move=True)
    again.loop.run(again.stop, once=True)
    (row,) = again.store.page_rows(1)
    assert (row.ref.source.path, row.state) == (str(target), "done")
    again.store.close()


def test_an_empty_file_that_somebody_put_there_stays(moving: Room, tmp_path: Path) -> None:
    moving.write("a.png")
    moving.away.write_bytes(b"in the way")
    moving.turns(3)
    moving.away.unlink()
    (known,) = moving.store.hot_files(moving.plan.key)
    target = moving.away / "read" / "a.png"
    target.parent.mkdir(parents=True)
    moving.store.aim_hot_file(known, bytes(target))  # and the power goes
    target.touch()
    os.utime(target, (1, 1))
    again = Room(tmp_path, move=True)
    again.loop.run(again.stop, once=True)
    assert sorted((path.name, path.read_bytes()) for path in target.parent.iterdir()) == [
        ("a (2).png", b"a.png"),
        ("a.png", b""),
    ]
    again.store.close()


def test_a_folder_that_is_away_is_waited_for_and_nothing_is_read_twice(room: Room) -> None:
    room.write("a.png")
    room.turns(3)
    aside = room.folder.rename(room.root / "aside")
    with pytest.raises(WatchedFolderGone):
        room.turn()
    room.folder.mkdir()  # where a drive is mounted, empty
    room.turns(5)
    room.folder.rmdir()
    aside.rename(room.folder)
    room.write("b.png")
    room.turns(3)
    assert room.names() == ["in/a.png", "in/b.png"]


def test_trouble_is_told_once_and_when_it_is_over(room: Room) -> None:
    room.write("a.png")
    room.refused = DiskFull(detail="the list of receipts", file="x")
    waits: list[float] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0)
            room.clock.now += 3
            if len(waits) == 5:
                room.refused = None
            return self.is_set()

    room.loop.run(Stop(), once=True)
    assert [failure.code if failure else None for failure in room.troubles] == ["disk_full", None]
    assert waits[1:5] == [5, 10, 20, 40]
    assert room.states() == ["done"]


def test_only_one_watches_a_folder(tmp_path: Path) -> None:
    store, folder = tmp_path / "receipts.sqlite", tmp_path / "in"
    first, second, other = Watch(store, folder), Watch(store, folder), Watch(store, tmp_path / "other")
    first.acquire()
    other.acquire()
    with pytest.raises(AlreadyWatched):
        second.acquire()
    first.release()
    second.acquire()
    for watch in (second, other):
        watch.release()


def test_a_file_where_a_folder_should_be_is_told_and_holds_up_nothing_else(tmp_path: Path) -> None:
    room = Room(tmp_path, deep=True, move=True)
    (room.away / "read").mkdir(parents=True)
    (room.away / "read" / "a.png").write_bytes(b"somebody's")
    inside, other = room.write("a.png/1.png"), room.write("b.png")
    room.turns(3)
    assert [news.told[0].code for news in room.heard if news.told] == ["not_moved"]
    assert inside.exists()
    assert (room.away / "read" / "a.png").read_bytes() == b"somebody's"
    assert not other.exists()
    assert (room.away / "read" / "b.png").exists()
    (room.away / "read" / "a.png").unlink()
    room.turns(1)
    assert not inside.exists()
    assert (room.away / "read" / "a.png" / "1.png").exists()
    room.store.close()
