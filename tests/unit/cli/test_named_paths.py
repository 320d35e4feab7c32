"""`paddlescan PATH...` for the window: what does not exist is said, and the rest goes on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.__main__ import main
from paddlescan.cli.mistyped import mistyped_command
from paddlescan.cli.named_paths import local_path, refuse_missing, those_there
from paddlescan.cli.parser import command_parser, window_parser
from paddlescan.errors import PathMissing
from tests.buses import NO_BUS, real_bus
from tests.conftest import ROOT


@pytest.mark.parametrize(("language", "words"), [("en", "does not exist."), ("zh", "不存在")])
def test_a_start_that_names_nothing_there_says_so_and_ends_as_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    for name, value in NO_BUS.items():
        monkeypatch.setenv(name, value)
    gone = str(tmp_path / "nonexistent.jpg")
    assert main(["--lang", language, gone]) == 2
    said = capsys.readouterr().err
    assert gone in said
    assert words in said
    assert not (tmp_path / "home").exists(), "neither a window nor a store was made"


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        (["scna"], "en", 'no command "scna", and no file or folder of that name. Did you mean: paddlescan scan'),
        (["Docter", "--json"], "en", "Did you mean: paddlescan doctor"),
        (
            ["scna", "--csv", "out.csv"],
            "zh",
            "也没有这个名字的文件或文件夹。是否想输入：paddlescan scan",
        ),
        (["receipts"], "en", "The commands are: scan, watch, prepare, "),
        (["help"], "zh", "可用的命令：scan、watch、prepare、"),
    ],
)
def test_a_mistyped_command_is_told_with_the_nearest_and_opens_nothing(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: list[str],
    language: str,
    said: str,
) -> None:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    pile = tmp_path / "pile"
    pile.mkdir()
    word, *others = typed
    assert main(["--lang", language, word, str(pile), *others]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "home").exists(), "neither a window nor a store was made"


@pytest.mark.parametrize("first", ["gone.jpg", "./gone", "three words", "三月", "a1"])
def test_what_does_not_look_like_a_command_is_a_path(first: str, tmp_path: Path) -> None:
    assert mistyped_command([first, str(tmp_path)], "en") is None


def test_what_is_there_is_no_mistyped_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert mistyped_command(["scna"], "en") is not None
    assert mistyped_command(["--", "scna"], "en") is None
    (tmp_path / "scna").mkdir()
    assert mistyped_command(["scna"], "en") is None


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is the desktop's way on Linux")
@pytest.mark.parametrize(("language", "title"), [("en", "Nothing was opened"), ("zh", "没有打开任何文件")])
def test_where_nobody_reads_a_terminal_a_notification_says_it_and_names_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, title: str
) -> None:
    monkeypatch.setenv("PADDLESCAN_HOME", str(tmp_path / "home"))
    with real_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        command = [sys.executable, str(ROOT / "tests" / "fakes" / "notification_service.py")]
        service = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        try:
            assert service.stdout is not None
            assert service.stdout.readline() == "ready\n"
            assert main(["--lang", language, "--", str(tmp_path / "secret receipt.jpg")]) == 2
        finally:
            service.terminate()
            told, _ = service.communicate()
    assert title in told
    assert "secret" not in told


def test_the_others_are_handed_over_in_their_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.jpg").write_bytes(b"b")
    paths = [str(tmp_path), str(tmp_path / "a\x1b.jpg"), str(tmp_path / "b.jpg" / "c"), str(tmp_path / "b.jpg")]
    assert those_there(paths, "en") == [paths[0], paths[3]]
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "a\\x1b.jpg" in said[0]


@pytest.mark.skipif(os.name != "posix", reason="paths have another form")
@pytest.mark.parametrize(
    ("argument", "path"),
    [
        ("file:///tmp/a%20b.png", "/tmp/a b.png"),
        ("FILE:///tmp/%E7%A5%A8.pdf", "/tmp/票.pdf"),
        ("file:/tmp/a.png", "/tmp/a.png"),
        ("file://localhost/tmp/a.png", "/tmp/a.png"),
        (f"file://{socket.gethostname()}/tmp/a.png", "/tmp/a.png"),
        ("file:///tmp/invoice #3?.png", "/tmp/invoice #3?.png"),
        ("file:///tmp/caf%E9.png", "/tmp/caf\udce9.png"),
        ("file:///", "/"),
        ("file://elsewhere/tmp/a.png", None),
        ("file:///tmp/a%00b.png", None),
        ("https://example.org/a.png", None),
        ("file:", None),
        ("file", None),
        ("file.png", None),
        ("/tmp/file:///a.png", None),
        ("/tmp/a%20b.png", None),
    ],
)
def test_an_address_is_the_path_it_stands_for(argument: str, path: str | None) -> None:
    wanted = argument if path is None else path
    assert local_path(argument) == wanted
    assert window_parser().parse_args(["--", argument]).paths == [wanted]
    assert command_parser().parse_args(["scan", "--", argument]).paths == [wanted]
    assert command_parser().parse_args(["prepare", "--", argument, "out"]).paths == [wanted]


def test_only_where_nothing_is_there_the_name_is_wrong(tmp_path: Path) -> None:
    gone, there = str(tmp_path / "gone"), tmp_path / "there.jpg"
    there.touch()
    refuse_missing([gone, str(there)])
    refuse_missing([gone, "s3://bucket/receipts"])
    with pytest.raises(PathMissing) as told:
        refuse_missing([gone, str(there / "within")])
    assert told.value.message.startswith(f"No such file or folder: {gone}")
