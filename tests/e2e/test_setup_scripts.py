"""What stands behind `make run` and `make test`: the scripts that look after system packages and the environment."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "installers" / "linux"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts are for Linux")

BACKEND = """
import base64, hashlib, zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "mine-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("mine-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: mine\\nVersion: 1.0\\n")
        wheel.writestr("mine-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("mine-1.0.dist-info/RECORD", "")
    return name
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


@dataclass(frozen=True)
class Checkout:
    """A small project with a lock of one package, which lies beside it: nothing here wants a network."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / ".venv" / "bin" / "python"

    def set_up(self, **more: str) -> subprocess.CompletedProcess[str]:
        """`environment.sh` with the package index nowhere."""
        nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
        return subprocess.run(
            ["sh", str(SCRIPTS / "environment.sh"), ".venv", "requirements.lock"],
            cwd=self.folder,
            env={k: v for k, v in os.environ.items() if k != "PYTHON"} | nowhere | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def lock(self, version: str, digest: str = "") -> None:
        """Lock the package `tiny` in this version."""
        wheel = self.folder / f"tiny-{version}-py3-none-any.whl"
        write_wheel(wheel, version)
        digest = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.folder / "requirements.lock").write_text(f"tiny @ {wheel.as_uri()} --hash=sha256:{digest}\n")

    def installed(self) -> str:
        """The version of `tiny` that the environment has."""
        found = [self.python, "-c", "from importlib.metadata import version; print(version('tiny'), end='')"]
        return subprocess.run(found, capture_output=True, text=True, check=True).stdout


def write_wheel(file: Path, version: str) -> None:
    """A wheel without code."""
    parts = {
        "METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    with zipfile.ZipFile(file, "w") as wheel:
        for name, text in parts.items():
            path = f"tiny-{version}.dist-info/{name}"
            wheel.writestr(path, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={digest},{len(text)}\n"
        wheel.writestr(f"tiny-{version}.dist-info/RECORD", record + f"tiny-{version}.dist-info/RECORD,,\n")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout that has been set up once, after it had been set up at another place: that environment works, but its
    scripts name a folder that is not theirs any more."""
    checkout = Checkout(tmp_path_factory.mktemp("checkout") / "with a space 收据")
    checkout.folder.mkdir()
    (checkout.folder / "pyproject.toml").write_text(PROJECT)
    (checkout.folder / "backend.py").write_text(BACKEND)
    checkout.lock("1.0")
    checkout.python.parent.mkdir(parents=True)
    checkout.python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    checkout.python.chmod(0o755)
    (checkout.folder / ".venv" / "left over").touch()
    (checkout.folder / ".venv" / ".made-in").write_text("/where/the/checkout/was\n")
    done = checkout.set_up(PYTHON=sys.executable)
    assert done.returncode == 0, done.stderr
    assert checkout.installed() == "1.0"
    return checkout


def test_an_environment_that_moved_is_made_anew(made: Checkout) -> None:
    assert not (made.folder / ".venv" / "left over").exists()
    assert (made.folder / ".venv" / ".made-in").read_text().strip() == str(made.folder)


def test_the_second_time_nothing_is_done_and_at_once(made: Checkout) -> None:
    # Neither the locked wheel nor a package index can be reached: whatever still wanted to install would fail.
    hidden = made.folder / "tiny-1.0-py3-none-any.whl"
    content = hidden.read_bytes()
    hidden.unlink()
    before = {path: path.stat().st_mtime_ns for path in (made.folder / ".venv").rglob("*.dist-info")}
    start = time.monotonic()
    done = made.set_up()
    seconds = time.monotonic() - start
    hidden.write_bytes(content)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {path: path.stat().st_mtime_ns for path in (made.folder / ".venv").rglob("*.dist-info")} == before
    assert seconds < 2, "the issue asks for less than two seconds before the program starts"


def test_another_lock_is_installed_but_never_with_a_wrong_hash(made: Checkout) -> None:
    made.lock("1.1", digest="0" * 64)
    for _ in range(2):  # a failure is not taken for done the next time either
        done = made.set_up()
        assert done.returncode != 0
        assert "hash" in done.stderr.lower()
    made.lock("1.1")
    assert made.set_up().returncode == 0
    assert made.installed() == "1.1"


@pytest.mark.slow
def test_an_environment_made_by_hand_is_filled_and_what_is_none_is_left_alone(made: Checkout, tmp_path: Path) -> None:
    mine = Checkout(tmp_path)
    for name in ("pyproject.toml", "backend.py"):
        shutil.copy(made.folder / name, tmp_path)
    mine.lock("1.0")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "diary.txt").write_text("mine")
    done = mine.set_up(PYTHON=sys.executable)
    assert done.returncode == 1
    assert "move it away" in done.stderr
    assert (tmp_path / ".venv" / "diary.txt").read_text() == "mine"
    by_hand = tmp_path / ".venv"
    shutil.copytree(made.folder / ".venv", by_hand, symlinks=True, dirs_exist_ok=True)
    for mark in by_hand.glob(".[im]*"):  # what says who made it, and for what
        mark.unlink()
    done = mine.set_up(PYTHON=sys.executable)
    assert done.returncode == 0, done.stderr
    assert mine.installed() == "1.0"
    assert (tmp_path / ".venv" / "diary.txt").read_text() == "mine"


