"""An office's own words: what of them goes to a cluster, and what a worker makes of it."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path

import pytest

from paddlescan.document import EngineOptions
from paddlescan.document.codec import BadData
from paddlescan.errors import FolderUnwritable, PatternsWrong
from paddlescan.extraction import patterns
from paddlescan.pipeline.cluster import own_words as room
from paddlescan.pipeline.cluster.own_words import KnownWords, OwnFile, OwnWords, lay_out, own_words
from paddlescan.pipeline.cluster.talk import Begin, order_from
from paddlescan.pipeline.wire import to_bytes

PARKING = "kind: toll_receipt\nwords: {停车缴费凭证: 6}\n".encode()
CHAINS = b"known: [HARBOUR LANE]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What an office may have there, used and unused."""
    made = tmp_path / "patterns"
    (made / "kinds").mkdir(parents=True)
    (made / "kinds" / "停车.yaml").write_bytes(PARKING)
    (made / "merchants.yaml").write_bytes(CHAINS)
    (made / "merchants-old.yaml").write_bytes(b"no: [yaml")
    (made / "notes.txt").write_text("ask Wang")
    return made


def test_what_is_of_use_arrives_as_it_was(folder: Path, tmp_path: Path) -> None:
    order = order_from(to_bytes(Begin(EngineOptions(), own_words(str(folder)))))
    assert isinstance(order, Begin)
    there = tmp_path / "there"
    lay_out(order.words, there)
    files = {path.relative_to(there): path.read_bytes() for path in there.rglob("*") if path.is_file()}
    assert files == {Path("merchants.yaml"): CHAINS, Path("kinds", "停车.yaml"): PARKING}
    assert "HARBOUR" not in repr(order)


def test_looking_them_through_leaves_the_bundled_ones_in_use(folder: Path) -> None:
    own_words(str(folder))
    assert "停车" not in patterns.kinds()
    assert "HARBOUR LANE" not in patterns.read("merchants")["known"]


def test_without_a_folder_there_are_none() -> None:
    assert own_words(None) == OwnWords()
    assert OwnWords().key == ""
    assert OwnWords((OwnFile(b"labels.yaml", b""),)).key != ""


def test_a_slip_is_told_with_the_folder_that_it_lies_in(folder: Path) -> None:
    (folder / "kinds" / "b.yaml").write_text("colour: red")
    with pytest.raises(PatternsWrong, match="b: wants `kind`") as told:
        own_words(str(folder))
    assert told.value.parameters["file"] == str(folder)


def test_more_than_a_message_holds_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BYTES", len(PARKING))
    with pytest.raises(PatternsWrong, match="in all"):
        own_words(str(folder))


@pytest.mark.skipif(os.name != "posix", reason="no file has such a name there")
def test_a_name_that_is_no_file_everywhere_is_told(folder: Path) -> None:
    (folder / "kinds" / r"a\b.yaml").write_bytes(PARKING)
    with pytest.raises(PatternsWrong, match="name of a file"):
        own_words(str(folder))


@pytest.mark.parametrize("name", ["../labels.yaml", "kinds/../../x.yaml", "/x.yaml", r"kinds\x.yaml", "x.py", ""])
def test_a_name_that_leads_elsewhere_is_no_order(name: str) -> None:
    good = to_bytes(Begin(EngineOptions(), OwnWords((OwnFile(b"labels.yaml", b""),))))
    bad = good.replace(base64(b"labels.yaml"), base64(name.encode()))
    assert bad != good
    with pytest.raises(BadData):
        order_from(bad)


def base64(data: bytes) -> bytes:
    return b'"' + b64encode(data) + b'"'


def test_where_nothing_can_be_written_a_person_is_told(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"a file")
    with pytest.raises(FolderUnwritable):
        lay_out(OwnWords(), tmp_path / "there")


def test_a_worker_knows_the_last_few() -> None:
    known, many = KnownWords(), [OwnWords((OwnFile(b"labels.yaml", bytes([n])),)) for n in range(room.MOST_KEPT + 1)]
    for words in (*many[:-1], many[0], many[-1]):
        known.keep(words)
    assert known.find(many[0].key) == many[0]
    assert known.find(many[-1].key) == many[-1]
    assert known.find(many[1].key) is None
    assert known.find("") == OwnWords()
