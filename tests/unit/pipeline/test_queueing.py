from __future__ import annotations

from pathlib import Path

from paddlescan.document import SourceFile
from paddlescan.errors import FileVanished
from paddlescan.pipeline.intake import IntakeProblem
from paddlescan.pipeline.queueing import queue_all
from paddlescan.store import PageRow, Store


def found() -> list[SourceFile | IntakeProblem]:
    gone = IntakeProblem(SourceFile.at("/r/2.jpg"), FileVanished(file="2.jpg").failure)
    return [SourceFile.at("/r/1.jpg"), gone, SourceFile.at("/r/3.jpg"), SourceFile.at("/r/1.jpg")]


def test_rows_stand_in_dropping_order_with_failures_among_them(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        batch = store.create_batch()
        assert queue_all(store, batch, found()) == 4
        rows = store.page_rows(batch)
        assert [(row.ref.source.name, row.state) for row in rows] == [
            ("1.jpg", "waiting"),
            ("2.jpg", "failed"),
            ("3.jpg", "waiting"),
        ]


def test_a_second_call_adds_only_what_a_crash_left_out(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        batch = store.create_batch()
        queue_all(store, batch, found()[:1])
        queue_all(store, batch, found())
        assert [row.ref.source.name for row in store.page_rows(batch)] == ["1.jpg", "2.jpg", "3.jpg"]


def test_a_problem_that_is_there_already_gets_no_second_row(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        batch = store.create_batch()
        queue_all(store, batch, found()[1:2])
        queue_all(store, batch, found()[1:2])
        assert [row.state for row in store.page_rows(batch)] == ["failed"]


def test_who_asks_hears_of_rows_in_their_order_and_of_what_was_there_before(tmp_path: Path) -> None:
    told: list[PageRow] = []
    before: list[str] = []
    with Store(tmp_path / "s.sqlite") as store:
        batch = store.create_batch()
        queue_all(store, batch, found()[1:2])
        things = [*found(), SourceFile.at("/r/4.jpg"), *found()[1:2]]
        queue_all(
            store, batch, things, added=told.extend, known_before=lambda s, rows: before.append(f"{s.name} {len(rows)}")
        )
        assert [row.ref.source.name for row in told] == ["1.jpg", "3.jpg", "4.jpg"]
        assert before == ["2.jpg 1", "2.jpg 1"]


def test_a_slow_walk_is_told_in_small_pieces(tmp_path: Path) -> None:
    sizes: list[int] = []
    with Store(tmp_path / "s.sqlite") as store:
        batch = store.create_batch()
        many = [SourceFile.at(f"/r/{n}.jpg") for n in range(7)]
        queue_all(store, batch, many, chunk=3, added=lambda rows: sizes.append(len(rows)))
        assert sizes == [3, 3, 1]
        more = [SourceFile.at(f"/s/{n}.jpg") for n in range(3)]
        queue_all(store, batch, more, longest_wait_s=0.0, added=lambda rows: sizes.append(len(rows)))
        assert sizes[3:] == [1, 1, 1]


def test_stopped_in_the_middle_it_keeps_what_it_has(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        batch = store.create_batch()
        answers = iter([False, False, True])
        assert queue_all(store, batch, found(), should_stop=lambda: next(answers)) == 2
        assert [row.ref.source.name for row in store.page_rows(batch)] == ["1.jpg", "2.jpg"]
