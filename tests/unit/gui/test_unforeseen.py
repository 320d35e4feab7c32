"""An error of ours at the end of a thread's request."""

from __future__ import annotations

import logging

import pytest

from paddlescan.gui.unforeseen import noted


@pytest.mark.logs
def test_the_log_is_told_where_it_was_and_nothing_that_it_quotes(caplog: pytest.LogCaptureFixture) -> None:
    receipt = " ".join(("Harbour", "Tea"))
    try:
        raise KeyError(receipt)
    except KeyError as error:
        assert noted(logging.getLogger("paddlescan.gui.x"), "no preview", error).code == "internal"
    assert "Harbour Tea" not in caplog.text
    assert "no preview: KeyError" in caplog.text
    assert "test_unforeseen.py" in caplog.text
