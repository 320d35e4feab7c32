from __future__ import annotations

from pathlib import Path

import pytest

from paddlescan.errors import BatchGone
from paddlescan.gui.running import jobs
from paddlescan.store import Store


def test_a_batch_that_another_window_deleted_is_told_as_that(tmp_path: Path) -> None:
    with Store(tmp_path / "receipts.sqlite") as store, pytest.raises(BatchGone) as told:
        jobs.open_batch(store, 12)
    assert told.value.message == "This batch was deleted in another window."
