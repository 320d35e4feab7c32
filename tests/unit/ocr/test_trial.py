from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from paddlescan.document import Backend, ModelTrial
from paddlescan.ocr import trial
from paddlescan.ocr.runners import Array
from paddlescan.ocr.trial import Trial


class Clock:
    """Processor time that passes only where somebody says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Doubler:
    """Takes a known time for what it does; `off` is what it adds to its answers. All its answers lie in one place."""

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
        self._answer[:] = 2 * x + self._off
        return [self._answer]

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(trial.time, "process_time", made)
    return made


ONE = np.ones((1, 3, 4, 8))
ONNX, OPENVINO, SHORT = Backend("onnxruntime"), Backend("openvino"), Backend("openvino", "bfloat16")


def run(tried: Trial, times: int) -> None:
    for _ in range(times):
        (found,) = tried(ONE)
        assert found == pytest.approx(2 * ONE)


def test_the_quicker_one_takes_over_and_the_other_one_goes(clock: Clock) -> None:
    slow, quick = Doubler(ONNX, clock, 0.3), Doubler(OPENVINO, clock, 0.1)
    tried = Trial(slow, [lambda: quick], inputs=3, skip=1)
    run(tried, 4)
    assert tried.outcome is not None
    assert tried.outcome.chosen == tried.backend == OPENVINO
    assert dict(tried.outcome.milliseconds) == pytest.approx({ONNX: 300.0, OPENVINO: 100.0})
    run(tried, 5)
    assert (slow.closed, slow.calls) == (True, 1 + 3 * 3)
    assert quick.calls == 3 * 2 + 5


def test_both_are_tried_on_no_more_than_a_strip_of_a_page(clock: Clock) -> None:
    other = Doubler(OPENVINO, clock, 0.1)
    tried = Trial(Doubler(ONNX, clock, 0.3), [lambda: other], inputs=2)
    page = np.ones((1, 3, 960, 704))
    for _ in range(2):
        assert tried(page)[0].shape == page.shape
    assert {*other.seen} == {(1, 3, 960, 320)}
    tried(page)
    assert other.seen[-1] == page.shape


def test_the_winner_meets_the_next(clock: Clock) -> None:
    one, two, three = Doubler(ONNX, clock, 0.3), Doubler(OPENVINO, clock, 0.15), Doubler(SHORT, clock, 0.1)
    tried = Trial(one, [lambda: two, lambda: three], inputs=2)
    run(tried, 2)
    assert (tried.backend, tried.outcome) == (OPENVINO, None)
    run(tried, 2)
    assert tried.outcome is not None
    assert (tried.outcome.chosen, tried.backend) == (SHORT, SHORT)
    assert [backend for backend, _ in tried.outcome.milliseconds] == [ONNX, OPENVINO, SHORT]
    assert (one.closed, two.closed, three.closed) == (True, True, False)


def test_one_that_the_processor_does_not_suit_is_passed_over(clock: Clock) -> None:
    quick = Doubler(OPENVINO, clock, 0.1)
    tried = Trial(Doubler(ONNX, clock, 0.3), [lambda: None, lambda: quick, lambda: None], inputs=2)
    run(tried, 3)
    assert tried.outcome is not None
    assert tried.outcome.chosen == OPENVINO
    nobody = Trial(Doubler(ONNX, clock, 0.3), [lambda: None], inputs=2)
    run(nobody, 1)
    assert nobody.outcome == ModelTrial(ONNX, ())


@pytest.mark.parametrize("seconds", [0.35, 0.28])
def test_one_that_is_slower_or_hardly_quicker_is_not_taken(clock: Clock, seconds: float) -> None:
    present, other = Doubler(ONNX, clock, 0.3), Doubler(OPENVINO, clock, seconds)
    tried = Trial(present, [lambda: other], inputs=5)
    run(tried, 10)
    assert tried.outcome is not None
    assert tried.outcome.chosen == tried.backend == ONNX
    assert other.closed
    assert other.calls == 10  # twice each


def test_a_hopeless_one_is_given_up_early(clock: Clock) -> None:
    other = Doubler(SHORT, clock, 1.5)
    tried = Trial(Doubler(ONNX, clock, 0.3), [lambda: other], inputs=16)
    run(tried, 20)
    assert other.calls == 2 * trial.AT_LEAST
    assert tried.outcome is not None
    assert tried.outcome.chosen == ONNX


@pytest.mark.parametrize(
    ("backend", "off", "taken"),
    [
        (OPENVINO, 0.01, True),
        (OPENVINO, 0.2, False),
        (OPENVINO, float("nan"), False),
        (SHORT, 0.1, True),
        (SHORT, 0.3, False),
        (SHORT, -2.0, False),
        (SHORT, float("nan"), False),
    ],
)
def test_one_that_says_something_else_is_not_taken(clock: Clock, backend: Backend, off: float, taken: bool) -> None:
    tried = Trial(Doubler(ONNX, clock, 0.3), [lambda: Doubler(backend, clock, 0.1, off)], inputs=3)
    run(tried, 3)
    assert tried.backend == (backend if taken else ONNX)
    assert tried.outcome is not None


def test_one_line_that_nobody_can_read_speaks_against_no_shorter_numbers(clock: Clock) -> None:
    class Odd(Doubler):
        def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
            self._off = 1.0 if self.calls == 0 else 0.0
            return super().__call__(x)

    tried = Trial(Doubler(ONNX, clock, 0.3), [lambda: Odd(SHORT, clock, 0.1)], inputs=8)
    run(tried, 8)
    assert tried.backend == SHORT


def test_one_that_does_not_start_is_not_taken_and_the_next_one_is_tried(clock: Clock) -> None:
    opened = []

    def fails() -> Doubler:
        opened.append(1)
        raise ImportError("its libraries are too new")

    tried = Trial(Doubler(ONNX, clock, 0.3), [fails, lambda: Doubler(SHORT, clock, 0.1)], inputs=3)
    run(tried, 5)
    assert tried.outcome is not None
    assert tried.outcome == ModelTrial(SHORT, ((ONNX, pytest.approx(300.0)), (SHORT, pytest.approx(100.0))))
    assert opened == [1]


def test_nothing_is_opened_before_its_time(clock: Clock) -> None:
    def never() -> Doubler:
        raise AssertionError("it is too early")

    tried = Trial(Doubler(ONNX, clock, 0.3), [never], inputs=3, skip=5)
    run(tried, 5)
    assert tried.outcome is None


def test_no_memory_is_no_reason_to_choose(clock: Clock) -> None:
    def full() -> Doubler:
        raise MemoryError

    tried = Trial(Doubler(ONNX, clock, 0.3), [full], inputs=3)
    with pytest.raises(MemoryError):
        tried(ONE)


def test_a_closed_trial_has_closed_both(clock: Clock) -> None:
    present, other = Doubler(ONNX, clock, 0.3), Doubler(OPENVINO, clock, 0.1)
    tried = Trial(present, [lambda: other], inputs=9)
    run(tried, 2)
    tried.close()
    assert present.closed
    assert other.closed


def test_one_trial_waits_for_another(clock: Clock) -> None:
    first = Trial(Doubler(ONNX, clock, 0.3), [lambda: Doubler(OPENVINO, clock, 0.1)], inputs=3)
    second = Trial(Doubler(ONNX, clock, 0.3), [lambda: Doubler(OPENVINO, clock, 0.1)], inputs=3, after=first)
    run(second, 5)
    assert second.outcome is None
    run(first, 3)
    run(second, 3)
    assert second.outcome is not None
