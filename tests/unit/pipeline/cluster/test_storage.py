"""Shared storage by address: a real web server stands for those that nobody has at hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from paddlescan.document import Limits, SourceFile
from paddlescan.errors import (
    ElsewhereStored,
    FileVanished,
    PaddleScanError,
    StorageAddress,
    StorageFails,
    StorageMissing,
    TooLarge,
)
from paddlescan.imaging.files import open_source
from paddlescan.pipeline.cluster.shelf import MOST_KEPT, Shelf
from paddlescan.pipeline.cluster.storage import is_url, name_of, touch, walk_storage
from paddlescan.pipeline.intake import IntakeProblem
from tests.fakes.web_server import served


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "box" / "more").mkdir(parents=True)
    for name in ("10.jpg", "2.JPG", "a.pdf", "notes.txt", ".hidden.jpg", "more/1.png"):
        (folder / "box" / name).write_bytes(name.encode())
    return folder


@pytest.mark.parametrize(
    ("path", "url"),
    [
        *(("s3://bucket/a", True), ("smb://host/share", True), ("HTTP://h/a", True)),
        *(("/a/b", False), ("a://b", False), ("C:\\a", False), ("file:///a", False), ("s3:/a", False), ("x", False)),
    ],
)
def test_addresses_are_told_from_paths(path: str, url: bool) -> None:
    assert is_url(path) is url


def test_what_lies_below_an_address_is_found_in_the_order_of_people(site: Path) -> None:
    with served(site) as root:
        found = [one for one in walk_storage(f"{root}/box/") if isinstance(one, SourceFile)]
        assert [one.name for one in found] == ["box/2.JPG", "box/10.jpg", "box/a.pdf", "box/more/1.png"]
        assert found[1].path == f"{root}/box/10.jpg"
        (one,) = walk_storage(f"{root}/box/a.pdf")
        assert isinstance(one, SourceFile)
        assert one == SourceFile(f"{root}/box/a.pdf".encode(), "a.pdf")


def test_what_is_not_there_is_a_row_that_says_so(site: Path) -> None:
    with served(site) as root:
        (gone,) = walk_storage(f"{root}/box/gone.jpg")
    assert isinstance(gone, IntakeProblem)
    assert gone.failure.code == "file_vanished"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("nonsense://host/a", StorageAddress),
        ("smb://me:secret@host/share", StorageAddress),
        ("zip://a.jpg::s3://bucket/b.zip", StorageAddress),
        ("s3://bucket/a", StorageMissing),
        ("s3://key:secret@bucket/a", StorageAddress),
        ("ftp://me:secret#1@host/share", StorageAddress),
        ("s3://key:sec/secret@bucket/a", StorageAddress),
        ("smb://me:12/secret@host/share", StorageAddress),
        ("smb://host:445/share/me@there.jpg", StorageMissing),
        ("s3:///a.jpg", StorageAddress),
        ("ftp://host", StorageAddress),
        ("http://127.0.0.1:9/a.jpg", StorageFails),
    ],
)
def test_what_cannot_be_asked_is_told(url: str, kind: type[PaddleScanError]) -> None:
    with pytest.raises(kind) as told:
        touch(SourceFile(url.encode(), "a.jpg"))
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(("url", "package"), [("s3://bucket/a", "s3fs"), ("smb://host/share/a", "smbprotocol")])
def test_a_missing_package_is_told_as_it_is_installed(url: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("s3fs", "smbclient"):  # what is none to be had is none, also where it was installed
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(StorageMissing) as told:
        touch(SourceFile(url.encode(), "a.jpg"))
    assert told.value.parameters["detail"] == package


@pytest.mark.parametrize(
    ("url", "name"),
    [
        *(("s3://bucket/三月 #1?.jpg", "三月 #1?.jpg"), ("smb://me@host/share/", "share"), ("s3://bucket", "bucket")),
        *(("https://host/%E4%B8%89%E6%9C%88%20%231.jpg?key=1#top", "三月 #1.jpg"), ("smb://me@host/", "host")),
    ],
)
def test_a_place_is_called_by_the_last_part_of_its_address(url: str, name: str) -> None:
    assert name_of(url) == name


def test_names_of_the_web_are_shown_as_people_know_them(tmp_path: Path) -> None:
    names = ["50% off.png", "a#b.jpg", "三月/1 2.jpg"]
    for name in names:
        (tmp_path / "box" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "box" / name).write_bytes(name.encode())
    shelf = Shelf()
    with served(tmp_path) as root:
        found = [one for one in walk_storage(f"{root}/box/") if isinstance(one, SourceFile)]
        assert [one.name for one in found] == [f"box/{name}" for name in names]
        for one, name in zip(found, names, strict=True):
            with shelf.at_hand(one, Limits()) as here:
                assert Path(here.path).read_bytes() == name.encode()
    shelf.clear()


def test_a_folder_that_cannot_be_looked_into_is_a_row(site: Path) -> None:
    with served(site, broken="/box/more/") as root:
        *files, problem = walk_storage(f"{root}/box/")
        assert [one.name for one in files] == ["box/2.JPG", "box/10.jpg", "box/a.pdf"]
        assert isinstance(problem, IntakeProblem)
        assert (problem.name, problem.failure.code) == ("box/more", "storage_folder")
        with pytest.raises(StorageFails):
            list(walk_storage(f"{root}/box/more/"))


def test_a_file_is_fetched_whole_and_kept_for_its_other_pages(site: Path) -> None:
    shelf = Shelf()
    with served(site) as root:
        source = SourceFile(f"{root}/box/a.pdf".encode(), "a.pdf")
        with shelf.at_hand(source, Limits()) as here, shelf.at_hand(source, Limits()) as again:
            assert Path(here.path).read_bytes() == b"a.pdf"
            assert here.name == "a.pdf"
            assert again == here
        with shelf.at_hand(source, Limits()) as later:
            assert later == here
        (site / "box" / "a.pdf").write_bytes(b"written anew")
        with shelf.at_hand(source, Limits()) as changed:
            assert Path(changed.path).read_bytes() == b"written anew"
        place = Path(here.path).parent
        assert len(list(place.iterdir())) == 1
        shelf.clear()
        assert not place.exists()


def test_only_the_last_few_are_kept_and_none_that_is_in_use_goes(site: Path) -> None:
    for number in range(MOST_KEPT + 3):
        (site / f"{number}.jpg").write_bytes(b"x")
    shelf = Shelf()
    with served(site) as root:
        first = SourceFile(f"{root}/0.jpg".encode(), "0.jpg")
        with shelf.at_hand(first, Limits()) as held:
            for number in range(1, MOST_KEPT + 3):
                with shelf.at_hand(SourceFile(f"{root}/{number}.jpg".encode(), "x"), Limits()):
                    pass
            shelf.clear()
            assert Path(held.path).read_bytes() == b"x"
            assert [path.name for path in Path(held.path).parent.iterdir()] == [Path(held.path).name]
    shelf.clear()
    assert not Path(held.path).parent.exists()


def test_what_is_too_large_or_gone_leaves_nothing_behind(site: Path) -> None:
    shelf = Shelf()
    with served(site) as root:
        source = SourceFile(f"{root}/box/a.pdf".encode(), "a.pdf")
        with pytest.raises(TooLarge), shelf.at_hand(source, Limits(max_file_bytes=3)):
            pass
        with pytest.raises(FileVanished), shelf.at_hand(SourceFile(f"{root}/gone".encode(), "gone"), Limits()):
            pass
    shelf.clear()


def test_a_file_of_this_machine_is_left_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    source = SourceFile.at(tmp_path / "a.jpg")
    with Shelf().at_hand(source, Limits()) as here:
        assert here is source


def test_an_address_is_no_file_that_could_be_opened_here() -> None:
    with pytest.raises(ElsewhereStored):
        open_source(SourceFile(b"s3://bucket/a.jpg", "a.jpg"))
