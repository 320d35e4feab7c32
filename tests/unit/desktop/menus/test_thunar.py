"""Thunar's file is the person's: what is in it stays as it is, byte for byte."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paddlescan.desktop.menus import uca
from paddlescan.desktop.menus.manager import State
from paddlescan.desktop.menus.places import Places
from paddlescan.desktop.menus.thunar import THUNAR
from paddlescan.errors import MenuFileBroken

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Thunar is of Linux")

COMMAND = ("/usr/bin/paddlescan",)
MINE = b"<action><name>Mine</name><unique-id>1</unique-id><command>mine %F</command></action>"
WHOLE = {
    "empty list": b"<actions></actions>",
    "one": b"<actions>" + MINE + b"</actions>",
    "lines of Windows": b'<?xml version="1.0"?>\r\n<actions>\r\n' + MINE + b"\r\n</actions>\r\n",
    "a mark before it": b"\xef\xbb\xbf<actions>" + MINE + b"</actions>",
    "a comment": b"<actions><!-- <action></action></actions> -->" + MINE + b"</actions><!-- end -->",
    "other letters": b'<?xml version="1.0" encoding="latin-1"?>\n'
    b"<actions><action><name>\xd6l</name></action></actions>",
    "a document type": b"<!DOCTYPE actions [ <!ELEMENT actions (action)+> ]><actions>" + MINE + b"</actions>",
    "spaces in tags": b"<actions >" + MINE.replace(b"</action>", b"</action  >") + b"</actions  >",
}
BROKEN = {
    "nothing": b"",
    "cut short": b"<actions>" + MINE[:40],
    "no XML": b"Open Terminal Here",
    "another list": b"<menus></menus>",
    "two lists": b"<actions></actions><actions></actions>",
    "wide letters": "<actions></actions>".encode("utf-16"),
    "entities": b'<!DOCTYPE a [<!ENTITY b "b">]><actions>&b;</actions>',
}


def file_of(places: Places) -> Path:
    file = places.config_home / "Thunar" / "uca.xml"
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_own_actions_stay_and_ours_come_and_go(places: Places, data: bytes) -> None:
    file = file_of(places)
    file.write_bytes(data)
    THUNAR.install(places, COMMAND)
    assert THUNAR.state(places, COMMAND) is State.INSTALLED
    merged = file.read_bytes()
    before = [action.said for action in uca.read(data).actions]
    assert [action.said for action in uca.read(merged).actions][: len(before)] == before
    assert len(ET.fromstring(merged)) == len(before) + 4
    THUNAR.install(places, ("/elsewhere/paddlescan",))
    THUNAR.install(places, COMMAND)
    assert file.read_bytes() == merged
    assert THUNAR.remove(places)
    assert file.read_bytes() == data


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_left_as_it_is_and_told(places: Places, data: bytes) -> None:
    file = file_of(places)
    file.write_bytes(data)
    assert THUNAR.state(places, COMMAND) is State.BROKEN
    for act in (lambda: THUNAR.install(places, COMMAND), lambda: THUNAR.remove(places)):
        with pytest.raises(MenuFileBroken) as told:
            act()
        assert str(file) in told.value.failure.message
    assert file.read_bytes() == data
    assert list(file.parent.iterdir()) == [file]


def test_the_system_s_actions_are_kept_for_whoever_had_no_list(places: Places) -> None:
    system = places.config_dirs[0] / "Thunar" / "uca.xml"
    system.parent.mkdir(parents=True)
    system.write_bytes(WHOLE["one"])
    THUNAR.install(places, COMMAND)
    assert MINE in file_of(places).read_bytes(), "Thunar shows one list or the other"
    assert THUNAR.remove(places)
    assert not file_of(places).exists(), "the system's list is enough again"


def test_a_linked_file_stays_a_link(places: Places, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.xml"
    kept.write_bytes(uca.EMPTY)
    file_of(places).symlink_to(kept)
    THUNAR.install(places, COMMAND)
    assert file_of(places).is_symlink()
    assert kept.read_bytes() != uca.EMPTY
    THUNAR.remove(places)
    assert file_of(places).is_symlink()
    assert kept.read_bytes() == uca.EMPTY


def test_a_list_that_thunar_wrote_anew_is_still_known(places: Places) -> None:
    THUNAR.install(places, COMMAND)
    file = file_of(places)
    root = ET.fromstring(file.read_bytes())
    for action in root:  # as its dialog writes: one name, in the language of the moment, in another order
        action[:] = [
            part for part in reversed(action) if "{http://www.w3.org/XML/1998/namespace}lang" not in part.attrib
        ]
    own = ET.fromstring(MINE)
    root.insert(2, own)
    file.write_bytes(b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root))
    assert THUNAR.state(places, COMMAND) is State.INSTALLED
    THUNAR.remove(places)
    assert [action.said for action in uca.read(file.read_bytes()).actions] == [uca.read(WHOLE["one"]).actions[0].said]


def test_a_program_at_an_awkward_place_is_called_there(places: Places) -> None:
    THUNAR.install(places, ("/opt/Büro & <Co> 100%/it's/paddlescan",))
    commands = [one.findtext("command") for one in ET.fromstring(file_of(places).read_bytes())]
    assert commands[0] == "'/opt/Büro & <Co> 100%%/it'\"'\"'s/paddlescan' -- %F"


@given(st.lists(st.sampled_from([MINE, b"<!-- <action> -->", b"\n", b"  ", b"<other/>", b"text"]), max_size=8))
def test_whatever_stands_in_a_list_stands_there_afterwards(parts: list[bytes]) -> None:
    data = b"<actions>" + b"".join(parts) + b"</actions>"
    ours = uca.action_text({"unique-id": "ours", "name": "A & B"}, {"name": "甲"}, ("zh_CN",))
    merged = uca.read(uca.read(data).with_also(ours))
    assert [action.said for action in merged.of(frozenset({"ours"}))] == [{"unique-id": "ours", "name": "A & B"}]
    assert merged.without(frozenset({"ours"})) == data
