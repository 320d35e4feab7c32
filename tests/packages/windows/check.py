"""The Windows installer, run under Wine. `python -m tests.packages.windows.check`.

It wants nsis, wine64, Xvfb and xdotool.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from installers.windows import explorer
from installers.windows.script import LIST
from paddlescan.desktop.menus.entries import CSV, ENTRIES, EXTENSIONS, OPEN
from paddlescan.desktop.menus.windows import CLASSES
from paddlescan.document import Language
from tests.packages.windows.wine import Registry, Wine, display, until, windows_path

HERE = Path(__file__).parent
BUILD = Path("build/windows").absolute()
UNINSTALL = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\PaddleScan"
APP_PATHS = "Software\\Microsoft\\Windows\\CurrentVersion\\App Paths"
EVERY_WINDOWS_HAS = {CLASSES, UNINSTALL.rpartition("\\")[0]}
OPEN_AND_STAYS = 3


def made(role: str) -> Path:
    """A stand-in program."""
    out = BUILD / "stand-ins" / f"{role}.exe"
    out.parent.mkdir(parents=True, exist_ok=True)
    script = str(HERE / "stand_in.nsi")
    subprocess.run(["makensis", "-V1", f"-DROLE={role}", f"-DOUT={out}", script], check=True)
    return out


def installer(version: str, program: Path, *files: str) -> tuple[Path, Path]:
    """An installer around a payload with these files, each of which says the version; and the payload."""
    payload = BUILD / f"payload-{version}"
    shutil.rmtree(payload, ignore_errors=True)
    for name in files:
        file = payload / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{name} of {version}", "utf-8")
    for name in (explorer.GUI, "paddlescan.exe"):
        shutil.copy(program, payload / name)
    out = BUILD / f"paddlescan-{version}-setup.exe"
    build = [sys.executable, "-m", "installers.windows.build", "--payload", payload, "--version", version]
    subprocess.run([*build, "--out", out], check=True)
    # What Windows makes: it runs nowhere here, but can be made.
    subprocess.run([*build, "--out", out.with_stem(f"{out.stem}-32"), "--target", "x86-unicode"], check=True)
    return out, payload


class Check:
    """One Windows with nothing in it, and what was in it then."""

    def __init__(self) -> None:
        """Make the installers and the Windows."""
        program = made("program")
        self.caller = made("caller")
        common = ("_internal/base.dll", "_internal/示例/收 据$1.jpg", "_internal/deep/er/a[1]`b'.txt", "LICENSE.txt")
        self.old, self.old_payload = installer(
            "0.1.0", program, *common, "_internal/gone.dll", "_internal/gone/x/y.bin"
        )
        self.new, self.new_payload = installer("0.2.0", program, *common, "_internal/added/one.dll")
        self.wine = Wine(BUILD / "wine")
        profile = self.wine.disk / "users"
        (self.local,) = (user / "AppData" / "Local" for user in profile.iterdir() if user.name != "Public")
        self.roaming = self.local.parent / "Roaming"
        self.send_to = self.roaming / "Microsoft" / "Windows" / "SendTo"
        self.files = self.wine.files()
        self.registry = {"user": self.wine.registry("user"), "system": self.wine.registry("system")}

    def now(self, root: Literal["user", "system"]) -> Registry:
        """What is in the registry now that was not there before. What was there before is as it was."""
        before, after = self.registry[root], self.wine.registry(root)
        gone = [path for path, values in before.items() if values.items() - after.get(path, {}).items()]
        # A key without values is written down only where no others are in it.
        there = {path[:end] for path in after for end in (*separators(path), len(path))}
        gone += [path for path in before if path not in there]
        assert not gone, gone[:5]
        return {path: values for path, values in after.items() if values != before.get(path)}

    def install(self, setup: Path, *options: str, **variables: str) -> int:
        """Run an installer silently, and return its exit status. Its /D= is not quoted, however many spaces it has."""
        return self.call(" ".join((f'"{windows_path(setup)}"', "/S", *options)), **variables)

    def call(self, command: str, **variables: str) -> int:
        """Run a command line as it is, and return its exit status."""
        line = BUILD / "commandline.txt"
        line.write_bytes(command.encode("utf-16"))
        return self.wine.run(self.caller, timeout_s=120, COMMANDLINE=windows_path(line), **variables)

    def remove(self, folder: Path, *options: str) -> None:
        """Run the uninstaller silently; it goes on after its process has ended, from a copy of itself."""
        assert self.wine.run(folder / "uninstall.exe", "/S", *options) == 0
        self.wine.settle()

    def holds(self, folder: Path, payload: Path) -> None:
        """Every file of the payload is there, as it is, and nothing else but what removes it."""
        ours = {path.relative_to(payload) for path in payload.rglob("*")}
        theirs = {path.relative_to(folder) for path in folder.rglob("*")}
        assert theirs - ours == {Path(LIST), Path("uninstall.exe")}, theirs - ours
        assert not ours - theirs, ours - theirs
        for name in ours:
            if (payload / name).is_file():
                assert (payload / name).read_bytes() == (folder / name).read_bytes(), name

    def keys_are(self, registry: Registry, folder: str, language: Language, version: str, payload: Path) -> None:
        """All keys are there as they should be, and no others."""
        program = f"{folder}\\{explorer.GUI}"
        wanted: Registry = {}
        for one in explorer.values(program, language):
            wanted.setdefault(one.key, {})[one.name] = one.value
        for name in ("paddlescan.exe", explorer.GUI):
            wanted[f"{APP_PATHS}\\{name}"] = {"": f"{folder}\\{name}", "Path": folder}
        size = sum(path.stat().st_size for path in payload.rglob("*") if path.is_file()) / 1024
        shown = dict(registry.get(UNINSTALL, {}))
        assert size <= int(shown.pop("EstimatedSize")) <= size + 1
        wanted[UNINSTALL] = {
            "DisplayName": "PaddleScan",
            "DisplayVersion": version,
            "Publisher": "The PaddleScan authors",
            "DisplayIcon": f'"{program}",0',
            "InstallLocation": folder,
            "UninstallString": f'"{folder}\\uninstall.exe"',
            "QuietUninstallString": f'"{folder}\\uninstall.exe" /S',
            "NoModify": 1,
            "NoRepair": 1,
        }
        found = {**registry, UNINSTALL: shown}
        found = {path: values for path, values in found.items() if values}
        wrong = [path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path)]
        assert not wrong, [(path, wanted.get(path), found.get(path)) for path in wrong[:5]]

    def calls(self, command: str, clicked: str) -> list[str]:
        """What the program is called with when Explorer runs a key's command for something that was clicked on."""
        calls = BUILD / "calls.txt"
        calls.unlink(missing_ok=True)
        self.call(command.replace("%1", clicked).replace("%V", clicked), PADDLESCAN_CALLS=windows_path(calls))
        return calls.read_bytes().decode("utf-16-le").splitlines()

    def nothing_is_left(self, *but: str) -> None:
        """Registry and disk are as before, but for these files."""
        registry = {**self.now("user"), **self.now("system")}
        assert not registry.keys() - EVERY_WINDOWS_HAS, registry
        assert not any(registry.values()), registry
        files = self.wine.files()
        left, lost = files - self.files, self.files - files
        assert left == set(but) and not lost, (left, lost)


