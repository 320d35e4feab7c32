"""How errands travel on the pipe of a child that is busy with a page."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest

from paddlescan.document import PageRef, PageResult, Quad, ScanOptions
from paddlescan.errors import Failure
from paddlescan.gui.running.waiting_crew import WaitingCrew
from paddlescan.pipeline import handed
from paddlescan.pipeline.errands import Errand, Errands, Interrupted, converse
from paddlescan.pipeline.messages import AreaRead, Hello, ReadArea, Scanned
from paddlescan.pipeline.opening import Opener
from paddlescan.pipeline.wire import answer_from, to_bytes
from tests.fakes.commands import there

PAGE = PageRef(there("a.png"))
PLACE: Quad = ((0.0, 0.0), (50.0, 0.0), (50.0, 20.0), (0.0, 20.0))
PAGE_READ = to_bytes(Scanned(PageResult(PAGE, error=Failure("unreadable_file"))))


@pytest.fixture
def pipe() -> Iterator[tuple[Connection, Connection]]:
    ours, theirs = Pipe()
    yield ours, theirs
    ours.close()
    theirs.close()


def child(act: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


def heard(theirs: Connection) -> None:
    """An errand comes, and with it its file."""
    theirs.recv_bytes()
    descriptor = handed.receive(theirs)
    assert descriptor is not None
    os.close(descriptor)


def asking(answers: list[AreaRead | None]) -> Errands:
    errands = Errands()
    errands.put(Errand(ReadArea(PAGE, PLACE, ScanOptions()), answers.append))
    return errands


def test_an_errand_is_answered_before_the_page(pipe: tuple[Connection, Connection]) -> None:
    ours, theirs = pipe
    answers: list[AreaRead | None] = []

    def act() -> None:
        assert theirs.poll(10)
        heard(theirs)
        theirs.send_bytes(to_bytes(AreaRead()))
        theirs.send_bytes(PAGE_READ)

    child(act)
    assert isinstance(answer_from(converse(ours, asking(answers), Opener())), Scanned)
    assert answers == [AreaRead()]


def test_an_errand_that_crosses_the_answer_of_the_page_is_waited_for(pipe: tuple[Connection, Connection]) -> None:
    ours, theirs = pipe
    answers: list[AreaRead | None] = []

    def act() -> None:
        heard(theirs)
        theirs.send_bytes(PAGE_READ)
        theirs.send_bytes(to_bytes(AreaRead()))

    child(act)
    assert isinstance(answer_from(converse(ours, asking(answers), Opener())), Scanned)
    assert answers == [AreaRead()]


def test_an_errand_is_lost_with_its_child(pipe: tuple[Connection, Connection]) -> None:
    ours, theirs = pipe
    answers: list[AreaRead | None] = []

    def act() -> None:
        heard(theirs)
        theirs.close()

    closing = child(act)
    with pytest.raises(Interrupted):
        converse(ours, asking(answers), Opener())
    assert answers == [None]
    closing.join()  # or the pipe would be closed twice at the same time


def test_two_answers_to_one_request_are_not_believed(pipe: tuple[Connection, Connection]) -> None:
    ours, theirs = pipe
    answers: list[AreaRead | None] = []

    def act() -> None:
        heard(theirs)
        theirs.send_bytes(to_bytes(Hello()))
        theirs.send_bytes(PAGE_READ)

    child(act)
    with pytest.raises(Interrupted):
        converse(ours, asking(answers), Opener())
    assert answers == [None]


def test_an_engine_that_is_there_need_not_be_asked_to_be_loaded(pipe: tuple[Connection, Connection]) -> None:
    ours, theirs = pipe
    answers: list[AreaRead | None] = []
    errands = Errands()
    told = threading.Event()
    errands.put(Errand(None, lambda answer: (answers.append(answer), told.set())[0]))

    def act() -> None:
        told.wait(10)
        theirs.send_bytes(PAGE_READ)

    child(act)
    converse(ours, errands, Opener())
    assert answers == [AreaRead()]


def test_a_worker_that_lingers_wakes_for_an_errand_and_the_last_one_lingers_longer() -> None:
    errands = Errands()
    crew = WaitingCrew(linger_s=0.05, last_lingers_s=30.0, errands=errands)
    woken: list[bool] = []

    def wait() -> None:
        crew.begin()
        crew.end(found=False)
        woken.append(crew.wait_for_more(0.01))

    thread = child(wait)
    thread.join(0.5)
    assert thread.is_alive()  # alone it stays
    errands.put(Errand(None, lambda _answer: None))
    crew.more()
    thread.join(10)
    assert woken == [True]


def test_of_two_that_linger_one_goes() -> None:
    crew = WaitingCrew(linger_s=0.1, last_lingers_s=30.0)
    both = threading.Barrier(2)
    answers: list[bool] = []

    def wait() -> None:
        crew.begin()
        crew.end(found=False)
        both.wait(10)
        answers.append(crew.wait_for_more(0.01))

    threads = [child(wait), child(wait)]
    for thread in threads:
        thread.join(1)  # ten times as long as both linger
    assert answers == [False]
    crew.go()
    for thread in threads:
        thread.join(10)
    assert answers == [False, False]
