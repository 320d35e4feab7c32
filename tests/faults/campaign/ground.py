"""What a round stands on: small drawn receipts, the homes it may begin with, and what undisturbed runs give."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paddlescan.document import EngineOptions, ScanOptions, SourceFile
from paddlescan.export.json_export import document
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.intake import walk
from paddlescan.store import Store
from paddlescan.store.connection import Database
from paddlescan.store.schema import MIGRATIONS
from tests.conftest import ROOT

SHOPS = {
    "window": ("CORNER CAFE", "HILL BAKERY", "CITY BOOKS", "GREEN GROCER", "OLD PHARMACY", "STATION KIOSK"),
    "command": ("PARK HOTEL", "NORTH GARAGE", "LAKE MARKET", "PAPER SHOP", "TEA HOUSE", "TOOL STORE"),
}
"""Two folders with different receipts, so that none of the one was seen before in the other."""


def draw(folder: Path, shops: tuple[str, ...]) -> None:
    """Six small receipts: four pictures and a file of two pages."""
    from PIL import Image, ImageDraw, ImageFont

    folder.mkdir(parents=True)
    font = ImageFont.load_default(24)
    pictures = []
    for number, shop in enumerate(shops, 1):
        picture = Image.new("RGB", (420, 330), "white")
        pen = ImageDraw.Draw(picture)
        unit = len(shop) + number
        lines = (
            shop,
            f"Date: 2026-03-{10 + number:02d}",
            f"Receipt No: {len(shop) * 1000 + number * 37}",
            f"Goods {unit}.{number}0",
            f"Total: {unit}.{number}0",
        )
        for row, line in enumerate(lines):
            pen.text((30, 24 + 58 * row), line, "black", font)
        pictures.append(picture)
    for number, picture in enumerate(pictures[:4], 1):
        picture.save(folder / f"{number}.png")
    pictures[4].save(folder / "two pages.tif", save_all=True, append_images=[pictures[5]])


Tree = dict[str, tuple[str, int, int, int]]


def tree(folder: Path) -> Tree:
    """Every file of a folder: hash, size, time of change, mode."""
    found: Tree = {}
    for file in sorted(folder.rglob("*")):
        state = file.lstat()
        digest = hashlib.sha256(file.read_bytes()).hexdigest() if stat.S_ISREG(state.st_mode) else ""
        found[str(file.relative_to(folder))] = digest, state.st_size, state.st_mtime_ns, state.st_mode
    return found


def environment(place: Path, **more: str) -> dict[str, str]:
    """Of a program that keeps everything below `place`."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PADDLESCAN_")}
    return (
        clean
        | {
            "PADDLESCAN_HOME": str(place / "home"),
            "TMPDIR": str(place / "tmp"),
            "XDG_CACHE_HOME": str(place / "xdg"),
            "QT_QPA_PLATFORM": "offscreen",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
        }
        | more
    )


EXPORTS = ("json", "csv", "items", "xlsx", "report", "pdf")
NAMES = {kind: f"out.{kind}" for kind in EXPORTS} | {"items": "out-items.csv", "report": "out-report.xlsx"}
COPIES = "copies"


def scan_command(place: Path, *more: str) -> list[str]:
    """`paddlescan scan` of the command line's folder with every export there is."""
    out = place / "out"
    exports = [word for kind in EXPORTS for word in (f"--{kind}", str(out / NAMES[kind]))]
    copies = ["--rename", "{date} {merchant}", "--rename-to", str(out / COPIES)]
    return [sys.executable, "-m", "paddlescan", "scan", str(place / "command"), *exports, *copies, *more]


def clerk_command(place: Path, report: Path, orders: dict[str, Any]) -> list[str]:
    """The window with a clerk in it."""
    return [sys.executable, "-m", "tests.faults.campaign.clerk", str(report), json.dumps(orders)]


Entries = list[dict[str, Any]]


