"""What must hold after a kill, and after the start that follows it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from paddlescan.document.codec import decode
from paddlescan.settings import Settings
from paddlescan.store import Store
from tests.faults.campaign.clerk import NAMES
from tests.faults.campaign.ground import Entries, Ground, batch_of, entries, leavings, store_of

Kind = Literal[
    "pages lost", "pages twice", "edits lost", "edits twice", "broken stores", "broken exports", "leftovers", "other"
]
VOLATILE = ("seconds", "generator", "history")
READ = ("done", "needs_review", "failed")


@dataclass
class Findings:
    """What did not hold, by kind, a sentence each."""

    found: dict[Kind, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: Kind, sentence: str) -> None:
        """One more."""
        self.found[kind].append(sentence)

    def __bool__(self) -> bool:
        return any(self.found.values())


@dataclass(frozen=True)
class Page:
    """A page as a store has it."""

    owner: str
    state: str
    claims: int


@dataclass(frozen=True)
class Snapshot:
    """The store as it lay on the disk just after a kill, looked at in a copy."""

    pages: dict[int, Page] = field(default_factory=dict)
    integrity: str = "ok"

    @property
    def finished(self) -> dict[int, Page]:
        """Those that were read."""
        return {number: page for number, page in self.pages.items() if page.state in READ}

    def waiting(self, owner: str) -> int:
        """How many of an owner's were not read."""
        return sum(page.owner == owner and page.state not in READ for page in self.pages.values())

    def of(self, owner: str) -> int:
        """How many an owner has."""
        return sum(page.owner == owner for page in self.pages.values())


def snapshot(place: Path) -> Snapshot:
    """Look at the store without touching it."""
    store = store_of(place)
    if not store.exists() or not store.stat().st_size:
        return Snapshot()
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("", "-wal", "-journal"):
            file = store.with_name(store.name + ending)
            if file.exists():
                shutil.copy(file, Path(folder) / file.name)
        db = sqlite3.connect(Path(folder) / store.name)
        try:
            told = "; ".join(str(row[0]) for row in db.execute("PRAGMA integrity_check").fetchmany(3))
            if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
                told += "; a key leads nowhere"
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'page'").fetchone():
                return Snapshot({}, told)
            rows = db.execute(
                "SELECT p.id, b.owner, p.state, p.claims FROM page p JOIN batch b ON b.id = p.batch_id"
            ).fetchall()
        except sqlite3.DatabaseError as error:
            return Snapshot({}, f"{type(error).__name__}: {error}")
        finally:
            db.close()
    return Snapshot({number: Page(owner, state, claims) for number, owner, state, claims in rows}, told)


Lines = Sequence[dict[str, Any]]


def check_pages(ground: Ground, place: Path, snapshots: Sequence[Snapshot], owner: str, told: Findings) -> None:
    """Every page exactly once, and none read again that was read."""
    name = {"cli": "command", "window": "window"}[owner]
    store = store_of(place)
    batch = batch_of(store, owner)
    if batch is None:
        told.add("pages lost", f"{owner}: there is no batch")
        return
    ours, calm = (*entries(store, batch), *entries(store, batch, removed=True)), ground.calm[name]
    keys, wanted = Counter(map(key, ours)), Counter(map(key, calm))
    for lost in wanted - keys:
        told.add("pages lost", f"{owner}: {lost}")
    for twice in keys - wanted:
        told.add("pages twice", f"{owner}: {twice} in the result")
    now = snapshot(place)
    for earlier in snapshots:
        for number, page in earlier.finished.items():
            if page.owner == owner and (number not in now.pages or now.pages[number].claims != page.claims):
                told.add("pages twice", f"{owner}: page {number} was read, and was read again")
    for number, times in readings(store, batch):
        told.add("pages twice", f"{owner}: the journal says that page {number} was read {times} times")
    with Store(store) as opened:
        others = [s.id for s in opened.batches() if s.owner == owner and s.id != batch and s.pages]
    if others:
        told.add("pages twice", f"{owner}: {len(others)} more batches")


def readings(store: Path, batch: int) -> list[tuple[int, int]]:
    """The pages that were read more than once, as the journal tells it."""
    db = sqlite3.connect(store)
    try:
        query = """SELECT page_id, COUNT(*) FROM event WHERE batch_id = ? AND what IN ('read', 'to_check', 'failed')
                   GROUP BY page_id HAVING COUNT(*) > 1"""
        return [(int(page), int(times)) for page, times in db.execute(query, (batch,))]
    finally:
        db.close()


def key(entry: dict[str, Any]) -> tuple[Any, ...]:
    """Which receipt an entry is."""
    return entry["source"], entry["page"], entry["receipt"]


