"""Power cuts: what a disk could hold at any moment of real work on a store, and whether each of that opens well.

A real process works on a store under strace, which notes every change of its files with the bytes. From that a disk
is modelled that keeps what was synced, and of the rest whatever chance leaves: any part of the writes, some of them
torn at a sector, and of the changes of a folder's names the first few (file systems keep their order). Each such disk
is written out and opened as a program opens it.

`python -m tests.faults.power_cuts [--states N] [--seed N]` tries many; `test_power_cuts.py` some hundreds.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.pipeline.keeping import open_store
from paddlescan.store import FieldEdit, Store, connection, typed_field
from paddlescan.store.care import begin, copies, keep_copy, tidy
from paddlescan.store.care.health import reading_only, state_of
from paddlescan.store.care.page_file import PageFile
from paddlescan.store.connection import migrate
from paddlescan.store.schema import MIGRATIONS
from tests.conftest import ROOT
from tests.unit.store.care.making import filled, plain, zero
from tests.unit.store.making import claimed, files, receipt, result

SECTOR = 512
CALLS = "openat,pwrite64,write,ftruncate,fallocate,fdatasync,fsync,unlink,unlinkat,rename,renameat,renameat2,mkdir"
KINDS = ("wal", "delete", "migration", "salvage")
"""Work in each journal mode; a start that takes the steps to a new version; a start that saves a broken store."""
NAME = "receipts.sqlite"
NOT_TOLD = ("keyed", "at", "created_at")
"""Columns that differ from one run to the next."""

# The work, in a process of its own ---------------------------------------------------------------------------------


def digest(path: Path) -> str:
    """All that a store holds, but for times, its own id and keys that are made anew."""
    told = hashlib.sha256()
    with closing(plain(path)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            if name not in ("same_key", "sqlite_sequence", "identity"):
                wanted = [row[1] for row in db.execute(f"PRAGMA table_info({name})") if row[1] not in NOT_TOLD]
                rows = db.execute(f"SELECT {', '.join(wanted)} FROM {name} ORDER BY 1, 2").fetchall()
                told.update(repr((name, rows)).encode())
    return told.hexdigest()[:16]


def acknowledge(path: Path) -> None:
    os.write(1, f"ack {digest(path)}\n".encode())


def work(path: Path, kind: str, seed: int, steps: int) -> None:
    """What the program does to its store; after each call that returned, say what must be there from then on."""
    if kind == "delete":
        connection._choose_journal = lambda db, _busy: str(db.execute("PRAGMA journal_mode = DELETE").fetchone()[0])  # type: ignore[assignment]
    held = begin(path)
    acknowledge(path)
    if kind in ("wal", "delete"):
        chance = random.Random(seed)
        with open_store(path) as store:
            for _ in range(steps):
                step(store, chance)
                acknowledge(path)
    held.end()
    acknowledge(path)


def step(store: Store, chance: random.Random) -> None:
    """One call, or a few that belong together."""
    batches = [summary.id for summary in store.batches()]
    what = chance.choice(("add", "read", "read", "read", "edit", "edit", "by hand", "delete", "copy", "tidy"))
    if not batches or what == "add":
        batch = store.create_batch("March")
        acknowledge(store.path)
        store.add_sources(batch, files(chance.randrange(1, 6), f"/scans/{batch}"))
        return
    batch = chance.choice(batches)
    rows = store.receipt_rows(batch)
    if what == "read" and store.summary(batch).waiting:
        claim = claimed(store, batch)
        acknowledge(store.path)
        long = "一行字 " * chance.randrange(1, 900)
        number = chance.randrange(10**6)
        assert store.save_result(
            claim.page_id, result(claim.ref, receipt(merchant=long, total=f"{number}.00")), claim.token
        )
    elif what == "edit" and rows:
        some = chance.sample(rows, min(len(rows), 3))
        store.apply_edits(
            FieldEdit(row.receipt_id, "note", None, typed_field("note", str(chance.random()) * 40)) for row in some
        )
    elif what == "delete" and len(batches) > 3:
        store.delete_batch(batches[-1])
    elif what == "copy":
        keep_copy(store.path)
    elif what == "tidy":
        tidy(store.path)
    else:
        store.add_receipt(batch)


# What strace saw -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a file or of a folder's names, or a word of the process."""

    what: str
    """`create`, `write`, `size`, `sync`, `unlink`, `rename`, `folder` or `ack`."""
    name: str
    data: bytes = field(default=b"", repr=False)
    at: int = 0
    """Where a write begins, or the size."""
    to: str = ""


