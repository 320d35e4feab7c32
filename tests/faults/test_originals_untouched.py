"""Originals are never changed: every format, everything that the program does with it, looked at from outside.

Beside hashes, sizes, times, modes and attributes of the whole tree, `strace` says how each file was opened.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.campaign.clerk import EVERYTHING
from tests.faults.campaign.ground import EXPORTS, Tree, environment, tree
from tests.faults.campaign.killing import read_report
from tests.samples.containers import drawn_files
from tests.samples.heic import phone_picture
from tests.samples.originals import digital_ofd, digital_xml

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to see how files are opened"),
]
CALLS = (
    "open,openat,openat2,creat,truncate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,"
    "mkdir,mkdirat,mknod,mknodat,chmod,fchmodat,chown,lchown,fchownat,utime,utimes,utimensat,futimesat,"
    "setxattr,lsetxattr,removexattr,lremovexattr"
)
OPENING = re.compile(r"(?:open|openat|openat2)\(")
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE|O_APPEND")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A round's place, with originals of every format in folders, one of them read-only, each with an attribute."""
    for name in ("home", "tmp", "out", "xdg"):
        (tmp_path / name).mkdir()
    originals = tmp_path / "originals"
    (originals / "folder").mkdir(parents=True)
    for name, data in drawn_files().items():
        (originals / name).write_bytes(data)
    (originals / "folder" / "IMG_0001.HEIC").write_bytes(phone_picture())
    (originals / "folder" / "电子发票.ofd").write_bytes(digital_ofd())
    (originals / "folder" / "电子发票.xml").write_bytes(digital_xml())
    for number, file in enumerate(sorted(originals.rglob("*"))):
        if file.is_file():
            file.chmod((0o644, 0o444, 0o600)[number % 3])
            os.utime(file, ns=(1_700_000_000_000_000_000 + number, 1_600_000_000_123_456_789 + number))
            try:
                os.setxattr(file, "user.origin", b"scanner")
            except OSError:
                pytest.skip("the disk keeps no attributes of files")
    return tmp_path


def attributes(folder: Path) -> dict[str, tuple[dict[str, bytes], int, int]]:
    """Extended attributes, links and owner of every file."""
    return {
        str(file): (
            {name: os.getxattr(file, name) for name in os.listxattr(file)},
            file.lstat().st_nlink,
            file.lstat().st_uid,
        )
        for file in folder.rglob("*")
    }


def traced(place: Path, command: list[str]) -> list[str]:
    """Run it, with all its processes under strace. Returns the calls that name the originals."""
    log = place / "trace"  # a file a thread, so that every call is one line
    strace = ["strace", "-ff", "--seccomp-bpf", "-qq", "-y", "-s", "4096", "-o", str(log), "-e", f"trace={CALLS}"]
    whole = [*strace, *command]
    done = subprocess.run(whole, env=environment(place), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    named, found = str(place / "originals"), []
    for file in place.glob("trace.*"):
        found += [line for line in file.read_text(errors="replace").splitlines() if named in line]
        file.unlink()
    return found


def changing(calls: list[str]) -> list[str]:
    """The calls that could change an original or its folder."""
    return [call for call in calls if not OPENING.search(call) or WRITING.search(call)]


def untouched(place: Path, before: Tree, more: object) -> None:
    assert tree(place / "originals") == before
    assert attributes(place / "originals") == more
    assert stat.S_ISDIR((place / "originals").stat().st_mode)


def test_the_command_line_opens_originals_to_read_and_nothing_else(place: Path) -> None:
    originals, out = place / "originals", place / "out"
    before, more = tree(originals), attributes(originals)
    exports = [word for kind in EXPORTS for word in (f"--{kind}", str(out / f"o-{kind}.x"))]
    copies = ["--rename", "{date} {merchant}", "--rename-to", str(out / "copies")]
    program = [sys.executable, "-m", "paddlescan"]
    calls = traced(place, [*program, "scan", str(originals), *exports, *copies, "--quiet"])
    assert len(list((out / "copies").iterdir())) == len([name for name in before if "." in name])
    calls += traced(place, [*program, "prepare", str(originals), str(out / "prepared"), "--quiet"])
    assert any(OPENING.search(call) for call in calls), "strace saw no original being opened"
    assert changing(calls) == []
    untouched(place, before, more)


def test_the_window_too_whatever_a_clerk_does(place: Path) -> None:
    originals = place / "originals"
    before, more = tree(originals), attributes(originals)
    orders = {"paths": [str(originals)], "seed": 1, "deeds": len(EVERYTHING), "script": EVERYTHING} | {
        "out": str(place / "out")
    }
    command = [sys.executable, "-m", "tests.faults.campaign.clerk", str(place / "report"), json.dumps(orders)]
    calls = traced(place, command)
    lines = read_report(place / "report")
    assert [line["name"] for line in lines if line["what"] == "deed"] == list(EVERYTHING)
    assert {line["kind"] for line in lines if line["what"] == "exported"} >= {"xlsx", "pdf", "rename", "json"}, lines
    assert any(OPENING.search(call) for call in calls), "strace saw no original being opened"
    assert changing(calls) == []
    untouched(place, before, more)