@dataclass(frozen=True)
class Ground:
    """Made once; rounds copy from it."""

    folder: Path
    calm: dict[str, Entries] = field(repr=False)
    """By owner (`window`, `command`): the entries of the undisturbed JSON."""
    names: frozenset[str] = frozenset()
    """Every file name that an undisturbed run leaves in home and temporary folders."""
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    """System calls of an undisturbed run, by program and kind."""

    def place(self, number: int) -> Path:
        """An empty place for a round, with its own copy of the input."""
        place = self.folder / f"round-{number}"
        shutil.rmtree(place, ignore_errors=True)
        for name in ("home", "tmp", "out", "xdg"):
            (place / name).mkdir(parents=True)
        for name in SHOPS:
            shutil.copytree(self.folder / name, place / name)
        return place


def make_ground(folder: Path, library: Path | None) -> Ground:
    """Draw, and run both programs undisturbed. library: counts their system calls."""
    for name, shops in SHOPS.items():
        draw(folder / name, shops)
    bare = Ground(folder, {})
    place = bare.place(0)
    orders = {"paths": [str(place / "window")], "seed": 1, "deeds": 16, "out": str(place / "out"), "edits": False}
    commands = {"command": scan_command(place), "window": clerk_command(place, place / "report", orders)}
    counts = {}
    for name, command in commands.items():
        counted = place / f"{name}.counts"
        extra = {"LD_PRELOAD": str(library), "CAMPAIGN_COUNT": str(counted)} if library else {}
        subprocess.run(command, env=environment(place, **extra), check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
        counts[name] = json.loads(counted.read_text()) if library else {}
    store = store_of(place)
    owners = {"command": "cli", "window": "window"}
    calm = {name: entries(store, batch_of(store, owner) or 0) for name, owner in owners.items()}
    assert all(len(found) == 6 for found in calm.values()), {name: len(found) for name, found in calm.items()}
    return Ground(folder, calm, frozenset(leavings(place)), counts)


def store_of(place: Path) -> Path:
    """The store of a round."""
    return place / "home" / "data" / "receipts.sqlite"


def batch_of(store: Path, owner: str) -> int | None:
    """The newest batch of an owner, if there is one."""
    with Store(store) as opened:
        return next((summary.id for summary in opened.batches() if summary.owner == owner), None)


def entries(store: Path, batch: int, removed: bool = False) -> Entries:
    """What the JSON of a batch says."""
    with Store(store) as opened:
        return list(document(opened.export_rows(batch, removed))["pages"])


def begin_half_read(ground: Ground, place: Path) -> None:
    """A window's batch of which the first half is read already, by a real engine; the rest waits."""
    ready = ground.folder / "half.sqlite"
    raw = os.fsencode(place / "window")
    if not ready.exists():
        with Store(ready) as store:
            batch = store.create_batch("", "window", ScanOptions())
            found = [item for item in walk([str(place / "window")]) if isinstance(item, SourceFile)]
            store.add_sources(batch, found[:3])
        run_batch(ready, batch, EngineOptions(), ScanOptions(), 2, lambda _e: None, threading.Event())
        with Store(ready) as store:
            store.add_sources(batch, found[3:])
        (ground.folder / "half.path").write_bytes(raw)
    home = store_of(place)
    home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy(ready, home)
    before = (ground.folder / "half.path").read_bytes()
    with sqlite3.connect(home) as db:
        for source, path in db.execute("SELECT id, raw_path FROM source").fetchall():
            db.execute("UPDATE source SET raw_path = ? WHERE id = ?", (path.replace(before, raw), source))
    db.close()


def begin_old(place: Path, version: int) -> None:
    """An empty store of an older version, so that the start migrates it."""
    home = store_of(place)
    home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    Database(home, MIGRATIONS[:version]).close()


def leavings(place: Path) -> set[str]:
    """The kinds of files below a round's home and temporary folders, numbers and hashes left out of their names."""
    found = set()
    for top in ("home", "tmp"):
        for file in (place / top).rglob("*"):
            if file.name == "receipts.sqlite.edits" and not any(file.iterdir()):
                continue  # nothing is kept: a save was late, and was made after all
            parts = file.relative_to(place).parts
            if "thumbnails" in parts and len(parts) > parts.index("thumbnails") + 1:
                parts = (*parts[: parts.index("thumbnails") + 1], "*" + file.suffix)
            name = "".join("#" if c.isdigit() else c for c in "/".join(parts))
            while "##" in name:
                name = name.replace("##", "#")
            found.add(name)
    return found
