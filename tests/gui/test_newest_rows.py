"""What the store answers may be older than what an engine told meanwhile: a full machine lets it come later."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from paddlescan.document import PageResult, PrepareOptions, Receipt
from paddlescan.errors import PasswordNeeded, StoreBusy
from paddlescan.gui.running import jobs
from paddlescan.gui.running.controller import BatchController
from paddlescan.paths import Paths
from paddlescan.pipeline.events import PageFinished
from paddlescan.pipeline.intake import walk
from paddlescan.pipeline.progress import ProgressNow
from paddlescan.pipeline.queueing import queue_all
from paddlescan.store import PageRow, Store
from tests.gui.conftest import MakeController
from tests.gui.running_workers import BlankWorker, PairWorker

Folder = Callable[..., Path]


def states(controller: BatchController) -> dict[str, int]:
    return {state: count for state, count in controller.pages.counts.items() if count}


def read(make: MakeController, qtbot: QtBot, kind: type[BlankWorker], place: Path | None = None) -> BatchController:
    controller = make(kind)
    with qtbot.waitSignal(controller.batch_changed):
        controller.start()
    if place is not None:
        controller.add_paths([str(place)])
        qtbot.waitUntil(lambda: states(controller).keys() == {"done"} and not controller.running)
    return controller


def read_all(store: Store, controller: BatchController) -> None:
    """What an engine does with every page that waits: its result to the store, then word to the window."""
    batch = controller.batch or 0
    while (claim := store.claim_page(batch)) is not None:
        assert store.save_result(claim.page_id, PageResult(claim.ref, receipts=(Receipt(),)), claim.token)
        controller.pool.news.emit(batch, PageFinished(claim.page_id, "done"))


def last_progress(controller: BatchController) -> list[ProgressNow]:
    told: list[ProgressNow] = []
    controller.progress_changed.connect(lambda now, _runs: told.append(now))
    return told


def test_pages_found_in_a_file_and_read_before_they_are_in_the_list(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = read(make_controller, qtbot, PairWorker)
    told = last_progress(controller)
    heard: set[int] = set()
    news = threading.Condition()
    real = jobs.file_of

    def hear(_batch: int, event: object) -> None:
        if isinstance(event, PageFinished):
            with news:
                heard.add(event.page_id)
                news.notify_all()

    def late(store: Store, page_ids: Sequence[int]) -> tuple[PageRow, ...]:
        rows = real(store, page_ids)
        with news:
            assert news.wait_for(lambda: heard.issuperset(page_ids), timeout=20)
        return rows

    controller.pool.news.connect(hear)
    monkeypatch.setattr(jobs, "file_of", late)
    controller.add_paths([str(folder(3))])
    qtbot.waitUntil(lambda: states(controller) == {"done": 6} and not controller.running, timeout=20_000)
    assert {row.page_count for row in controller.pages.pages()} == {2}
    controller.reading.tell_progress()
    assert (told[-1].done, told[-1].total) == (6, 6)


def test_a_page_read_again_before_the_store_has_answered(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = read(make_controller, qtbot, BlankWorker, folder(2))
    told = last_progress(controller)
    real = jobs.read_again

    def late(store: Store, page_id: int, prepare: PrepareOptions | None) -> tuple[PageRow, ...]:
        rows = real(store, page_id, prepare)
        read_all(store, controller)
        return rows

    monkeypatch.setattr(jobs, "read_again", late)
    controller.read_page_again(controller.pages.row_at(1).id)
    qtbot.waitUntil(lambda: states(controller) == {"done": 2} and not controller.running)
    controller.reading.tell_progress()
    assert (told[-1].done, told[-1].total) == (2, 2)


def test_a_drop_that_was_read_before_it_is_in_the_list(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths
) -> None:
    controller = read(make_controller, qtbot, BlankWorker, folder(1))
    told = last_progress(controller)
    batch = controller.batch or 0
    came: list[PageRow] = []
    with Store(paths.store) as store:
        queue_all(store, batch, walk([str(folder(2, "more"))]), added=came.extend)
        read_all(store, controller)
    assert [row.state for row in came] == ["waiting", "waiting"]
    controller.coming.come(batch, came)
    qtbot.waitUntil(lambda: states(controller) == {"done": 3})
    assert not controller.running
    controller.reading.tell_progress()
    assert (told[-1].done, told[-1].total) == (3, 3)


def test_a_locked_file_that_was_read_before_it_is_in_the_list_is_asked_for(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths
) -> None:
    controller = read(make_controller, qtbot, BlankWorker, folder(1))
    batch = controller.batch or 0
    came: list[PageRow] = []
    with Store(paths.store) as store:
        queue_all(store, batch, walk([str(folder(1, "more"))]), added=came.extend)
        claim = store.claim_page(batch)
        assert claim is not None
        failure = PasswordNeeded(file=claim.ref.source.name).failure
        assert store.save_result(claim.page_id, PageResult(claim.ref, error=failure), claim.token)
        controller.pool.news.emit(batch, PageFinished(claim.page_id, "failed", failure))
    with qtbot.waitSignal(controller.ask_password) as asked:
        controller.coming.come(batch, came)
    assert asked.args == [claim.page_id, False]


def test_a_page_whose_row_comes_between_its_result_and_the_word_of_it_counts_once(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, paths: Paths
) -> None:
    controller = read(make_controller, qtbot, BlankWorker, folder(2))
    told = last_progress(controller)
    row = controller.pages.row_at(1)
    controller.reading.again(row.id)
    controller.set_prepare(row.id, row.prepare, tell=True)  # the store answers: read
    qtbot.waitUntil(lambda: states(controller) == {"done": 2})
    controller.pool.news.emit(controller.batch or 0, PageFinished(row.id, "done"))
    controller.reading.tell_progress()
    assert (told[-1].done, told[-1].total) == (2, 2)


@pytest.mark.logs
def test_a_page_that_the_store_refuses_to_read_again_is_what_it_was(
    make_controller: MakeController, folder: Folder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = read(make_controller, qtbot, BlankWorker, folder(2))

    def refuse(*_asked: object) -> None:
        raise StoreBusy  # a backup program holds it for long

    monkeypatch.setattr(jobs, "read_again", refuse)
    with qtbot.waitSignal(controller.trouble) as trouble:
        controller.read_page_again(controller.pages.row_at(1).id)
    assert trouble.args[0].code == "store_busy"
    assert states(controller) == {"done": 2}
    assert not controller.running
    assert controller.pages.row_at(1).quality == ("blank",)
