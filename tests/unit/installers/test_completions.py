"""What the shells offer, typed into the real ones on a terminal."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from installers.linux.completions import SHELLS, completion

TAB, END = "\t", "\x04"
BEGIN = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "--private", "-i"),
}
SET_UP = {
    "bash": "source {place}; paddlescan() {{ printf '<%s>' \"$@\" >>said; echo >>said; }}",
    "zsh": "fpath=({folder} $fpath); autoload -Uz compinit; compinit -D -u; setopt noalwayslastprompt; "
    "paddlescan() {{ printf '<%s>' \"$@\" >>said; echo >>said; }}",
    "fish": "source {place}; function paddlescan; printf '<%s>' $argv >>said; echo >>said; end",
}
TYPED = {
    f"paddlescan pre{TAB}": "<prepare>",
    f"paddlescan my{TAB}": "<my receipts>",
    f"paddlescan --new{TAB} second{TAB}": "<--new-window><second.png>",
    f"paddlescan second.png thi{TAB}": "<second.png><third.pdf>",
    f"paddlescan scan my{TAB}": "<scan><my receipts>",
    f"paddlescan scan second.png thi{TAB}": "<scan><second.png><third.pdf>",
    f"paddlescan scan --dev{TAB}g{TAB} thi{TAB}": "<scan><--device><gpu><third.pdf>",
    f"paddlescan scan --csv thi{TAB}": "<scan><--csv><third.pdf>",
    f"paddlescan models v{TAB}": "<models><verify>",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "my receipts").mkdir()
    for name in ("second.png", "third.pdf"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_typed_is_completed(shell: str, folder: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    place = folder / "share" / SHELLS[shell]
    place.parent.mkdir(parents=True)
    place.write_text(completion(shell), encoding="utf-8")
    lines = [SET_UP[shell].format(place=place, folder=place.parent), *TYPED]
    on_a_terminal(BEGIN[shell], lines, folder)
    said = (folder / "said").read_text(encoding="utf-8").splitlines()
    assert [line.replace("/>", ">") for line in said] == list(TYPED.values())


def on_a_terminal(command: tuple[str, ...], lines: list[str], folder: Path) -> None:
    """Run a shell on a terminal of its own in a folder, type these lines, wait for its end."""
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        ("setsid", "--ctty", *command), cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    try:
        os.write(ours, "".join(f"{line}\r" for line in [*lines, "exit 0"]).encode())
        try:
            while os.read(ours, 65536):
                pass
        except OSError:
            pass  # the terminal's other end is closed
        assert process.wait() == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