_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_HANDLE = re.compile(r"(?:^|, )\d+<([^>]*)>")


def record(folder: Path, kind: str, seed: int, steps: int) -> list[Change]:
    """Let a process work in a folder, and note what it does to the files there."""
    trace = folder.with_name(f"{folder.name}.trace")
    command = ["strace", "-f", "-qq", "-y", "-xx", "-s", "4000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    program = [
        sys.executable,
        "-m",
        "tests.faults.power_cuts",
        "--work",
        str(folder / NAME),
        kind,
        str(seed),
        str(steps),
    ]
    subprocess.run([*command, *program], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with trace.open(encoding="ascii") as lines:
        changes = list(_changes(lines, folder))
    trace.unlink()
    return changes


def _changes(lines: Iterator[str], folder: Path) -> Iterator[Change]:
    inside = f"{folder}/"

    def of_folder(path: str) -> str | None:
        if path == str(folder):
            return ""
        return path.removeprefix(inside) if path.startswith(inside) else None

    for line in lines:
        match = _LINE.match(line)
        if match is None or int(match[3]) < 0:
            continue
        call, rest = match[1], match[2]
        strings = [bytes.fromhex(hexed.replace("\\x", "")) for hexed in _STRING.findall(rest)]
        handle = _HANDLE.search(rest)
        holder = _unescaped(handle[1]) if handle else ""
        if call == "write" and rest.startswith("1<") and strings and strings[0].startswith(b"ack "):
            yield Change("ack", strings[0].decode().split()[1])
            continue
        if call in ("pwrite64", "write", "ftruncate", "fdatasync", "fsync", "fallocate"):
            name = of_folder(holder)
            if name is None:
                continue
            if call == "fallocate":
                raise NotImplementedError(call)
            if call == "pwrite64":
                yield Change("write", name, strings[0][: int(match[3])], int(rest.rsplit(",", 1)[1]))
            elif call == "write":
                raise NotImplementedError("a write without a place")
            elif call == "ftruncate":
                yield Change("size", name, at=int(rest.rsplit(",", 1)[1]))
            else:
                yield Change("sync", name)
            continue
        names = [of_folder(part.decode()) for part in strings]
        if not names or names[0] is None or names[0] == "":
            continue
        if call == "openat" and "O_CREAT" in rest:
            yield Change("create", names[0])
        elif call in ("unlink", "unlinkat"):
            yield Change("unlink", names[0])
        elif call.startswith("rename"):
            assert names[1]
            yield Change("rename", names[0], to=names[1])
        elif call == "mkdir":
            yield Change("folder", names[0])


def _unescaped(path: str) -> str:
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


# The disk ------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Content:
    """A file's bytes: what is safe, and what was written since."""

    safe: bytes = b""
    loose: list[Change] = field(default_factory=list)

    def synced(self) -> None:
        self.safe, self.loose = _with(self.safe, self.loose), []

    def after_a_cut(self, chance: random.Random) -> bytes:
        """What may be left of it."""
        kept = self.loose
        match chance.randrange(5):
            case 0:
                kept = []
            case 1:
                kept = kept[: chance.randrange(len(kept) + 1)]
            case 2:
                kept = [change for change in kept if chance.random() < 0.5]
            case 3:
                kept = [_torn(change, chance) for change in kept if chance.random() < 0.7]
        return _with(self.safe, kept)


def _with(data: bytes, changes: list[Change]) -> bytes:
    if not changes:
        return data
    new = bytearray(data)
    for change in changes:
        if change.what == "size":
            del new[change.at :]
            new.extend(b"\0" * (change.at - len(new)))
        else:
            new.extend(b"\0" * (change.at - len(new)))
            new[change.at : change.at + len(change.data)] = change.data
    return bytes(new)


def _torn(change: Change, chance: random.Random) -> Change:
    """A write of which only some sectors came through at its beginning or its end."""
    sectors = len(change.data) // SECTOR
    if change.what != "write" or sectors < 2 or chance.random() < 0.5:
        return change
    edge = SECTOR * chance.randrange(1, sectors)
    if chance.random() < 0.5:
        return Change("write", change.name, change.data[:edge], change.at)
    return Change("write", change.name, change.data[edge:], change.at + edge)


@dataclass
class Disk:
    """Files of one folder and the folders in it. A folder is a name with a content of its own that is never written."""

    names: dict[str, Content] = field(default_factory=dict)
    safe_names: dict[str, Content] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    loose_names: list[Change] = field(default_factory=list)
    made: dict[int, Content] = field(default_factory=dict)
    """By the identity of a `create` that is loose: the file it made."""

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """What lies there, all of it safe."""
        there = {f.relative_to(folder).as_posix(): Content(f.read_bytes()) for f in folder.rglob("*") if f.is_file()}
        folders = {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_dir()}
        return cls(dict(there), dict(there), folders)

    def do(self, change: Change) -> None:
        """A call of the process."""
        match change.what:
            case "create" if change.name not in self.names:
                self.names[change.name] = self.made[id(change)] = Content()
                self.loose_names.append(change)
            case "folder":
                self.loose_names.append(change)
            case "write" | "size" if change.name in self.names:
                self.names[change.name].loose.append(change)
            case "sync" if change.name in self.names:
                self.names[change.name].synced()
            case "sync":
                self._sync_names(change.name)
            case "unlink" if change.name in self.names:
                del self.names[change.name]
                self.loose_names.append(change)
            case "rename":
                self.names[change.to] = self.names.pop(change.name)
                self.loose_names.append(change)

    def _sync_names(self, folder: str) -> None:
        for change in [one for one in self.loose_names if _folder_of(one.name) == folder]:
            self._rename(self.safe_names, self.folders, change)
            self.loose_names.remove(change)

    def _rename(self, names: dict[str, Content], folders: set[str], change: Change) -> None:
        match change.what:
            case "create":
                names[change.name] = self.made[id(change)]
            case "folder":
                folders.add(change.name)
            case "unlink":
                names.pop(change.name, None)
            case "rename" if change.name in names:
                names[change.to] = names.pop(change.name)

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files after a power cut."""
        names, folders = dict(self.safe_names), set(self.folders)
        for folder in {_folder_of(change.name) for change in self.loose_names}:
            loose = [change for change in self.loose_names if _folder_of(change.name) == folder]
            for change in loose[: chance.randrange(len(loose) + 1)]:
                self._rename(names, folders, change)
        return {
            name: content.after_a_cut(chance)
            for name, content in names.items()
            if not name.endswith("-shm") and _folder_of(name) in (*folders, "")
        }


def _folder_of(name: str) -> str:
    return name.rpartition("/")[0]


# Trying --------------------------------------------------------------------------------------------------------------


@dataclass
class Tried:
    """What became of the states of one recording."""

    states: int = 0
    points: int = 0
    syncs: int = 0
    seen: Counter[str] = field(default_factory=Counter)


def prepare(folder: Path, kind: str) -> None:
    """What lies in the folder before the process begins."""
    folder.mkdir(mode=0o700)
    path = folder / NAME
    if kind == "migration":
        with closing(plain(path)) as db:
            migrate(db, MIGRATIONS[:3])
            db.executescript((ROOT / "tests/unit/store/step_3.sql").read_text(encoding="utf-8"))
    elif kind == "salvage":
        keep_copy(filled(path))
        for number in (1, 9, 17):
            zero(path, number)


def try_cuts(kind: str, seed: int, steps: int, states: int, where: Path) -> Tried:
    """Record one process, then open so many disks that a power cut could leave. Raises AssertionError."""
    folder = where / f"work-{kind}-{seed}"
    prepare(folder, kind)
    start = Disk.of(folder)
    changes = record(folder, kind, seed, steps)
    acks = [change.name for change in changes if change.what == "ack"]
    assert acks, "the process said nothing"
    chance = random.Random(seed)
    points = sorted(chance.choices(range(len(changes) + 1), k=states // 2))
    at_syncs = [n + after for n, change in enumerate(changes) if change.what == "sync" for after in (0, 1)]
    points = sorted([*points, *(chance.choice(at_syncs) for _ in range(states - len(points)))])
    told = Tried(points=len(set(points)), syncs=len(at_syncs) // 2)
    disk, done, said = start, 0, 0
    for point in points:
        for change in changes[done:point]:
            disk.do(change)
            said += change.what == "ack"
        done = point
        state = where / "state"
        _write_out(disk.cut(chance), state)
        told.seen[_judge(state / NAME, kind, acks, said)] += 1
        told.states += 1
        shutil.rmtree(state)
    shutil.rmtree(folder)
    return told


def _write_out(files_: dict[str, bytes], folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for name, data in files_.items():
        (folder / name).parent.mkdir(mode=0o700, exist_ok=True)
        (folder / name).write_bytes(data)


def _judge(path: Path, kind: str, acks: list[str], said: int) -> str:
    """Open a disk as a program does. Everything that was acknowledged is there, and at most what came next."""
    migrated = path.is_file() and PageFile(path).version == len(MIGRATIONS)
    if kind == "migration" and migrated:
        assert [copy.before_migration for copy in copies(path)] == [True], "changed before there was a copy"
    for copy in copies(path):
        with reading_only(copy.file, alone=True) as db:
            assert state_of(db) == "whole", "a copy is broken"
    held = begin(path)
    held.end()
    found = digest(path)
    with closing(plain(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    if kind == "salvage":
        assert found == acks[0], "a second attempt saved something else"
        return "saved" if held.found.saved else "was saved already"
    assert held.found.saved is None, "the store was broken"
    expected = acks[max(said - 1, 0) : said + 1]
    assert found in expected, f"{kind}: what was acknowledged is lost, or half of something is there"
    if 0 < said < len(acks) - 1:
        assert held.found.checked, "the end was not seen to be unclean"
    return "as acknowledged" if found == expected[0] else "one step further"


def room() -> Path:
    """A folder in memory where there is one: the states need no disk."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="power-cuts-", dir=memory if memory.is_dir() else None))


def main() -> None:
    """Try many states and print what became of them."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--states", type=int, default=4000, help="in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", nargs=4, metavar=("STORE", "KIND", "SEED", "STEPS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        store, kind, seed, steps = options.work
        work(Path(store), kind, int(seed), int(steps))
        return
    logging.disable()
    where, each = room(), 250
    try:
        for number in range(-(-options.states // each)):
            kind = ("wal", "delete", "wal", "migration", "delete", "salvage")[number % 6]
            begun = time.monotonic()
            states = each // 10 if kind == "salvage" else each  # a second each
            told = try_cuts(kind, options.seed + number, 60, states, where)
            seen = ", ".join(f"{count} {what}" for what, count in sorted(told.seen.items()))
            took = time.monotonic() - begun
            print(
                f"{kind:9} {told.states} states at {told.points} points, {told.syncs} syncs: {seen} ({took:.0f} s)",
                flush=True,
            )
    finally:
        shutil.rmtree(where)


if __name__ == "__main__":
    main()
