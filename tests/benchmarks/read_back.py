"""How long an edited export takes to be read back: reading, comparing, taking it in the window, and taking that back.

    python -m tests.benchmarks.read_back [ROWS]

ROWS: receipts of a batch that is made for it, 2000 by default; one field of each is changed. Times are of the processor
and of the whole process, the writer's thread too, so upper bounds of what the window waits.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from paddlescan.document import PageResult, SourceFile
from paddlescan.export.csv_export import write_csv
from paddlescan.export.json_export import write_json
from paddlescan.export.read_back import read_table
from paddlescan.export.xlsx_export import write_xlsx
from paddlescan.gui.read_back.step import ReadBackStep, Slices
from paddlescan.gui.review.desk import ReviewDesk
from paddlescan.gui.review.table import ReviewTable
from paddlescan.gui.store_writer import StoreWriter
from paddlescan.pipeline.returning import compare
from tests.unit.gui.receipts import Filled, fill, read_receipt


def filled(folder: Path, rows: int) -> Filled:
    """A batch of so many receipts that were read."""
    made = fill(folder)
    made.store.add_sources(made.batch, [SourceFile.at(f"/r/{n}.png", f"{n}.png") for n in range(rows)])
    for number in range(rows):
        claim = made.store.claim_page(made.batch)
        assert claim is not None
        receipt = read_receipt(merchant=f"M{number}", date="2026-03-05", total=f"{number}.00", tax="1.00", note="x")
        made.store.save_result(claim.page_id, PageResult(claim.ref, sha256=f"{number:064x}", receipts=(receipt,)))
    return made


def measure_files(made: Filled, folder: Path) -> None:
    """Read each kind of file and compare it."""
    for kind in ("csv", "xlsx", "json"):
        file, rows = folder / f"out.{kind}", made.store.export_rows(made.batch)
        if kind == "json":
            write_json(rows, file, False)
        else:
            (write_csv if kind == "csv" else write_xlsx)(rows, file, False)
        begun = time.process_time()
        table = read_table(file)
        read = time.process_time()
        changes = compare(made.store, made.batch, table).changes
        print(
            f"{kind:5} read {read - begun:5.2f} s, compared {time.process_time() - read:5.2f} s, {len(changes)} changes"
        )


def longest_turn(app: QApplication, done: Callable[[], bool]) -> float:
    """The longest turn of the window's loop until that is so, in milliseconds."""
    longest = 0.0
    while not done():
        begun = time.process_time()
        app.processEvents()
        longest = max(longest, time.process_time() - begun)
    return longest * 1000


def measure_window(app: QApplication, made: Filled) -> None:
    """Take a change of every row in one step, and take it back."""
    writer, stack = StoreWriter(made.path), QUndoStack()
    desk = ReviewDesk(made.store, writer, stack)
    table = ReviewTable(desk)
    table.resize(1200, 400)
    table.show()
    rows = made.store.summary(made.batch).receipts
    desk.open_batch(made.batch)
    longest_turn(app, lambda: len(desk.sheet) == rows)
    slices = Slices(desk, writer)
    edits = [desk.sheet.edit_of(receipt_id, "note", f"n{receipt_id}") for receipt_id in desk.sheet.ids()]
    acts: dict[str, Callable[[], object]] = {
        "take": lambda: stack.push(ReadBackStep(slices, edits, "read back")),
        "undo": stack.undo,
    }
    for name, act in acts.items():
        begun = time.process_time()
        act()
        first = (time.process_time() - begun) * 1000
        longest = longest_turn(app, lambda: slices.idle and not writer.unsaved() and not desk.sheet.unsaved())
        print(f"{name:5} {len(edits)} edits: {first:.0f} ms at once, longest turn of the loop {longest:.0f} ms")
    writer.stop()


def main() -> None:
    """Make the batch and measure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        made = filled(Path(folder), int(sys.argv[1]) if sys.argv[1:] else 2000)
        measure_files(made, Path(folder))
        measure_window(app, made)
        made.store.close()


if __name__ == "__main__":
    main()