def separators(path: str) -> list[int]:
    """Where the names of the keys above end."""
    return [at for at, letter in enumerate(path) if letter == "\\"]


def one_user(check: Check) -> None:
    """Installed without a word, for one user; what the menus call is what the program gets."""
    assert check.install(check.old) == 0
    folder = check.local / "Programs" / "PaddleScan"
    check.holds(folder, check.old_payload)
    registry = check.now("user")
    place = windows_folder(check, folder)
    check.keys_are(registry, place, "en", "0.1.0", check.old_payload)
    assert check.now("system") == {}
    assert (check.roaming / "Microsoft/Windows/Start Menu/Programs/PaddleScan.lnk").is_file()
    assert {file.name for file in check.send_to.glob("*.lnk")} == {f"{entry.english}.lnk" for entry in ENTRIES}
    for entry in ENTRIES:
        told = (check.send_to / f"{entry.english}.lnk").read_bytes()
        assert " ".join(entry.arguments).encode("utf-16-le") in told
        assert explorer.GUI.encode("utf-16-le") in told or explorer.GUI.encode() in told

    def command(place: str, number: int) -> str:
        keys = [path for path in registry if path.startswith(f"{CLASSES}\\{place}\\shell\\")]
        return str(registry[sorted(path for path in keys if path.endswith("\\command"))[number]][""])

    for ending in EXTENSIONS:
        assert command(f"SystemFileAssociations\\.{ending}", 0) == command("Directory", 0)
    receipt = "C:\\users\\王 小明\\收 据 & 50% (1).jpg"
    assert check.calls(command("Directory", 0), receipt) == [*OPEN.arguments, receipt, "----"]
    assert check.calls(command("SystemFileAssociations\\.pdf", 1), receipt) == [*CSV.arguments, receipt, "----"]
    assert check.calls(command("Drive", 1), "E:\\") == [*CSV.arguments, "E:\\\\.", "----"]
    assert check.calls(command("Directory\\Background", 0), "E:\\") == [*OPEN.arguments, "E:\\\\.", "----"]
    assert check.calls(command("Directory\\Background", 0), "C:\\扫 描") == [*OPEN.arguments, "C:\\扫 描\\.", "----"]


