"""Being asked to end is heard, whenever it comes."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import pytest

from paddlescan.desktop.discretion import Ended, ending_politely

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


class _EndsWhileItGoes:
    def __del__(self) -> None:
        signal.raise_signal(signal.SIGTERM)


def test_what_was_asked_while_python_threw_exceptions_away_is_told_to_the_next_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dropped: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda lost: dropped.append(lost.exc_type))
    heard: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        heard.append(number)

    with ending_politely():
        _EndsWhileItGoes()
        assert dropped == [Ended]
        with ending_politely(hear):
            assert heard == [signal.SIGTERM]
        with ending_politely(hear):
            assert heard == [signal.SIGTERM]


def test_what_was_heard_is_over_with_its_block() -> None:
    with pytest.raises(Ended), ending_politely():
        signal.raise_signal(signal.SIGTERM)
    with ending_politely(), ending_politely(lambda *_: pytest.fail("asked once")):
        pass
