"""`paddlescan log`: what happened to each page of a batch, from the store's journal."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from rich.cells import cell_len, set_cell_size

from paddlescan.cli.batches import named_batch
from paddlescan.cli.printable import printable
from paddlescan.cli.terminal import Terminal
from paddlescan.document import Language
from paddlescan.errors import PageUnknown
from paddlescan.export.cells import harmless_cell
from paddlescan.paths import user_paths
from paddlescan.pipeline.keeping import begun
from paddlescan.store import BatchSummary, Event, Store
from paddlescan.words import say
from paddlescan.words.journal import event_words

SCHEMA = "paddlescan-log/1"
NAME_COLUMNS = 34
"""Of a terminal, for the name of a page; a longer one is cut in its middle."""
NO_BATCH = 2


def run_log(options: argparse.Namespace, language: Language) -> int:
    """Print it, the oldest first; returns the exit status. Adds nothing to it, so a window may work on the batch."""
    paths = user_paths().make()
    terminal = Terminal(language)
    with begun(paths.store, terminal.checking_store) as looked, Store(paths.store) as store:
        terminal.store_news(looked)
        batches = store.batches()
        if not batches:
            terminal.say("log_no_batch")
            return NO_BATCH
        batch = batches[0] if options.batch is None else named_batch(batches, options.batch)
        wanted = _pages(store, batch, options)
        found = _events(store, batch, wanted, options.since)
        if options.json:
            _print_json(batch, found)
        elif sys.stdout.isatty():
            _print_table(batch, found, language)
        else:
            _print_tabs(found, language)
    return 0


def _pages(store: Store, batch: BatchSummary, options: argparse.Namespace) -> frozenset[int] | None:
    """The pages that are asked for; None: all, and the batch itself. Raises PageUnknown where there are none."""
    if not (options.file or options.page or options.failed):
        return None
    pages = frozenset(
        row.id
        for row in store.page_rows(batch.id)
        if (options.page is None or row.ref.number == options.page)
        and (options.file is None or _is_named(row.ref.source.name, options.file))
        and (not options.failed or row.failure is not None)
    )
    if not pages and (options.file or options.page):
        raise PageUnknown(detail=str(batch.id))
    return pages


def _is_named(source: str, asked: str) -> bool:
    """Whether a file is meant: by its name as it was dropped, or by the last part of it."""
    return asked.casefold() in (source.casefold(), PurePosixPath(source).name.casefold())


def _events(store: Store, batch: BatchSummary, pages: frozenset[int] | None, since: datetime | None) -> Iterator[Event]:
    page = next(iter(pages)) if pages is not None and len(pages) == 1 else None
    for event in store.whole_journal(batch.id, page):
        if pages is not None and event.page_id not in pages:
            continue
        if since is None or datetime.fromisoformat(event.at) >= since:
            yield event


def _print_table(batch: BatchSummary, found: Iterator[Event], language: Language) -> None:
    """For a person: a line an event, wide letters counted as the terminal shows them."""
    name = f" ({printable(batch.name)})" if batch.name else ""
    print(say("log_batch", language, number=batch.id, name=name, pages=batch.pages, failed=batch.failed))
    heads = [say(f"log_{key}", language) for key in ("time", "page", "event")]
    print(f"{set_cell_size(heads[0], 19)}  {set_cell_size(heads[1], NAME_COLUMNS)}  {heads[2]}")
    for event in found:
        name = set_cell_size(_cut(_place(event)), NAME_COLUMNS)
        who = f"  [{printable(event.who)}]" if event.who else ""
        print(f"{_local(event.at)}  {name}  {_said(event, language)}{who}")


def _print_tabs(found: Iterator[Event], language: Language) -> None:
    """For a program, or a file."""
    out = csv.writer(sys.stdout, dialect="excel-tab", lineterminator="\n")
    out.writerow([say(f"log_{key}", language) for key in ("time", "page", "event", "who")])
    for event in found:
        said = _place(event), _said(event, language), printable(event.who)
        out.writerow([_local(event.at), *map(harmless_cell, said)])


def _print_json(batch: BatchSummary, found: Iterator[Event]) -> None:
    """One document, an event a line; sentences are English, codes are the contract."""
    head = {"id": batch.id, "name": batch.name, "created_at": batch.created_at}
    print(f'{{"schema": "{SCHEMA}",\n"batch": {_json(head)},\n"events": [', end="")
    between = "\n"
    for event in found:
        print(f"{between}{_json(_as_dict(event))}", end="")
        between = ",\n"
    print("\n]}")


def _as_dict(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": event.at,
        "page": None if event.page_id is None else {"source": event.source, "page": event.page_number},
        "receipt": event.receipt,
        "what": event.what,
        "detail": event.detail,
        "who": event.who,
        "text": event_words(event.what, event.detail, "en", event.receipt),
    }


_json: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _said(event: Event, language: Language) -> str:
    return event_words(event.what, event.detail, language, event.receipt)


def _local(at: str) -> str:
    """A moment by the clock of this place."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _place(event: Event) -> str:
    """The page's name, harmless in a terminal; nothing for an event of the batch."""
    several = (event.page_count or 1) > 1 or (event.page_number or 1) > 1
    return printable(event.source) + (f" #{event.page_number}" if several else "")


def _cut(name: str) -> str:
    """A name that fits its column: its end tells more than its beginning."""
    if cell_len(name) <= NAME_COLUMNS:
        return name
    end = name
    while cell_len(end) > NAME_COLUMNS - 1:
        end = end[1:]
    return f"…{end}"
