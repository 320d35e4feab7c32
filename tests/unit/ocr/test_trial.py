from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from paddlescan.document import RuntimeName
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
    """Takes a known time for what it does; `off` is what it adds to its answers."""

    def __init__(self, name: RuntimeName, clock: Clock, seconds: float, off: float = 0.0) -> None:
        self.name, self._clock, self._seconds, self._off = name, clock, seconds, off
        self.closed = False
        self.calls = 0

    def __call__(self, x: Sequence[Array] | Array) -> list[Array]:
        assert not self.closed
        self.calls += 1
        self._clock.seconds += self._seconds
        return [2 * np.asarray(x) + self._off]

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(trial.time, "process_time", made)
    return made


ONE = np.ones(3)


def run(tried: Trial, times: int) -> None:
    for _ in range(times):
        (found,) = tried(ONE)
        assert found == pytest.approx(2 * ONE)


def test_the_quicker_one_takes_over_and_the_other_one_goes(clock: Clock) -> None:
    slow, quick = Doubler("onnxruntime", clock, 0.3), Doubler("openvino", clock, 0.1)
    tried = Trial(slow, lambda: quick, inputs=3, skip=1)
    run(tried, 4)
    assert tried.outcome is not None
    assert tried.outcome.chosen == tried.name == "openvino"
    assert dict(tried.outcome.milliseconds) == pytest.approx({"onnxruntime": 300.0, "openvino": 100.0})
    assert not slow.closed  # its last answer may still be looked at
    run(tried, 5)
    assert (slow.closed, slow.calls) == (True, 4)


@pytest.mark.parametrize("seconds", [0.5, 0.28])
def test_one_that_is_slower_or_hardly_quicker_is_not_taken(clock: Clock, seconds: float) -> None:
    present, other = Doubler("onnxruntime", clock, 0.3), Doubler("openvino", clock, seconds)
    tried = Trial(present, lambda: other, inputs=3)
    run(tried, 10)
    assert tried.outcome is not None
    assert tried.outcome.chosen == tried.name == "onnxruntime"
    assert other.closed
    assert other.calls == 4  # three and the first, which is nobody's measure


@pytest.mark.parametrize("off", [0.2, float("nan")])
def test_one_that_says_something_else_is_not_taken(clock: Clock, off: float) -> None:
    present = Doubler("onnxruntime", clock, 0.3)
    tried = Trial(present, lambda: Doubler("openvino", clock, 0.1, off), inputs=3)
    run(tried, 6)
    assert tried.outcome is not None
    assert tried.outcome.chosen == "onnxruntime"


def test_one_that_does_not_start_is_not_taken(clock: Clock) -> None:
    opened = []

    def fails() -> Doubler:
        opened.append(1)
        raise ImportError("its libraries are too new")

    tried = Trial(Doubler("onnxruntime", clock, 0.3), fails, inputs=3)
    run(tried, 5)
    assert tried.outcome is not None
    assert (tried.outcome.chosen, tried.outcome.milliseconds) == ("onnxruntime", ())
    assert opened == [1]


def test_nothing_is_opened_before_its_time(clock: Clock) -> None:
    def never() -> Doubler:
        raise AssertionError("it is too early")

    tried = Trial(Doubler("onnxruntime", clock, 0.3), never, inputs=3, skip=5)
    run(tried, 5)
    assert tried.outcome is None


def test_no_memory_is_no_reason_to_choose(clock: Clock) -> None:
    def full() -> Doubler:
        raise MemoryError

    tried = Trial(Doubler("onnxruntime", clock, 0.3), full, inputs=3)
    with pytest.raises(MemoryError):
        tried(ONE)


def test_a_closed_trial_has_closed_both(clock: Clock) -> None:
    present, other = Doubler("onnxruntime", clock, 0.3), Doubler("openvino", clock, 0.1)
    tried = Trial(present, lambda: other, inputs=9)
    run(tried, 2)
    tried.close()
    assert present.closed
    assert other.closed


def test_one_trial_waits_for_another(clock: Clock) -> None:
    first = Trial(Doubler("onnxruntime", clock, 0.3), lambda: Doubler("openvino", clock, 0.1), inputs=3)
    second = Trial(Doubler("onnxruntime", clock, 0.3), lambda: Doubler("openvino", clock, 0.1), inputs=3, after=first)
    run(second, 5)
    assert second.outcome is None
    run(first, 3)
    run(second, 3)
    assert second.outcome is not None
