"""Children that lie within the types of their messages: their page is set aside, and the batch goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.pipeline.events import BatchFinished
from paddlescan.store import Store
from tests.fakes.commands import faulty
from tests.faults.bench import HONEST, Bench

LIES = ("nested", "huge_number", "odd_parameter", "many_pages")


@pytest.mark.logs
def test_a_liar_s_page_is_set_aside_after_two_engines_and_the_others_are_read(tmp_path: Path) -> None:
    names = [f"{word} {n}.png" for n, lie in enumerate(LIES) for word in (lie, "good")]
    bench = Bench(tmp_path, names)
    bench.run(faulty("lies"))
    assert bench.codes() == {n: HONEST if n.startswith("good") else "page_stops_engine" for n in names}
    assert bench.attempts() == [1 if n.startswith("good") else 2 for n in names]
    assert isinstance(bench.events[-1], BatchFinished)
    with Store(bench.path) as store:
        assert store.summary(bench.batch).pages == len(names)


@pytest.mark.logs
def test_what_fits_no_store_is_laid_at_the_answer_s_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lie that our bounds let through: those of numbers are lifted here, so that the store itself meets one."""
    monkeypatch.setattr("paddlescan.pipeline.plausible.LARGEST_NUMBER", 2**80)
    monkeypatch.setattr("paddlescan.pipeline.clients.is_plausible_result", lambda result: True)
    bench = Bench(tmp_path, ["huge_number 1.png", "good.png"])
    bench.run(faulty("lies"))
    assert bench.codes() == {"huge_number 1.png": "page_stops_engine", "good.png": HONEST}


def test_texts_that_are_no_values_are_kept_as_they_are(tmp_path: Path) -> None:
    bench = Bench(tmp_path, ["odd_text 1.png", "good.png"])
    bench.run(faulty("lies"))
    assert bench.codes()["good.png"] == HONEST
    assert bench.codes()["odd_text 1.png"] in ("done", "needs_review")
