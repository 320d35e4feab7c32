"""What comes into a watched folder is taken once, whatever is done with it afterwards."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from paddlescan.desktop.hot_folder import watcher
from tests.unit.desktop.hot_folder.rooms import Room


def test_a_whole_file_is_taken_once(room: Room) -> None:
    room.write("a.png")
    assert room.look().came == []
    assert len(room.look().unsettled) == 1
    assert [row.ref.source.name for row in room.look(3).came] == ["in/a.png"]
    for _ in range(3):
        look = room.look(3)
        assert (look.came, look.unsettled) == ([], ())


def test_what_was_known_is_known_after_a_restart(room: Room, tmp_path: Path) -> None:
    room.write("a.png")
    room.turns(2)
    again = Room(tmp_path)
    again.write("b.png")
    again.turns(3)
    again.store.close()
    assert room.names() == ["in/a.png", "in/b.png"]


@pytest.mark.parametrize("read_before", [False, True])
def test_a_renamed_file_is_not_read_again_and_is_found_where_it_is(room: Room, read_before: bool) -> None:
    path = room.write("a.png")
    room.turns(4) if read_before else (room.look(), room.look(3))
    path.rename(room.folder / "b.png")
    room.turns(5)
    assert room.names() == ["in/b.png"]
    assert room.states() == ["done"]
    (row,) = room.store.page_rows(room.batches()[0])
    assert row.ref.source.raw_path == os.fsencode(room.folder / "b.png")


def test_other_content_under_the_same_name_is_another_file(room: Room) -> None:
    room.write("a.png", b"one")
    room.turns(3)
    room.write("a.png", b"another")
    room.turns(3)
    assert room.names() == ["in/a.png", "in/a.png"]
    assert room.states() == ["done", "done"]


def test_the_same_content_written_anew_is_not(room: Room) -> None:
    path = room.write("a.png", b"one")
    room.turns(3)
    path.unlink()
    room.write("a.png", b"one")
    os.utime(path, (1, 1))
    room.turns(3)
    assert room.names() == ["in/a.png"]


def test_a_copy_under_another_name_is_read_once(room: Room) -> None:
    path = room.write("a.png", b"one")
    room.turns(3)
    shutil.copy2(path, room.folder / "copy of a.png")
    room.write("b.png", b"two")
    shutil.copy2(room.folder / "b.png", room.folder / "copy of b.png")
    room.turns(4)
    assert room.names() == ["in/a.png", "in/b.png"]
    assert sum(news.copies for news in room.heard) == 2


def test_a_file_that_goes_before_it_was_read_is_simply_gone(room: Room) -> None:
    path = room.write("a.png")
    room.look()
    assert len(room.look(3).came) == 1
    path.unlink()
    room.turns(6)
    assert room.names() == []
    assert room.store.hot_files(room.plan.key) == ()
    room.write("a.png")
    room.turns(3)
    assert room.states() == ["done"]


def test_one_that_is_replaced_before_it_was_read_is_read_as_it_is_now(room: Room) -> None:
    room.write("a.png", b"one")
    room.look()
    assert len(room.look(3).came) == 1
    room.write("a.png", b"quite another")
    room.turns(6)
    (row,) = room.store.page_rows(room.batches()[0])
    (known,) = room.store.hot_files(room.plan.key)
    assert (row.state, row.sha256, known.state) == ("done", known.sha256, "read")


def test_one_that_goes_after_it_was_read_keeps_its_row(room: Room) -> None:
    path = room.write("a.png")
    room.turns(3)
    path.unlink()
    room.turns(6)
    assert room.states() == ["done"]


def test_many_files_are_taken_a_few_at_a_time(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "MOST_AT_ONCE", 4)
    for number in range(10):
        room.write(f"{number}.png")
    room.look()
    looks = [room.look(3) for _ in range(3)]
    assert [(len(look.came), look.more) for look in looks] == [(4, True), (4, True), (2, False)]
    assert room.names() == [f"in/{number}.png" for number in range(10)]


def test_folders_are_looked_into_if_told(tmp_path: Path) -> None:
    room = Room(tmp_path, deep=True)
    room.write("sub/a.png")
    room.turns(3)
    assert room.names() == ["in/sub/a.png"]
    room.store.close()
