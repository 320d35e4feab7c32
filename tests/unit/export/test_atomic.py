from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from paddlescan.errors import DiskFull, ExportExists, ExportFailed, PaddleScanError
from paddlescan.export.atomic import atomic_file, check_target, write_atomically

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links are POSIX")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_file_is_kept_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_atomically(path, b"one", overwrite=False)
    with pytest.raises(ExportExists) as told:
        write_atomically(path, b"two", overwrite=False)
    assert str(path) in told.value.message
    assert path.read_bytes() == b"one"
    write_atomically(path, b"two", overwrite=True)
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["a.csv"]


def test_a_file_that_appears_meanwhile_is_kept_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(ExportExists), atomic_file(path, overwrite=False) as file:
        file.write(b"ours")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.csv"]


def test_of_many_at_once_one_wins(tmp_path: Path) -> None:
    path, gate, outcomes = tmp_path / "a.csv", threading.Barrier(8), []

    def write(n: int) -> None:
        gate.wait()
        try:
            write_atomically(path, str(n).encode(), overwrite=False)
            outcomes.append(n)
        except ExportExists:
            pass

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.read_bytes()] == [str(n).encode() for n in outcomes]


def test_without_hard_links_nothing_is_replaced_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links on this disk")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "a.csv"
    write_atomically(path, b"one", overwrite=False)
    assert path.read_bytes() == b"one"
    with pytest.raises(ExportExists), atomic_file(tmp_path / "b.csv", overwrite=False):
        (tmp_path / "b.csv").write_bytes(b"theirs")
    assert names(tmp_path) == ["a.csv", "b.csv"]


@posix
def test_the_mode_of_a_replaced_file_stays_and_a_new_one_has_the_usual(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    old = os.umask(0o027)
    try:
        write_atomically(path, b"one", overwrite=False)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o606)
    write_atomically(path, b"two", overwrite=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o606


@posix
def test_a_link_goes_on_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.csv", tmp_path / "link.csv"
    target.write_bytes(b"one")
    link.symlink_to(target)
    write_atomically(link, b"two", overwrite=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"two"


def test_a_write_that_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), atomic_file(path, overwrite=True) as file:
        file.write(b"half of the n")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, ExportFailed)]
)
def test_a_disk_that_fails_is_told_and_leaves_nothing(
    number: int, kind: type[PaddleScanError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(kind):
        write_atomically(tmp_path / "a.csv", b"one", overwrite=False)
    assert names(tmp_path) == []


def test_a_place_that_cannot_be_written_is_told_before_and_at_writing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for path, word in (
        (tmp_path / "nowhere" / "a.csv", "not there"),
        (tmp_path / "folder", "folder"),
        (tmp_path / "file" / "a.csv", "not there"),
    ):
        with pytest.raises(ExportFailed, match=word):
            check_target(path, overwrite=True)
        with pytest.raises(ExportFailed, match=word):
            write_atomically(path, b"", overwrite=True)
    assert names(tmp_path) == ["file", "folder"]


@posix
def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ExportFailed, match="ordinary"):
        write_atomically(pipe, b"x", overwrite=True)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".csv")
    write_atomically(path, b"x", overwrite=False)
    assert path.read_bytes() == b"x"
    with pytest.raises(ExportFailed, match="too long"):
        write_atomically(tmp_path / ("n" * 300), b"x", overwrite=False)


def test_check_target_says_early_what_writing_would_say(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    check_target(path, overwrite=False)
    path.touch()
    check_target(path, overwrite=True)
    with pytest.raises(ExportExists):
        check_target(path, overwrite=False)


@posix
def test_what_replaces_a_private_file_is_private_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"one")
    path.chmod(0o600)
    with atomic_file(path, overwrite=True) as file:
        file.write(b"two")
        assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix
@pytest.mark.parametrize(("umask", "expected"), [(0o000, 0o666), (0o022, 0o644), (0o077, 0o600)])
@pytest.mark.parametrize("overwrite", [False, True])
def test_an_export_has_the_rights_its_folder_and_umask_give(
    tmp_path: Path, umask: int, expected: int, overwrite: bool
) -> None:
    """A private file that is moved into place would lock colleagues out of a shared folder."""
    shared = tmp_path / "shared"
    shared.mkdir()
    if os.geteuid() == 0:
        os.chown(shared, -1, 65534)
    shared.chmod(0o2775)
    before = os.umask(umask)
    try:
        write_atomically(shared / "out.csv", b"a", overwrite)
    finally:
        os.umask(before)
    found = (shared / "out.csv").stat()
    assert stat.S_IMODE(found.st_mode) == expected
    assert found.st_gid == shared.stat().st_gid


@posix
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_private_file_is_private_whatever_the_umask_and_whatever_was_there(tmp_path: Path, overwrite: bool) -> None:
    file = tmp_path / "settings.json"
    if overwrite:
        file.write_bytes(b"old")
        file.chmod(0o666)
    before = os.umask(0)
    try:
        write_atomically(file, b"new", overwrite, private=True)
    finally:
        os.umask(before)
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