def upgraded(check: Check) -> None:
    """Over an older one, then over itself, in another language: its old files are gone, a person's stay."""
    folder = check.local / "Programs" / "PaddleScan"
    (folder / "mine.txt").write_text("mine", "utf-8")
    (folder / "_internal" / "gone" / "mine too.txt").write_text("mine", "utf-8")
    assert check.install(check.new, "/LANG=zh") == 0
    assert (folder / "mine.txt").read_text("utf-8") == "mine"
    assert [path.name for path in (folder / "_internal" / "gone").rglob("*")] == ["mine too.txt"]
    (folder / "mine.txt").unlink()
    shutil.rmtree(folder / "_internal" / "gone")
    for _ in range(2):
        check.holds(folder, check.new_payload)
        check.keys_are(check.now("user"), windows_folder(check, folder), "zh", "0.2.0", check.new_payload)
        assert {file.name for file in check.send_to.glob("*.lnk")} == {f"{entry.chinese}.lnk" for entry in ENTRIES}
        assert check.install(check.new, "/LANG=zh") == 0


def open_window(check: Check) -> None:
    """A window that is open is closed; a program that cannot be closed is left, and so is what is installed."""
    folder = check.local / "Programs" / "PaddleScan"
    with display() as screen:
        check.wine.settle()
        window = check.wine.start(folder / explorer.GUI, PADDLESCAN_WAITS="window", **screen)
        until("the window can be seen", lambda: is_shown("PaddleScan", screen))
        assert check.install(check.old, **screen) == 0
        assert window.wait(10) == 0 or window.returncode == 1
        check.holds(folder, check.old_payload)
        check.wine.settle()
    deaf = check.wine.start(folder / "paddlescan.exe", PADDLESCAN_WAITS="deaf")
    until("the program runs", lambda: is_running(folder / "paddlescan.exe"))
    assert check.install(check.new) == OPEN_AND_STAYS
    assert deaf.poll() is None
    check.holds(folder, check.old_payload)
    check.wine.stop()
    deaf.wait()


def is_shown(title: str, screen: Mapping[str, str]) -> bool:
    """Whether a screen has a window with this in its title that can be seen."""
    search = ["xdotool", "search", "--onlyvisible", "--name", title]
    return subprocess.run(search, env={**os.environ, **screen}, stdout=subprocess.DEVNULL, check=False).returncode == 0


def is_running(program: Path) -> bool:
    """Whether a process has a program of that Windows in its memory."""
    for maps in Path("/proc").glob("[0-9]*/maps"):
        try:
            if f" {program}\n" in maps.read_text("utf-8", "replace"):
                return True
        except OSError:
            continue
    return False


def removed(check: Check) -> None:
    """Nothing of it is left but what belongs to the person."""
    folder = check.local / "Programs" / "PaddleScan"
    (check.local / "PaddleScan").mkdir()
    (check.local / "PaddleScan" / "receipts.sqlite").write_text("mine", "utf-8")
    (folder / "我的.txt").write_text("mine", "utf-8")
    check.remove(folder)
    inside = str(check.local.relative_to(check.wine.disk))
    kept = [f"{inside}/PaddleScan/", f"{inside}/PaddleScan/receipts.sqlite"]
    stays = [f"{inside}/Programs/", f"{inside}/Programs/PaddleScan/", f"{inside}/Programs/PaddleScan/我的.txt"]
    check.nothing_is_left(*kept, *stays)
    shutil.rmtree(check.local / "Programs")


def all_users(check: Check) -> None:
    """For everybody, at a place of one's own; a later one without /ALLUSERS follows; the data go when that is said."""
    folder = check.wine.disk / "Program Files" / "扫描 程序"
    assert check.install(check.old, "/ALLUSERS", "/D=C:\\Program Files\\扫描 程序") == 0
    check.holds(folder, check.old_payload)
    assert check.install(check.new) == 0
    check.holds(folder, check.new_payload)
    check.keys_are(check.now("system"), "C:\\Program Files\\扫描 程序", "en", "0.2.0", check.new_payload)
    assert not any(check.now("user").values())
    assert not list(check.send_to.glob("*.lnk"))
    check.remove(folder, "/REMOVEDATA")
    check.nothing_is_left()


def windows_folder(check: Check, folder: Path) -> str:
    """What Windows calls a folder on its disk."""
    return "C:\\" + str(folder.relative_to(check.wine.disk)).replace("/", "\\")


def main() -> int:
    """Run all of it, one after the other."""
    check = Check()
    parts: list[Callable[[Check], None]] = [one_user, upgraded, open_window, removed, all_users]
    try:
        for part in parts:
            begin = time.monotonic()
            part(check)
            print(
                f"{part.__name__}: {(part.__doc__ or '').splitlines()[0]} ({time.monotonic() - begin:.1f} s)",
                flush=True,
            )
    finally:
        check.wine.stop()
    print(f"{len(parts)} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
