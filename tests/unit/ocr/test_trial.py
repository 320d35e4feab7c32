from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from paddlescan.document import Backend, ModelTrial
from paddlescan.errors import ModelMissing
from paddlescan.ocr import trial
from paddlescan.ocr.runners import Array, Parts, Runner
from paddlescan.ocr.trial import Opener, Trial


class Clock:
    """Time that passes only where somebody says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Doubler:
    """Takes a known time for what it does; `off` is the share of its answer that is wrong. All lie in one place."""

    def __init__(self, backend: Backend, clock: Clock, seconds: float, off: float = 0.0) -> None:
        self.backend, self._clock, self._seconds, self._off = backend, clock, seconds, off
        self._answer = np.zeros(0)
        self.closed = False
        self.calls = 0
        self.seen: list[tuple[int, ...]] = []

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        assert not self.closed
        assert isinstance(x, np.ndarray)
        self.calls += 1
        self._clock.seconds += self._seconds
        self.seen.append(x.shape)
        if self._answer.shape != x.shape:
            self._answer = np.zeros(x.shape)
        self._answer[:] = 2 * x
        self._answer.flat[: round(self._off * x.size)] += 1
        return [self._answer]

    @property
    def parts(self) -> Parts | None:
        return None

    def close(self) -> None:
        self.closed = True


class InTwo(Doubler):
    """The same in two parts."""

    rows = 4
    a_call = 0.0
    """What scores take, in seconds."""

    @property
    def parts(self) -> Parts | None:
        return self

    def features(self, x: Array) -> tuple[Array, Array]:
        return self(x)[0], x == 0

    def scores(self, features: Array) -> Array:
        self._clock.seconds += self.a_call
        return features + 1


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(trial.time, "perf_counter", made)
    return made


ONE = np.ones((1, 1, 10, 10))
ONNX, OPENVINO, SHORT = Backend("onnxruntime"), Backend("openvino"), Backend("openvino", "bfloat16")


class OfNumbers:
    """Compares the numbers of a strip that are not zero."""

    def piece(self, x: Array, answer: Array) -> Array:
        return x[..., :320]

    def apart(self, one: Array, other: Array) -> tuple[int, int]:
        return int((one != other).sum()), int(((one != 0) | (other != 0)).sum())


def trial_of(
    present: Runner, others: Sequence[Opener], inputs: int, skip: int = 0, after: Trial | None = None
) -> Trial:
    return Trial(present, others, inputs, OfNumbers(), skip, after)


def run(tried: Trial, pages: int) -> None:
    """Pages of one input."""
    for _ in range(pages):
        tried.begin_page()
        (found,) = tried(ONE)
        assert found == pytest.approx(2 * ONE)


def test_the_quicker_one_takes_over_and_the_other_one_goes(clock: Clock) -> None:
    slow, quick = Doubler(ONNX, clock, 0.3), Doubler(OPENVINO, clock, 0.1)
    tried = trial_of(slow, [lambda: quick], inputs=3, skip=1)
    run(tried, 4)
    assert tried.outcome is not None
    assert tried.outcome.chosen == OPENVINO
    assert dict(tried.outcome.milliseconds) == pytest.approx({ONNX: 300.0, OPENVINO: 100.0})
    assert tried.backend == ONNX  # what is left of the page is read as it began
    tried(ONE)
    assert slow.calls == 1 + 3 * 3 + 1
    run(tried, 5)
    assert tried.backend == OPENVINO
    assert (slow.closed, slow.calls) == (True, 1 + 3 * 3 + 1)
    assert quick.calls == 3 * 2 + 5


def test_one_in_two_parts_is_tried_while_its_first_part_is_used(clock: Clock) -> None:
    slow, quick = InTwo(OPENVINO, clock, 0.3), InTwo(SHORT, clock, 0.1)
    tried = trial_of(slow, [lambda: quick], inputs=2)
    for _ in range(3):
        tried.begin_page()
        parts = tried.parts
        assert parts is not None
        features, blank = parts.features(ONE)
        assert features == pytest.approx(2 * ONE)
        assert not blank.any()
        assert (parts.rows, parts.scores(features)) == (4, pytest.approx(3 * ONE))
    assert tried.outcome is not None
    assert tried.backend == tried.outcome.chosen == SHORT


def test_of_a_call_for_many_lines_one_is_charged_its_share(clock: Clock) -> None:
    """An input of 100 steps takes 25 calls for 4 of them; most here are blank."""
    present, other = Doubler(ONNX, clock, 0.3), InTwo(OPENVINO, clock, 0.1)
    other.a_call = 0.04
    tried = trial_of(present, [lambda: other], inputs=2)
    line = np.ones((1, 1, 10, 10))
    line[:, :, 1:] = 0
    for _ in range(2):
        tried.begin_page()
        tried(line)
    assert tried.outcome is not None
    assert dict(tried.outcome.milliseconds)[OPENVINO] == pytest.approx(100 + 2.5 * 40)


def test_whether_it_has_parts_is_up_to_the_one_that_runs(clock: Clock) -> None:
    tried = trial_of(Doubler(ONNX, clock, 0.3), [lambda: InTwo(OPENVINO, clock, 0.1)], inputs=2)
    run(tried, 2)
    assert tried.parts is None
    tried.begin_page()
    assert tried.parts is not None


def test_both_are_tried_on_no_more_than_a_strip_of_a_page(clock: Clock) -> None:
    other = Doubler(OPENVINO, clock, 0.1)
    tried = trial_of(Doubler(ONNX, clock, 0.3), [lambda: other], inputs=2)
    page = np.ones((1, 3, 960, 704))
    for _ in range(2):
        tried.begin_page()
        assert tried(page)[0].shape == page.shape
    assert {*other.seen} == {(1, 3, 960, 320)}
    tried.begin_page()
    tried(page)
    assert other.seen[-1] == page.shape


def test_the_winner_meets_the_next(clock: Clock) -> None:
    one, two, three = Doubler(ONNX, clock, 0.3), Doubler(OPENVINO, clock, 0.15), Doubler(SHORT, clock, 0.1)
    tried = trial_of(one, [lambda: two, lambda: three], inputs=2)
    run(tried, 3)
    assert (tried.backend, tried.outcome) == (OPENVINO, None)
    run(tried, 1)
    assert tried.outcome is not None
    assert tried.outcome.chosen == SHORT
    tried.begin_page()
    assert tried.backend == SHORT
    assert [backend for backend, _ in tried.outcome.milliseconds] == [ONNX, OPENVINO, SHORT]
    assert (one.closed, two.closed, three.closed) == (True, True, False)


def test_one_that_the_processor_does_not_suit_is_passed_over(clock: Clock) -> None:
    quick = Doubler(OPENVINO, clock, 0.1)
    tried = trial_of(Doubler(ONNX, clock, 0.3), [lambda: None, lambda: quick, lambda: None], inputs=2)
    run(tried, 3)
    assert tried.outcome is not None
    assert tried.outcome.chosen == OPENVINO
    nobody = trial_of(Doubler(ONNX, clock, 0.3), [lambda: None], inputs=2)
    run(nobody, 1)
    assert nobody.outcome == ModelTrial(ONNX, ())


@pytest.mark.parametrize("seconds", [0.35, 0.28])
def test_one_that_is_slower_or_hardly_quicker_is_not_taken(clock: Clock, seconds: float) -> None:
    present, other = Doubler(ONNX, clock, 0.3), Doubler(OPENVINO, clock, seconds)
    tried = trial_of(present, [lambda: other], inputs=5)
    run(tried, 10)
    assert tried.outcome is not None
    assert tried.outcome.chosen == tried.backend == ONNX
    assert other.closed
    assert other.calls == 10  # twice each


def test_a_hopeless_one_is_given_up_early(clock: Clock) -> None:
    other = Doubler(SHORT, clock, 1.5)
    tried = trial_of(Doubler(ONNX, clock, 0.3), [lambda: other], inputs=16)
    run(tried, 20)
    assert other.calls == 2 * trial.AT_LEAST
    assert tried.outcome is not None
    assert tried.outcome.chosen == ONNX


@pytest.mark.parametrize("backend", [OPENVINO, SHORT])
@pytest.mark.parametrize(("off", "taken"), [(0.04, True), (0.06, False), (1.0, False)])
def test_one_that_says_something_else_is_not_taken(clock: Clock, backend: Backend, off: float, taken: bool) -> None:
    tried = trial_of(Doubler(ONNX, clock, 0.3), [lambda: Doubler(backend, clock, 0.1, off)], inputs=3)
    run(tried, 3)
    tried.begin_page()
    assert tried.backend == (backend if taken else ONNX)
    assert tried.outcome is not None


def test_one_line_that_nobody_can_read_speaks_against_nobody(clock: Clock) -> None:
    class Odd(Doubler):
        def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
            self._off = 0.3 if self.calls == 0 else 0.0
            return super().__call__(x)

    tried = trial_of(Doubler(ONNX, clock, 0.3), [lambda: Odd(SHORT, clock, 0.1)], inputs=8)
    run(tried, 9)
    assert tried.backend == SHORT


def test_empty_pages_say_nothing(clock: Clock) -> None:
    tried = trial_of(Doubler(ONNX, clock, 0.3), [lambda: Doubler(OPENVINO, clock, 0.1)], inputs=2)
    for page in (ONE, 0 * ONE, 0 * ONE, 0 * ONE):
        tried.begin_page()
        tried(page)
    assert tried.outcome is None
    run(tried, 1)
    assert tried.outcome is not None


def test_it_begins_with_a_page_and_not_within_one(clock: Clock) -> None:
    """A till roll is looked at in pieces, and nobody waits on the first page."""
    other = Doubler(OPENVINO, clock, 0.1)
    tried = trial_of(Doubler(ONNX, clock, 0.3), [lambda: other], inputs=2, skip=1)
    tried.begin_page()
    for _ in range(5):
        tried(ONE)
    assert other.calls == 0
    run(tried, 1)
    assert other.calls == 2


def test_a_model_that_vanished_ends_its_round_and_no_page(clock: Clock) -> None:
    def gone() -> Doubler:
        raise ModelMissing

    tried = trial_of(Doubler(ONNX, clock, 0.3), [gone, lambda: Doubler(SHORT, clock, 0.1)], inputs=2)
    run(tried, 4)
    assert tried.backend == SHORT


def test_one_that_does_not_start_is_not_taken_and_the_next_one_is_tried(clock: Clock) -> None:
    opened = []

    def fails() -> Doubler:
        opened.append(1)
        raise ImportError("its libraries are too new")

    tried = trial_of(Doubler(ONNX, clock, 0.3), [fails, lambda: Doubler(SHORT, clock, 0.1)], inputs=3)
    run(tried, 5)
    assert tried.outcome is not None
    assert tried.outcome == ModelTrial(SHORT, ((ONNX, pytest.approx(300.0)), (SHORT, pytest.approx(100.0))))
    assert opened == [1]


def test_nothing_is_opened_before_its_time(clock: Clock) -> None:
    def never() -> Doubler:
        raise AssertionError("it is too early")

    tried = trial_of(Doubler(ONNX, clock, 0.3), [never], inputs=3, skip=5)
    run(tried, 5)
    assert tried.outcome is None


def test_no_memory_is_no_reason_to_choose(clock: Clock) -> None:
    def full() -> Doubler:
        raise MemoryError

    tried = trial_of(Doubler(ONNX, clock, 0.3), [full], inputs=3)
    tried.begin_page()
    with pytest.raises(MemoryError):
        tried(ONE)


def test_a_closed_trial_has_closed_both(clock: Clock) -> None:
    present, other = Doubler(ONNX, clock, 0.3), Doubler(OPENVINO, clock, 0.1)
    tried = trial_of(present, [lambda: other], inputs=9)
    run(tried, 2)
    tried.close()
    assert present.closed
    assert other.closed


def test_one_trial_waits_for_another(clock: Clock) -> None:
    first = trial_of(Doubler(ONNX, clock, 0.3), [lambda: Doubler(OPENVINO, clock, 0.1)], inputs=3)
    second = trial_of(Doubler(ONNX, clock, 0.3), [lambda: Doubler(OPENVINO, clock, 0.1)], inputs=3, after=first)
    run(second, 5)
    assert second.outcome is None
    run(first, 3)
    run(second, 3)
    assert second.outcome is not None
