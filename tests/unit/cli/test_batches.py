"""What a person may call a batch on the command line: what the window shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from paddlescan.cli.batches import LONGEST, name_for, named_batch
from paddlescan.errors import BatchUnknown
from paddlescan.gui.shared import SAMPLES, batch_name, speak
from paddlescan.store import BatchSummary, Store
from paddlescan.words import error_sentence


@pytest.fixture
def batches(tmp_path: Path) -> tuple[BatchSummary, ...]:
    with Store(tmp_path / "receipts.sqlite") as store:
        for name, owner in ((SAMPLES, "window"), ("", "window"), ("", "cli"), ("三月 报销", "window"), ("2", "window")):
            store.create_batch(name, owner)
        return store.batches()


def by_number(batches: tuple[BatchSummary, ...], number: int) -> BatchSummary:
    return next(batch for batch in batches if batch.id == number)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_window_shows_is_understood(
    batches: tuple[BatchSummary, ...], qapp: QApplication, language: str
) -> None:
    assert isinstance(qapp, QCoreApplication)
    speak(qapp, language)  # type: ignore[arg-type]
    shown = {batch.id: batch_name(batch) for batch in batches}
    speak(qapp, "en")
    assert len(set(shown.values())) == len(batches)
    for number in (1, 2, 3, 4):
        assert named_batch(batches, shown[number]).id == number, shown[number]


@pytest.mark.parametrize(
    ("asked", "number"),
    [("2", 2), (" 5 ", 5), ("批次2", 2), ("batch 3", 3), ("Batch 4", 4), ("三月报销", 4), ("samples", 1)],
)
def test_numbers_and_near_names_are_understood(batches: tuple[BatchSummary, ...], asked: str, number: int) -> None:
    assert named_batch(batches, asked) == by_number(batches, number)


def test_of_several_of_one_name_the_newest_is_meant(tmp_path: Path) -> None:
    with Store(tmp_path / "receipts.sqlite") as store:
        for name, owner in (("March", "window"), ("March", "window"), ("", "cli"), ("", "cli")):
            store.create_batch(name, owner)
        assert named_batch(store.batches(), "march").id == 2
        assert named_batch(store.batches(), "来自命令行").id == 4


def test_an_unknown_one_says_where_names_stand(batches: tuple[BatchSummary, ...]) -> None:
    with pytest.raises(BatchUnknown) as told:
        named_batch(batches, "九月")
    assert error_sentence(told.value.failure, "zh") == (
        "没有批次“九月”。",
        "请给出批次的编号，或窗口“历史批次”中显示的名称。",
    )
    with pytest.raises(BatchUnknown):
        named_batch(batches, "")


def test_a_batch_of_the_command_line_is_called_as_what_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    march = tmp_path / "三月"
    march.mkdir()
    monkeypatch.chdir(march)
    file = str(march / "a.pdf")
    assert name_for([str(march)], "en") == name_for(["."], "en") == name_for([f"{march}/"], "zh") == "三月"
    assert name_for([file], "en") == "a.pdf"
    assert name_for([file, file], "en") == "2 files"
    assert name_for([file, str(march)], "en") == "2 files and folders"
    assert name_for([file, file, file], "zh") == "3 个文件"
    assert name_for(["s3://bucket/receipts/march/"], "en") == "march"
    assert name_for(["/"], "en") == ""
    assert name_for(["x" * 200], "en") == "x" * LONGEST