def test_without_a_fitting_python_it_says_what_is_wanted(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    checkout.lock("1.0")
    done = checkout.set_up(PATH=str(Machine(tmp_path / "bin").folder))
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13" in done.stderr
    assert not (tmp_path / ".venv").exists()


class Machine:
    """A folder of programs that is all a script finds on its PATH: no library, no Python, apt-get notes its calls."""

    TOOLS = ("sh", "find", "head", "cat", "cksum", "mktemp", "rm", "dirname", "grep")

    def __init__(self, folder: Path, user: int = 1000, apt: str = "exit 0") -> None:
        self.folder, self.calls = folder, folder / "calls"
        folder.mkdir()
        for tool in self.TOOLS:
            (folder / tool).symlink_to(shutil.which(tool) or tool)
        self.program("id", f"echo {user}")
        self.program("ldconfig", "exit 0")
        self.program("apt-get", f'echo "$@" >>"{self.calls}"\n{apt}')
        self.program("apt-cache", "exit 1")

    def program(self, name: str, script: str) -> None:
        (self.folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.folder / name).chmod(0o755)

    def look(self, purpose: str = "run") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.folder / "sh"), str(SCRIPTS / "system-packages.sh"), purpose],
            env={"PATH": str(self.folder), "HOME": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )


def test_a_person_without_root_is_shown_the_one_line(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "bin")
    done = machine.look("test")
    assert done.returncode == 1
    lines = [line.strip() for line in done.stderr.splitlines() if "sudo" in line]
    assert len(lines) == 1
    assert lines[0].startswith("sudo apt-get update && sudo apt-get install -y --no-install-recommends ")
    assert {"libegl1", "libgl1", "libxcb-cursor0", "python3-venv", "xvfb", "xdotool"} <= set(lines[0].split())
    assert not machine.calls.exists(), "it installed something without being root"


def test_every_program_that_a_test_looks_for_is_installed_for_the_tests() -> None:
    """Else tests are skipped without a word where nobody thought of installing it."""
    script = (SCRIPTS / "system-packages.sh").read_text("utf-8")
    offered = set(re.findall(r"^ *program (\S+) ", script, re.MULTILINE))
    sources = [path.read_text("utf-8") for path in TESTS.rglob("*.py") if "benchmarks" not in path.parts]
    wanted = {name for source in sources for name in re.findall(r'which\("([\w-]+)"\)', source)}
    assert {"strace", "cc", "setpriv"} <= wanted
    assert wanted - offered - ANOTHER_NAME == set()


TESTS = Path(__file__).parent.parent
ANOTHER_NAME = {"gcc", "libreoffice", "apt-get", "scrot", "true"}
"""Other names of what is installed, what every Debian has, and what only takes pictures."""


def test_the_venv_package_is_that_of_the_python_that_is_there(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "bin")
    machine.program("python3", 'case "$2" in *ensurepip*) exit 1 ;; *print*) echo python3.12-venv ;; esac')
    assert "python3.12-venv" in machine.look().stderr.split()


def test_root_gets_them_installed(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "bin", user=0)
    done = machine.look()
    assert done.returncode == 0, done.stderr
    update, install = machine.calls.read_text().splitlines()
    assert update == "update"
    assert "install -y --no-install-recommends" in install
    assert {"libegl1", "libgl1", "python3-venv"} <= set(install.split())
    assert "xvfb" not in install.split(), "the program itself wants no virtual screen"


def test_an_installation_that_fails_is_no_success(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "bin", user=0, apt='[ "$1" = update ] || { echo "E: no such package"; exit 100; }')
    done = machine.look()
    assert done.returncode == 1
    assert "E: no such package" in done.stderr


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="no Debian or Ubuntu")
def test_where_everything_is_there_nothing_is_said_or_done(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "bin", user=0)
    path = os.pathsep.join((str(machine.folder), os.environ["PATH"]))
    (machine.folder / "ldconfig").unlink()
    done = subprocess.run(
        ["sh", str(SCRIPTS / "system-packages.sh"), "run"],
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not machine.calls.exists()
