from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from paddlescan.document import ScanOptions, SourceFile
from paddlescan.pipeline.crew import Crew
from paddlescan.pipeline.events import Event, PageWaits
from paddlescan.pipeline.fates import Fates
from paddlescan.store import Store


def test_nobody_busy_means_nothing_more_comes() -> None:
    crew = Crew()
    crew.begin()
    crew.end(found=False)
    assert crew.wait_for_more(60) is False


def test_who_found_no_page_looks_again_when_somebody_is_done_with_one() -> None:
    crew = Crew()
    looked, answers = threading.Event(), list[bool]()

    def look() -> None:
        crew.begin()
        crew.end(found=False)
        looked.set()
        answers.append(crew.wait_for_more(60))
        crew.begin()
        crew.end(found=False)
        answers.append(crew.wait_for_more(60))

    crew.begin()
    thread = threading.Thread(target=look)
    thread.start()
    assert looked.wait(10)
    crew.end(found=True)
    thread.join(10)
    assert answers == [True, False]


def test_news_of_a_page_that_came_while_one_looked_are_not_missed() -> None:
    crew = Crew()
    crew.begin()
    other = threading.Thread(target=lambda: (crew.begin(), crew.end(found=True)))
    other.start()
    other.join(10)
    crew.end(found=False)
    assert crew.wait_for_more(60) is True


def test_those_that_find_nothing_neither_wake_nor_hold_up_each_other() -> None:
    crew = Crew()
    looks, all_have_looked = [0] * 8, threading.Barrier(9)

    def look(number: int) -> None:
        while True:
            crew.begin()
            looks[number] += 1
            crew.end(found=False)
            if looks[number] == 1:
                all_have_looked.wait(10)
            if not crew.wait_for_more(60):
                return

    crew.begin()  # the last page is read
    threads = [threading.Thread(target=look, args=(n,)) for n in range(len(looks))]
    for thread in threads:
        thread.start()
    all_have_looked.wait(10)
    crew.end(found=True)
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert set(looks) == {2}, "once while the page was read, once when it was done"


def test_who_is_left_is_known() -> None:
    crew = Crew()
    one, other = object(), object()
    crew.came(one)
    crew.came(other)
    assert crew.gone(one)
    assert not crew.gone(other)
    assert not crew.gone(other)


def test_what_opens_the_work_happens_once_and_again_only_if_it_failed() -> None:
    crew = Crew()
    done: list[str] = []

    def fail() -> None:
        done.append("failed")
        raise OSError

    with pytest.raises(OSError):
        crew.open(fail)
    crew.open(lambda: done.append("opened"))
    crew.open(lambda: done.append("twice"))
    assert done == ["failed", "opened"]


def test_pages_that_nobody_could_give_back_are_kept_until_somebody_tries() -> None:
    crew = Crew()
    crew.keep(7, 2)
    assert crew.wait_for_more(60) is True, "a page waits as soon as somebody gives it back"
    assert crew.take_kept() == (7, 2)
    assert crew.take_kept() is None
    assert crew.wait_for_more(60) is False


def test_a_page_that_a_busy_store_does_not_take_back_ends_nobody(tmp_path: Path) -> None:
    path, crew, told = tmp_path / "store.sqlite", Crew(), list[Event]()
    with Store(path) as store:
        batch = store.create_batch("", "window", ScanOptions())
        (page,) = store.add_sources(batch, [SourceFile.at(tmp_path / "1.png")])
        claim = store.claim_page(batch)
        assert claim is not None
        crew.keep(page.id, claim.token)
    with Store(path, busy_s=0.05) as store, closing(sqlite3.connect(path, isolation_level=None)) as backup:
        fates = Fates(store, batch, crew, told.append, lambda _seconds: False)
        backup.execute("BEGIN IMMEDIATE")
        fates.give_back()
        assert told == []
        backup.execute("ROLLBACK")
        fates.give_back()
        assert told == [PageWaits(page.id)]
        assert crew.take_kept() is None
