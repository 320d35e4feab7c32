from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.document import Limits
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.losses import blame, try_twice
from paddlescan.pipeline.supervisor import Cause, ChildLimits, EngineLost
from tests.fakes.commands import faulty, there


@pytest.mark.parametrize(
    ("cause", "while_starting", "code"),
    [
        ("crashed", False, "page_stops_engine"),
        ("bad_answer", False, "page_stops_engine"),
        ("out_of_memory", False, "out_of_memory"),
        ("timed_out", False, "page_timed_out"),
        ("crashed", True, "engine_stops"),
        ("timed_out", True, "engine_stops"),
        ("out_of_memory", True, "engine_stops"),
    ],
)
def test_each_loss_has_its_own_failure(cause: Cause, while_starting: bool, code: str) -> None:
    failure = blame(EngineLost(cause, while_starting), "a.png", 60.0)
    assert failure.code == code
    assert ("a.png" in failure.message) != while_starting
    if code == "page_timed_out":
        assert "60 s" in failure.message


def asked(*losses: EngineLost) -> tuple[list[str], EngineLost | None]:
    """What comes of asking a child that is lost so often, and how often it was asked."""
    answers, due = [], list(losses)

    def ask() -> str:
        answers.append("asked")
        if due:
            raise due.pop(0)
        return "answer"

    try:
        assert try_twice(ask) == "answer"
    except EngineLost as lost:
        return answers, lost
    return answers, None


def test_a_lost_child_is_asked_once_more_and_no_more() -> None:
    crash, memory = EngineLost("crashed"), EngineLost("out_of_memory", while_starting=True)
    assert asked() == (["asked"], None)
    assert asked(crash) == (["asked"] * 2, None)
    assert asked(memory) == (["asked"] * 2, None)
    assert asked(memory, crash) == (["asked"] * 2, crash)


@pytest.mark.parametrize("cause", ["timed_out", "stopped"])
def test_what_hangs_or_was_stopped_is_not_waited_for_again(cause: Cause) -> None:
    lost = EngineLost(cause)
    assert asked(lost) == (["asked"], lost)


def test_with_a_real_child(tmp_path: Path) -> None:
    light = LightProcess(command=faulty("crash"), scratch_root=tmp_path, limits=ChildLimits())
    with pytest.raises(EngineLost) as caught:
        try_twice(lambda: light.inspect(there("a.png"), Limits()))
    assert light.starts == 2
    assert blame(caught.value, "a.png", light.limits.request_s).code == "page_stops_engine"
