"""A right click in real file managers, on a screen of its own: one window, and exactly the files that were selected.

    dbus-run-session -- python -m tests.packages.right_click [--pictures FOLDER] [--counts 1,16,400] [nemo|thunar]

For each file manager and each count: a folder with so many files is opened, all are selected, one of them is clicked
with the right button, and "Scan with Paddle" is chosen from the menu that `paddlescan menu install` wrote; a single
file in a Chinese session.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import psutil

from paddlescan.desktop.menus.entries import OPEN
from paddlescan.document import Language
from paddlescan.settings import Settings, save_settings
from paddlescan.store import Store
from tests.conftest import ROOT
from tests.gui_x11.desktop import Desktop

ACCESSIBLE = Path(__file__).with_name("accessible.py")
SYSTEM_PYTHON = "/usr/bin/python3"
PLAIN = """
[org/nemo/window-state]
start-with-sidebar=false
geometry='900x700+10+10'
[org/nemo/preferences]
show-directory-item-counts='never'
show-image-thumbnails='never'
[org/gnome/desktop/interface]
enable-animations=false
"""


@dataclass(frozen=True)
class Manager:
    """How one file manager is started, and what its windows are called."""

    name: str
    command: tuple[str, ...]
    pane: str
    """What a screen reader calls the part with the files."""


MANAGERS = {
    "nemo": Manager("nemo", ("nemo", "--no-desktop"), "Icon View"),
    "thunar": Manager("thunar", ("thunar",), "Icon view|图标视图"),
}
FAILED = ROOT / "build" / "right_click_failed.png"
FIRST_ICON = 65, 55
"""From the corner of that part; single files are told to no screen reader."""


def name_of(number: int) -> str:
    """A file's; the first is the one that is clicked."""
    return f"receipt {number}.png"


def fill(folder: Path, count: int) -> list[Path]:
    """Small pictures; where they are, in the order in which people count."""
    folder.mkdir()
    picture = np.full((40, 60, 3), 255, np.uint8)
    files = [folder / name_of(number) for number in range(1, count + 1)]
    for file in files:
        cv2.imwrite(str(file), picture)
    return files