def check_same(ground: Ground, place: Path, owner: str, lines: Lines, told: Findings) -> None:
    """All that was read is as undisturbed; what a clerk typed over is looked at elsewhere."""
    name = {"cli": "command", "window": "window"}[owner]
    store = store_of(place)
    batch = batch_of(store, owner)
    if batch is None:
        return
    judged = bool([line for line in lines if line["what"] in ("accepted", "accepting")]) and owner == "window"
    calm = {key(entry): steady(entry, judged) for entry in ground.calm[name]}
    for entry in (*entries(store, batch), *entries(store, batch, removed=True)):
        wanted, ours = calm.get(key(entry)), steady(entry, judged)
        if wanted is not None and ours != wanted:
            different = [part for part in ours if ours[part] != wanted[part]]
            told.add("other", f"{owner}: {key(entry)} is another: {', '.join(different)}")


def steady(entry: dict[str, Any], judged: bool) -> dict[str, Any]:
    """An entry without what may differ."""
    left = (*VOLATILE, *(("checks", "status") if judged else ()))
    kept = {part: value for part, value in entry.items() if part not in left}
    return kept | {"fields": {name: value for name, value in entry["fields"].items() if name not in NAMES}}


def check_edits(place: Path, lines: Lines, told: Findings) -> None:
    """What was shown as saved is there, in its order and once."""
    store = store_of(place)
    saved: dict[tuple[int, str], list[tuple[str | None, bool]]] = defaultdict(list)
    typed: dict[tuple[int, str], list[str]] = defaultdict(list)
    for line in lines:
        if line["what"] == "typed":
            typed[line["receipt"], line["name"]].append(line["to"])
        for edit in line.get("edits", ()):
            saved[edit["receipt"], edit["name"]].append((edit["to"], edit["as_read"]))
    with Store(store) as opened:
        for receipt, name in {*saved, *typed}:
            history = [entry.after for entry in opened.history(receipt) if entry.field == name]
            wanted = saved[receipt, name]
            for place_, (value, as_read) in enumerate(wanted):
                if place_ >= len(history) or (not as_read and history[place_] != value):
                    told.add("edits lost", f"receipt {receipt}, {name}: number {place_ + 1} of {len(wanted)}")
                    break
            acked, there = Counter(value for value, _ in wanted), Counter(history)
            for text in typed[receipt, name]:
                if there[text] > max(1, acked[text] + 1):
                    told.add("edits twice", f"receipt {receipt}, {name}: {there[text]} times")
            row = opened.receipt_row(receipt)
            now = row.values.get(name) if row is not None else None
            if history and (None if now is None else now.value) != history[-1]:
                told.add("edits lost", f"receipt {receipt}, {name}: the value is not that of the history")
        check_removed(opened, lines, told)


def check_removed(store: Store, lines: Lines, told: Findings) -> None:
    """Rows that were shown as taken out, or put back, are; what came after the last such word may be either."""
    said: dict[int, bool] = {}
    asked: Counter[int] = Counter()
    undoing = False
    for line in lines:
        match line["what"]:
            case "removing" | "restoring":
                asked.update(line["receipts"])
            case "deed":
                undoing = line["name"] == "undo"  # of what, is known a moment later
            case "undone":
                undoing = False
                asked.update(line["receipts"])
            case "removed":
                said |= dict.fromkeys(line["receipts"], line["removed"])
                asked -= Counter(line["receipts"])
    for receipt, removed in said.items():
        row = store.receipt_row(receipt)
        if not undoing and not asked[receipt] and row is not None and row.removed != removed:
            told.add("edits lost", f"receipt {receipt}: removed {row.removed}, and not {removed}")


def check_store(place: Path, told: Findings) -> None:
    """SQLite finds nothing wrong, and the settings can be read."""
    found = snapshot(place)
    if found.integrity != "ok":
        told.add("broken stores", found.integrity)
    settings = place / "home" / "config" / "settings.json"
    if settings.exists():
        try:
            decode(settings.read_bytes(), Settings)
        except ValueError as error:
            told.add("broken stores", f"settings: {type(error).__name__}")
    for file in (place / "home").rglob("*.damaged*"):
        told.add("broken stores", file.name)


def check_leftovers(ground: Ground, place: Path, told: Findings) -> None:
    """After a clean end there is nothing in home and temporary folders that an undisturbed run has not.

    But the copy from before a migration, where the round began with an older store.
    """
    found = {name for name in leavings(place) - ground.names if "-before-version-" not in name}
    for name in sorted(found):
        if not any(str(parent) in found for parent in Path(name).parents):
            told.add("leftovers", name)


def tell_edits(lines: Lines) -> Iterator[int]:
    """How many edits were typed, and how many of them shown as saved."""
    yield sum(line["what"] == "typed" for line in lines)
    yield sum(len(line.get("edits", ())) for line in lines)


def steady_entries(found: Entries) -> Entries:
    """All entries without what may differ."""
    return [steady(entry, False) for entry in found]
