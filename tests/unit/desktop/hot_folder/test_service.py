"""The systemd service of a folder: its text as systemd reads it, and that nothing of it stays."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from paddlescan.desktop.hot_folder.service import Service
from paddlescan.desktop.hot_folder.unit import quoted, unit_name, unit_text
from paddlescan.errors import ServiceNotInstalled

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="systemd is Linux's")
ODD = "a 100% \"scan\" $HOME\\new\n收据 \udcff'x' --é"


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("--every", "--every"),
        ("/home/a/scans", "/home/a/scans"),
        ("/home/a b/收据", '"/home/a b/收据"'),
        ("100%", '"100%%"'),
        ('say "x"', '"say \\"x\\""'),
        ("back\\slash", '"back\\\\slash"'),
        ("two\nlines\x07", '"two\\nlines\\x07"'),
        ("\udcff", '"\\xff"'),
        ("", '""'),
        (";", '";"'),
    ],
)
def test_words_are_written_as_systemd_reads_them(word: str, written: str) -> None:
    assert quoted(word) == written


def test_a_dollar_is_no_variable() -> None:
    assert 'ExecStart=/bin/true "$$HOME" \n'.replace(" \n", "\n") in unit_text(Path("/x"), ["/bin/true", "$HOME"])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    program = shutil.which("true") or "/bin/true"
    text = unit_text(Path("/scans") / ODD, [program, "watch", "--", ODD], {"PADDLESCAN_HOME": ODD})
    file = tmp_path / unit_name(Path(ODD))
    file.write_bytes(text.encode())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--recursive-errors=no", str(file)],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    ours = [line for line in done.stderr.decode(errors="replace").splitlines() if "paddlescan" in line]
    assert ours == []


@pytest.fixture
def systemctl(tmp_path: Path) -> Path:
    """A program of that name which writes down what it is told, and fails if it is told to."""
    tool = tmp_path / "bin" / "systemctl"
    tool.parent.mkdir()
    tool.write_text('#!/bin/sh\necho "$@" >> "$HOME/told"\nexit "${FAILS:-0}"\n')
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    return tool


def service(tmp_path: Path, **more: str) -> Service:
    environment = {"HOME": str(tmp_path), "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"} | more
    return Service(Path("/scans") / ODD, environment)


def test_it_comes_again_and_goes_without_a_trace(tmp_path: Path, systemctl: Path) -> None:
    one = service(tmp_path)
    assert one.install(["/bin/true", "watch"], {})
    assert one.install(["/bin/true", "watch", "--deep"], {"PADDLESCAN_HOME": "/x"})
    assert "--deep" in one.file.read_text()
    assert one.wish.readlink() == one.file
    assert stat.S_IMODE(one.file.stat().st_mode) == 0o600
    told = (tmp_path / "told").read_text().splitlines()
    assert told == ["--user daemon-reload", f"--user restart {one.file.name}"] * 2
    assert one.remove()
    assert not (tmp_path / ".config" / "systemd").exists()
    assert not one.remove()


def test_what_others_have_there_stays(tmp_path: Path, systemctl: Path) -> None:
    one, other = service(tmp_path), tmp_path / ".config" / "systemd" / "user" / "other.service"
    other.parent.mkdir(parents=True)
    other.write_text("[Unit]\n")
    one.install(["/bin/true"], {})
    one.remove()
    assert list(other.parent.rglob("*")) == [other]


def test_where_it_cannot_be_started_it_is_there_for_the_next_login(tmp_path: Path, systemctl: Path) -> None:
    one = service(tmp_path, FAILS="1")
    assert not one.install(["/bin/true"], {})
    assert one.wish.exists()
    assert one.commands[1] == f"systemctl --user restart {one.file.name}"


def test_without_systemd_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ServiceNotInstalled):
        Service(Path("/scans"), {"HOME": str(tmp_path), "PATH": str(tmp_path)}).install(["/bin/true"], {})
    assert list(tmp_path.iterdir()) == []
