"""A watched folder and real disks that run full and vanish: nothing is lost, and nothing is read twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from paddlescan.errors import DiskFull, WatchedFolderGone
from tests.faults.disks import SmallDisk
from tests.unit.desktop.hot_folder.rooms import Room


@pytest.fixture
def room(tmp_path: Path, disk: SmallDisk, request: pytest.FixtureRequest) -> Iterator[Room]:
    """A room of which one part lies on the small disk: what the test's parameter names."""
    (tmp_path / request.param).symlink_to(disk.path)
    made = Room(tmp_path, move=request.param == "away")
    yield made
    made.store.close()


@pytest.mark.parametrize("room", ["away"], indirect=True)
def test_what_was_read_stays_until_there_is_room_where_it_goes(room: Room, disk: SmallDisk) -> None:
    content = b"a page" * 100_000
    path = room.write("a.png", content)
    disk.fill(leave=64 << 10)
    room.turns(4)
    assert [failure.code for news in room.heard for failure in news.told] == ["not_moved"]
    assert path.read_bytes() == content
    assert disk.files() == set()
    disk.make_room()
    room.turns(1)
    assert (disk.path / "read" / "a.png").read_bytes() == content
    assert not path.exists()
    assert room.states() == ["done"]
    assert room.store.page_rows(1)[0].ref.source.path == str(disk.path / "read" / "a.png")


@pytest.mark.parametrize("room", ["away"], indirect=True)
def test_what_a_person_has_there_is_not_replaced_across_disks(room: Room, disk: SmallDisk) -> None:
    (disk.path / "read").mkdir()
    (disk.path / "read" / "a.png").write_bytes(b"somebody's")
    room.write("a.png", b"one")
    room.turns(3)
    assert (disk.path / "read" / "a.png").read_bytes() == b"somebody's"
    assert (disk.path / "read" / "a (2).png").read_bytes() == b"one"


@pytest.mark.parametrize("room", ["in"], indirect=True)
def test_a_network_drive_that_goes_and_comes_back(room: Room, disk: SmallDisk) -> None:
    room.write("a.png")
    room.turns(3)
    room.write("b.png")
    room.look()
    assert len(room.look(3).came) == 1  # taken, and not read before the drive is gone
    disk.vanish()
    room.turns(6)  # where it was lies an empty folder
    disk.path.rmdir()
    with pytest.raises(WatchedFolderGone):
        room.turn()
    disk.path.mkdir()
    disk.come_back()
    room.turns(4)
    assert sorted(room.names()) == ["disk/a.png", "disk/b.png"]
    assert room.states() == ["done", "done"]


def test_a_list_without_room_takes_nothing_and_forgets_nothing(tmp_path: Path, disk: SmallDisk) -> None:
    room = Room(disk.path)
    for number in range(40):
        room.write(f"{number}.png")
    room.look()
    disk.fill()
    with pytest.raises(DiskFull):
        room.look(3)
    disk.make_room()
    room.turns(3)
    assert len(room.names()) == 40
    assert set(room.states()) == {"done"}
    room.store.close()
