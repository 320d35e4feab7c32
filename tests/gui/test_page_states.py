"""The page list follows what becomes of the rows of pages that were read before: each page in the store's own state."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from paddlescan.document import PageResult, SourceInfo
from paddlescan.gui.main_window import MainWindow
from paddlescan.paths import Paths
from paddlescan.pipeline.keeping import open_store
from tests.gui.window_rooms import Rooms
from tests.unit.gui.receipts import Filled, read_receipt

Open = Callable[[], MainWindow]
KOPITIAM = {"merchant": "Kopitiam", "date": "2026-04-01", "total": "12.00"}


@pytest.fixture
def filled(paths: Paths) -> Iterator[Filled]:
    with open_store(paths.store) as store:
        yield Filled(paths.store, store, store.create_batch("April"))


@pytest.fixture
def show(paths: Paths, qtbot: QtBot) -> Iterator[Open]:
    rooms = Rooms(paths, qtbot)
    yield rooms.open
    assert rooms.close()


def states(window: MainWindow) -> list[str]:
    return [row.state for row in window.workplace.controller.pages.pages()]


def read_page(filled: Filled, name: str, number: int, **values: str) -> int:
    """A page of a file of two is read; its id."""
    page_id = next(p.id for p in filled.store.page_rows(filled.batch) if p.ref.number == number)
    claim = filled.store.claim_page(filled.batch, page_id)
    assert claim is not None
    assert claim.ref.source.name == name
    result = PageResult(claim.ref, 2, "cd" * 32, width=600, height=800, receipts=(read_receipt(**values),))
    assert filled.store.save_result(page_id, result, claim.token)
    return page_id


def drop_two_pages(filled: Filled) -> None:
    filled.drop("two.pdf")
    filled.store.set_source_info(filled.page_of("two.pdf"), SourceInfo("pdf", 2, "cd" * 32))


def test_a_page_is_done_when_its_last_doubtful_field_is_and_again_to_check_on_undo(
    filled: Filled, show: Open, qtbot: QtBot
) -> None:
    filled.put("lunch.png", merchant="Kopitiam", date="2026-04-01", total="12.00?", currency="CNY")
    window = show()
    assert states(window) == ["needs_review"]
    desk = window.workplace.review
    desk.accept(desk.sheet.ids()[0], "total", "12.00")
    qtbot.waitUntil(lambda: states(window) == ["done"])
    assert window.workplace.controller.pages.counts["needs_review"] == 0
    desk.undo_stack.undo()
    qtbot.waitUntil(lambda: states(window) == ["needs_review"])


def test_a_page_is_done_when_its_row_is_taken_out(filled: Filled, show: Open, qtbot: QtBot) -> None:
    filled.put("lunch.png", merchant="Kopitiam", total="12.00?")
    window = show()
    desk = window.workplace.review
    desk.remove(desk.sheet.ids())
    qtbot.waitUntil(lambda: states(window) == ["done"])
    desk.undo_stack.undo()
    qtbot.waitUntil(lambda: states(window) == ["needs_review"])


def test_a_page_is_done_when_a_person_says_it_is_no_copy(filled: Filled, show: Open, qtbot: QtBot) -> None:
    filled.put("lunch.png", **KOPITIAM)
    filled.put("lunch 2.png", **KOPITIAM)
    window = show()
    assert states(window) == ["done", "needs_review"]
    desk = window.workplace.review
    desk.bring_to_front(desk.sheet.ids()[1], "total")
    (button,) = (b for b in window.fields.findChildren(QPushButton) if b.text() == "Not the same" and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: states(window) == ["done", "done"])


def test_a_page_is_to_check_when_another_turns_out_to_be_its_copy(filled: Filled, show: Open, qtbot: QtBot) -> None:
    filled.put("lunch.png", **KOPITIAM)
    filled.put("lunch 2.png", **KOPITIAM | {"total": "13.00"})
    window = show()
    desk = window.workplace.review
    assert states(window) == ["done", "done"]
    desk.type_into(desk.sheet.ids()[0], "total", "13.00")
    qtbot.waitUntil(lambda: states(window) == ["done", "needs_review"])


def test_pages_joined_into_another_row_and_taken_apart_follow(filled: Filled, show: Open, qtbot: QtBot) -> None:
    drop_two_pages(filled)
    read_page(filled, "two.pdf", 1, merchant="Acme", invoice_number="INV-2026-1")
    read_page(filled, "two.pdf", 2, invoice_number="INV-2026-1", total="90.00?")
    window = show()
    assert states(window) == ["needs_review", "done"]
    desk = window.workplace.review
    desk.pages.take_apart(desk.sheet.ids())
    qtbot.waitUntil(lambda: states(window) == ["done", "needs_review"])
    desk.pages.put_together(desk.sheet.ids())
    qtbot.waitUntil(lambda: states(window) == ["needs_review", "done"])


def test_a_page_that_is_read_changes_the_one_it_goes_on_with(filled: Filled, show: Open, qtbot: QtBot) -> None:
    drop_two_pages(filled)
    read_page(filled, "two.pdf", 1, merchant="Acme", invoice_number="INV-2026-1")
    (second,) = (p.id for p in filled.store.page_rows(filled.batch) if p.ref.number == 2)
    window = show()
    window.workplace.controller.stop()
    qtbot.waitUntil(lambda: not window.workplace.controller.pool.busy, timeout=10_000)
    filled.store.recover(filled.batch)
    read_page(filled, "two.pdf", 2, invoice_number="INV-2026-1", total="90.00?")
    window.workplace.controller.pages.set_state(second, "needs_review")  # as its reading tells
    window.workplace.controller.page_changed.emit(second, "needs_review")
    qtbot.waitUntil(lambda: states(window) == ["needs_review", "done"])
