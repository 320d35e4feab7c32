"""`paddlescan import`: what somebody edited in an export becomes edits of the batch, with history."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from paddlescan.cli.batches import named_batch
from paddlescan.cli.printable import printable
from paddlescan.cli.terminal import Terminal
from paddlescan.document import Language
from paddlescan.errors import NoBatchFits
from paddlescan.export.cells import harmless_cell
from paddlescan.export.read_back import ReadTable, read_table
from paddlescan.export.template_files import Templates
from paddlescan.paths import user_paths
from paddlescan.pipeline.keeping import after_work, begun, open_store
from paddlescan.pipeline.returning import Change, Comparison, Stranger, best_batch, compare, edits_of, remark
from paddlescan.store import Store
from paddlescan.words import caption, category_word, say
from paddlescan.words.sentences import returning_words


def run_import(options: argparse.Namespace, language: Language) -> int:
    """Compare, print, and make the changes unless it is a dry run; returns the exit status of design and README.

    1: something of the file was not taken, for it fits nothing, is damaged, or was edited since in another way.
    """
    paths = user_paths().make()
    terminal = Terminal(language, options.quiet)
    file = Path(options.file)
    table = read_table(file, Templates(paths.templates).listed().templates)
    with begun(paths.store, terminal.checking_store) as looked, open_store(paths.store) as store:
        terminal.store_news(looked)
        batch = _batch(store, options.batch, table, file)
        found = compare(store, batch, table)
        name = store.summary(batch).name
        terminal.say("import_batch", number=batch, name=f" ({name})" if name else "", file=file.name, rows=found.rows)
        wanted = (*found.plain(), *(found.conflicts() if options.conflicts else ()))
        if wanted and not options.dry_run:
            rows = {row.receipt_id: row for row in store.receipt_rows(batch, include_removed=True)}
            store.apply_edits(edits_of(wanted, rows))
            store.note_by_hand(batch, "read_back", str(len(wanted)))
            after_work(paths.store)
    try:
        _print(found, language)  # only now: a reader that leaves early costs no change
    finally:
        _tell(found, wanted, options.dry_run, terminal)
    left = len(found.changes) - len(wanted)
    return 1 if left or found.strangers else 0


def _batch(store: Store, asked: str | None, table: ReadTable, file: Path) -> int:
    """The batch of that number or name, else the one that fits. Raises BatchUnknown, NoBatchFits."""
    if asked is None:
        best = best_batch(store, table)
        if best is None:
            raise NoBatchFits(file=file.name)
        return best
    return named_batch(store.batches(), asked).id


def _tell(found: Comparison, wanted: Sequence[Change], dry: bool, terminal: Terminal) -> None:
    """Counts on standard error: what was taken, and what was not."""
    rows = len({change.receipt_id for change in wanted})
    if wanted:
        terminal.say("import_would" if dry else "import_done", changes=len(wanted), rows=rows)
    elif not found.changes:
        terminal.say("import_nothing")
    taken = set(wanted)
    conflicts = sum(change not in taken for change in found.conflicts())
    for key, count in (
        ("import_conflicts", conflicts),
        ("import_damaged", len(found.damaged())),
        ("import_strangers", len(found.strangers)),
    ):
        if count:
            terminal.say(key, count=count)
    if found.ignored:
        terminal.say("import_ignored", columns=", ".join(found.ignored[:20]))


def _print(found: Comparison, language: Language) -> None:
    """Every change and every row that fits nothing: a table for a person, tab-separated for a program."""
    keys = ("row", "receipt", "field", "from", "to", "remark")
    head = [say(f"import_{key}", language) for key in keys]
    body = [_change_cells(change, language) for change in found.changes]
    body += [_stranger_cells(stranger, language) for stranger in found.strangers]
    if not body:
        return
    if not sys.stdout.isatty():
        out = io.StringIO()
        safe = ([harmless_cell(cell) for cell in cells] for cells in body)
        csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows([head, *safe])
        sys.stdout.write(out.getvalue())
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=None, pad_edge=False)
    for cells in body:
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)


def _change_cells(change: Change, language: Language) -> list[str]:
    place = _place(change.source, change.page, change.number) or returning_words("by_hand", language)
    values = (_shown(change.name, value, language) for value in (change.before, change.after))
    return [str(change.line), place, caption(change.name, language), *values, remark(change, language)]


def _stranger_cells(stranger: Stranger, language: Language) -> list[str]:
    place = _place(stranger.source or "", stranger.page, stranger.number)
    why = returning_words(f"why.{stranger.why}", language)
    return [str(stranger.line), place, "", "", printable(stranger.words), why]


def _place(source: str, page: int | None, number: int | None) -> str:
    parts = [printable(source), *(str(n) for n in (page, number) if n is not None and source)]
    return f"{parts[0]} {'/'.join(parts[1:])}".strip()


def _shown(name: str, value: str, language: Language) -> str:
    text = category_word(value, language) if name == "category" else value
    return printable(" ".join(text.split())) or returning_words("nothing", language)
