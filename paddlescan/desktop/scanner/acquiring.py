"""Takes pages from a scanner: one from the glass, or all that lie in the feeder, each kept as soon as it is whole."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from paddlescan.desktop.scanner.ending import TO_ABORT_S, TO_STOP_S
from paddlescan.desktop.scanner.failures import NO_PAPER, failure_of, said_status
from paddlescan.desktop.scanner.listing import Scanner
from paddlescan.desktop.scanner.options import Abilities
from paddlescan.desktop.scanner.pages import Keeper, read_page
from paddlescan.desktop.scanner.program import Run, Stop
from paddlescan.desktop.scanner.wish import Wish, arguments_of, resolution_of, source_of
from paddlescan.disk import is_full
from paddlescan.errors import PaddleScanError, ScannerPageDamaged, ScannerProgramMissing, ScannerSilent
from paddlescan.export.leftovers import held_folder

log = logging.getLogger(__name__)

_NAMES = "page-%04d.pnm"
_NAME = re.compile(r"page-\d{4,9}\.pnm")
_PROGRESS = re.compile(r"Progress: ([\d.]{1,8})%")
_PAGE = re.compile(r"Scanning page (\d{1,9})$")
_LAST_LINES = 50
_OVER = "Batch terminated"
"""What scanimage says when it has nothing more to tell."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited."""

    silent_s: float = 180.0
    """For a scanner that says nothing: an old one warms its lamp for a minute."""
    leaving_s: float = 20.0
    """For the program to leave when all is told: drivers with threads hang there now and then (libsane 1.1.1 does)."""
    stopping_s: float = TO_STOP_S
    """For the scanner to stop in the midst of a page."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    page: int
    percent: float | None = None
    """None: nobody can tell."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """Something went wrong in the midst of it, and the scanner is being stopped. What it was is raised afterwards."""


Event = Progress | Path | Stopping


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be scanned, with what, and where its pages go."""

    program: Path
    scanner: Scanner
    abilities: Abilities
    wish: Wish
    folder: Path
    """Of scanned pages; made where it is not there."""
    more: tuple[str, ...] = field(default=(), repr=False)
    """Further arguments for scanimage."""
    patience: Patience = Patience()

    def arguments(self) -> list[str]:
        """For scanimage, which runs in a folder of ours: so no name of a folder is taken for a pattern."""
        source = source_of(self.abilities, self.wish)
        many = source is not None and source.many
        batch = [f"--batch={_NAMES}", "--batch-print", "--progress", *([] if many else ["--batch-count=1"])]
        device = [f"--device-name={self.scanner.name}", "--format=pnm"]
        return [*device, *batch, *arguments_of(self.abilities, self.wish), *self.more]


def acquire(order: Order, begun: datetime, stop: Stop) -> Iterator[Event]:
    """Scan; gives how far it is, and each page's file as soon as it is kept.

    Told to stop, it ends without an error, and the page that was under way is not kept. Raises what is wrong with the
    scanner, its paper or the disk; the pages before that are kept. That a feeder is empty is an error only before the
    first page.
    """
    keeper = Keeper(order.folder, begun, resolution_of(order.abilities, order.wish))
    keeper.make_folder()
    try:
        with held_folder(order.folder) as folder:
            yield from _scan(order, keeper, folder, stop)
    except OSError as error:
        raise keeper.trouble(error) from error


def _scan(order: Order, keeper: Keeper, folder: Path, stop: Stop) -> Iterator[Event]:
    told = _Told()
    with _begun(order, stop, folder) as run:
        try:
            yield from _pages(order, keeper, folder, stop, run, told)
            status = run.status
        except ScannerSilent:
            if not told.all:
                run.end()
                yield Stopping()
                raise ScannerSilent(file=order.scanner.title) from None
            status = said_status(told.errors)
        except (PaddleScanError, OSError):
            run.end()  # gently: a scanner whose program is killed may stay blocked
            yield Stopping()
            raise
    log.info("scanner: %d pages, status %d%s", told.kept, status, ", stopped" if stop.asked else "")
    if stop.asked or (told.kept and status in (0, NO_PAPER)):
        return
    raise keeper.full if is_full(folder) else failure_of(status, told.errors, order.scanner.title)


@dataclass(slots=True)
class _Told:
    """What scanimage said so far."""

    kept: int = 0
    """Pages."""
    errors: list[str] = field(default_factory=list, repr=False)
    """The last lines that told neither of a page nor of progress."""
    all: bool = False
    """Whether it has nothing more to tell."""


def _pages(order: Order, keeper: Keeper, folder: Path, stop: Stop, run: Run, told: _Told) -> Iterator[Progress | Path]:
    page = 1
    for stream, line in run.lines():
        if stream == "out":
            if (file := _kept(order, keeper, folder, line, stop)) is not None:
                told.kept += 1
                yield file
        elif (progress := _progress(line, page)) is not None:
            page = progress.page
            yield progress
        elif line.startswith(_OVER):
            told.all, run.patience_s, run.to_stop_s = True, order.patience.leaving_s, TO_ABORT_S
        else:
            told.errors = [*told.errors[-_LAST_LINES:], line]


def _begun(order: Order, stop: Stop, folder: Path) -> Run:
    try:
        run = Run(order.program, order.arguments(), stop, order.patience.silent_s, folder)
    except FileNotFoundError:
        raise ScannerProgramMissing from None  # removed meanwhile
    run.to_stop_s = order.patience.stopping_s
    return run


def _kept(order: Order, keeper: Keeper, folder: Path, name: str, stop: Stop) -> Path | None:
    """Keep a page that scanimage named; None where it is none of those that were ordered, or not there."""
    page = folder / name
    if not _NAME.fullmatch(name) or page.is_symlink() or not page.is_file():
        return None
    picture = read_page(page)
    if picture is not None:
        page.unlink()
        return keeper.keep(picture)
    if stop.asked:
        return None  # some scanners call a page finished that was broken off
    raise keeper.full if is_full(folder) else ScannerPageDamaged(file=order.scanner.title)


def _progress(line: str, page: int) -> Progress | None:
    if begun := _PAGE.match(line):
        return Progress(int(begun[1]))
    found = _PROGRESS.match(line)
    if found is None:
        return Progress(page) if line.startswith("Progress: ") else None
    try:
        return Progress(page, min(100.0, float(found[1])))
    except ValueError:
        return Progress(page)