def wait_until(condition: Callable[[], bool], what: str, seconds: float) -> None:
    """Look until it is so. AssertionError when the time is over; a look may take long itself."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(0.1)


class Case:
    """One file manager with one folder, a home and a store of its own."""

    def __init__(self, desktop: Desktop, place: Path, manager: Manager, count: int) -> None:
        self.desktop, self.manager = desktop, manager
        self.language: Language = "zh" if count == 1 else "en"
        self.folder = place / f"{count} receipts"
        self.files = fill(self.folder, count)
        self.home, self.store = place / "home", place / "paddlescan" / "data" / "receipts.sqlite"
        (self.home / ".config/glib-2.0/settings").mkdir(parents=True)
        (self.home / ".config/glib-2.0/settings/keyfile").write_text(PLAIN)
        save_settings(place / "paddlescan" / "config" / "settings.json", Settings(workers=1))
        self.environment = {
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local/share"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "PADDLESCAN_HOME": str(place / "paddlescan"),
            "PYTHONPATH": str(ROOT),
            "GSETTINGS_BACKEND": "keyfile",
            **(
                {"LC_ALL": "zh_CN.UTF-8", "LOCPATH": str(place.parent)}
                if self.language == "zh"
                else {"LC_ALL": "C.UTF-8"}
            ),
        }

    def run(self, pictures: Path | None) -> None:
        """Select, click, and see what comes of it. Raises AssertionError."""
        command = [sys.executable, "-m", "paddlescan", "menu", "install", self.manager.name]
        subprocess.run(command, env={**os.environ, **self.environment}, check=True, stdout=subprocess.DEVNULL)
        with self._shown():
            self._place_of(f"{len(self.files)} *")  # the line that counts them: all are there
            x, y, _, _ = self._place_of(self.manager.pane)
            self.desktop.do("mousemove", x + FIRST_ICON[0], y + FIRST_ICON[1])
            self.desktop.do("key", "ctrl+a")
            self.desktop.do("click", 3)
            x, y, width, height = self._place_of(OPEN.label(self.language))
            self.desktop.do("mousemove", x + width // 2, y + height // 2)
            if pictures is not None and len(self.files) <= 16:
                self._photograph(pictures / f"menu_{self.manager.name}_{self.language}_light.png")
            self.desktop.do("click", 1)
            wait_until(lambda: len(self._rows()) >= len(self.files), "all files in the store", 100)
            wait_until(lambda: len(self._windows()) == 1, "one window", 30)
            assert self._rows() == self.files, "not exactly what was selected, in its order"
            with Store(self.store) as store:
                assert len(store.batches()) == 1
            for process in self._programs():
                process.terminate()
            wait_until(lambda: not self._programs(), "the end of the window", 60)

    def _photograph(self, file: Path) -> None:
        """The window of the file manager with its menu, and not the empty screen around it."""
        self._place_of(OPEN.tip(self.language))  # the mouse has arrived
        self.desktop.photograph(file)
        picture = cv2.imread(str(file))
        x, y, width, height = cv2.boundingRect((picture.max(axis=2) > 8).astype(np.uint8))
        cv2.imwrite(str(file), picture[y : y + height, x : x + width])

    @contextmanager
    def _shown(self) -> Iterator[None]:
        running = self.desktop.start([*self.manager.command, str(self.folder)], **self.environment)
        try:
            wait_until(lambda: bool(self.desktop.find(self.folder.name)), f"the window of {self.manager.name}", 60)
            window = self.desktop.find(self.folder.name)
            self.desktop.do("windowactivate", window)
            yield
        except AssertionError:
            self.desktop.photograph(FAILED)
            raise
        finally:
            running.terminate()
            running.wait(30)

    def _place_of(self, name: str) -> list[int]:
        """X, y, width and height of a thing that is shown, once it stands still."""
        found: list[str] = []

        def look() -> bool:
            command = [SYSTEM_PYTHON, str(ACCESSIBLE), self.manager.name, name]
            done = subprocess.run(command, env=self.desktop.environment, check=False, capture_output=True, text=True)
            found.append(done.stdout.strip())
            return bool(found[-1]) and found[-2:-1] == found[-1:]

        wait_until(look, f"“{name}” on the screen", 60)
        return [int(number) for number in found[-1].split()]

    def _rows(self) -> list[Path]:
        if not self.store.exists():
            return []
        with Store(self.store) as store:
            return [Path(row.ref.source.path) for batch in store.batches() for row in store.page_rows(batch.id)]

    def _windows(self) -> list[str]:
        return [one for one in self.desktop.do("search", "--onlyvisible", "--name", "PaddleScan$").split("\n") if one]

    def _programs(self) -> list[psutil.Process]:
        """The window's processes, told by the home that they were given; their children go with them."""
        found = []
        for process in psutil.process_iter(["cmdline"]):
            try:
                ours = "--" in process.info["cmdline"] and str(self.files[0]) in process.info["cmdline"]
            except (psutil.Error, TypeError):
                continue
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        return found


def main() -> None:
    """Run every case, and say how long it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("managers", nargs="*", default=["nemo", "thunar"])
    parser.add_argument("--counts", default="1,16,400")
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    FAILED.parent.mkdir(exist_ok=True)
    desktop = Desktop()
    place = Path(tempfile.mkdtemp(prefix="right click "))
    try:
        subprocess.run(["localedef", "--no-archive", "-i", "zh_CN", "-f", "UTF-8", place / "zh_CN.UTF-8"], check=True)
        for name in options.managers:
            for count in map(int, options.counts.split(",")):
                here = place / f"{name} {count}"
                here.mkdir()
                begin = time.monotonic()
                Case(desktop, here, MANAGERS[name], count).run(options.pictures)
                print(
                    f"{name}: {count} selected, one window with them all ({time.monotonic() - begin:.0f} s)", flush=True
                )
    finally:
        desktop.close()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
