from __future__ import annotations

from pathlib import Path

from paddlescan.document import SourceFile
from paddlescan.errors import FileVanished
from paddlescan.pipeline.intake import IntakeProblem
from paddlescan.pipeline.queueing import queue_all
from paddlescan.store import Store


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
