"""The few questions, answered with the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from paddlescan.document import Language, PageRef, PrepareOptions, ScanOptions, SourceFile
from paddlescan.errors import DiskFull, FolderUnwritable, NothingToScan, StoreUnwritable
from paddlescan.gui.dialogs.about import AboutDialog
from paddlescan.gui.dialogs.batches import BatchesDialog, NameDialog
from paddlescan.gui.dialogs.duplicates import DuplicatesDialog
from paddlescan.gui.dialogs.licences import LicencesDialog
from paddlescan.gui.dialogs.notice import Notice
from paddlescan.gui.dialogs.password import PasswordDialog
from paddlescan.gui.dialogs.start_trouble import StartTrouble
from paddlescan.gui.dialogs.unsaved import UnsavedDialog
from paddlescan.gui.running.intake_thread import Twice
from paddlescan.gui.shared import speak
from paddlescan.store import BatchSummary, PageRow


def opened(dialog: QDialog, qtbot: QtBot) -> QDialog:
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def twice(name: str, page: int) -> Twice:
    source = SourceFile(f"/in/{name}".encode(), f"in/{name}")
    row = PageRow(page, 1, PageRef(source, 1, page), page, "done", 1, PrepareOptions(), 1, None, None)
    return Twice(source, (row,))


def summary(number: int, name: str = "", owner: str = "window") -> BatchSummary:
    made = f"2026-11-{number:02d}T10:00:00+00:00"
    return BatchSummary(number, name, owner, made, ScanOptions(), (), 12, 0, 0, 9, 2, 1, 12, 2)  # type: ignore[arg-type]


def test_a_password_is_typed_and_entered(qtbot: QtBot) -> None:
    dialog = PasswordDialog(None, 7, "secret <b>plans</b>.pdf", wrong=False)
    opened(dialog, qtbot)
    assert "secret <b>plans</b>.pdf" in dialog.sentence.text()
    assert dialog.sentence.textFormat() == Qt.TextFormat.PlainText
    assert not dialog.open_file.isEnabled()
    with qtbot.waitSignal(dialog.answered) as answer:
        qtbot.keyClicks(dialog.field, "hunter 2")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert answer.args == [7, "hunter 2", False]
    assert dialog.field.text() == ""


def test_a_locked_file_is_skipped_by_esc(qtbot: QtBot) -> None:
    dialog = PasswordDialog(None, 7, "a.pdf", wrong=True)
    opened(dialog, qtbot)
    with qtbot.waitSignal(dialog.answered) as answer:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert answer.args == [7, None, False]


@pytest.mark.parametrize(("button", "again"), [("again", True), ("show_first", False)])
def test_files_added_twice(button: str, again: bool, qtbot: QtBot) -> None:
    files = tuple(twice(f"{n}.png", n) for n in range(1, 8))
    dialog = DuplicatesDialog(None, files)
    opened(dialog, qtbot)
    assert dialog.sentence.text() == "7 of these files are in this batch already."
    with qtbot.waitSignal(dialog.answered) as answer:
        qtbot.mouseClick(getattr(dialog, button), Qt.MouseButton.LeftButton)
    assert answer.args == [files, again]


def test_leaving_the_question_does_nothing(qtbot: QtBot) -> None:
    dialog = DuplicatesDialog(None, (twice("1.png", 1),))
    opened(dialog, qtbot)
    with qtbot.assertNotEmitted(dialog.answered):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_an_earlier_batch_is_chosen(qtbot: QtBot) -> None:
    dialog = BatchesDialog(None, [summary(3, "March"), summary(2), summary(1, owner="cli")], current=3)
    opened(dialog, qtbot)
    names = [dialog.table.item(row, 0).text() for row in range(3)]
    assert names == ["March", "Batch 2", "From the command line"]
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert chosen.args == [2]


def test_a_batch_is_named(qtbot: QtBot) -> None:
    dialog = NameDialog(None, "old")
    opened(dialog, qtbot)
    with qtbot.waitSignal(dialog.named) as named:
        qtbot.keyClicks(dialog.field, "March ")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert named.args == ["March"]


def test_the_notice_says_what_to_do_and_goes(qtbot: QtBot) -> None:
    notice, tried = Notice(), list[bool]()
    qtbot.addWidget(notice)
    notice.show_failure(DiskFull(detail="no space").failure, lambda: tried.append(True))
    assert "Make room on the disk" in notice.accessibleName()
    notice._retry.click()
    assert tried == [True]
    assert notice.isHidden()
    notice.show_failure(NothingToScan(file="x").failure)
    assert notice._retry.isHidden()


@pytest.mark.parametrize(
    ("language", "lost"),
    [("en", "If you close now, what is not saved is lost."), ("zh", "现在关闭，未保存的内容会丢失。")],
)
def test_closing_over_what_is_not_saved_promises_nothing(
    qtbot: QtBot, qapp: QApplication, language: Language, lost: str
) -> None:
    speak(qapp, language)
    dialog = UnsavedDialog(None, 3, DiskFull(detail="x", file="/home").failure, pictures=1)
    qtbot.addWidget(dialog)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert lost in told
    assert "is kept" not in told and "保留" not in told


@pytest.mark.parametrize(
    ("language", "safe", "button"),
    [
        ("en", "What you typed is kept on the disk; the next start saves it.", "Close"),
        ("zh", "您输入的内容已暂存在磁盘上，下次打开时会自动保存。", "关闭"),
    ],
)
def test_closing_over_what_is_kept_beside_the_store_says_so(
    qtbot: QtBot, qapp: QApplication, language: Language, safe: str, button: str
) -> None:
    speak(qapp, language)
    full = DiskFull(detail="x", file="/home").failure
    for pictures in (0, 1):
        dialog = UnsavedDialog(None, 3, full, pictures, kept=True)
        qtbot.addWidget(dialog)
        told = " ".join(label.text() for label in dialog.findChildren(QLabel))
        assert safe in told
        assert ("lost" in told or "丢失" in told) == bool(pictures)
        assert (dialog.close_anyway.text() == button) == (not pictures)


def test_the_licences_are_shown(qtbot: QtBot, tmp_path: Path) -> None:
    about = AboutDialog(None, tmp_path / "receipts.sqlite")
    opened(about, qtbot)
    qtbot.mouseClick(about.licences, Qt.MouseButton.LeftButton)
    shown = about.findChild(LicencesDialog)
    assert shown is not None
    assert shown.isVisible()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in shown.text.toPlainText()
    assert shown.text.isReadOnly()
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert about.isVisible()


@pytest.mark.parametrize("kind", [StoreUnwritable, FolderUnwritable])
@pytest.mark.parametrize("detail", ["Read-only file system", "Permission denied", "it may only be read"])
def test_a_start_that_may_not_write_says_that_the_receipts_are_safe_and_whom_to_ask(
    qtbot: QtBot, qapp: QApplication, kind: type[StoreUnwritable], detail: str
) -> None:
    for language, safe, whom in (
        ("en", "Your receipts are safe; nothing was changed.", "Ask whoever looks after this computer"),
        ("zh", "您的票据完好无损，没有任何改动。", "请联系电脑管理员"),
    ):
        speak(qapp, language)  # type: ignore[arg-type]
        trouble = StartTrouble(kind(detail=detail, file="/home/li/data").failure)
        qtbot.addWidget(trouble)
        told = " ".join(label.text() for label in trouble.findChildren(QLabel))
        assert "/home/li/data" in told
        assert safe in told
        assert whom in told
        assert "PaddleScan" not in trouble.windowTitle(), "the desktop adds it"


def test_a_start_over_a_failing_disk_does_not_say_that_all_is_safe(qtbot: QtBot) -> None:
    trouble = StartTrouble(StoreUnwritable(detail="reading or writing the disk failed", file="/data").failure)
    qtbot.addWidget(trouble)
    assert "safe" not in " ".join(label.text() for label in trouble.findChildren(QLabel))


def test_a_start_that_failed_is_tried_again_by_enter_and_left_by_escape(qtbot: QtBot) -> None:
    ends = (Qt.Key.Key_Return, QDialog.DialogCode.Accepted), (Qt.Key.Key_Escape, QDialog.DialogCode.Rejected)
    for key, wanted in ends:
        trouble = StartTrouble(DiskFull(detail="the list of receipts", file="/home/<b>li</b>").failure)
        opened(trouble, qtbot)
        assert "/home/<b>li</b>" in trouble.sentence.text()
        assert trouble.sentence.textFormat() == Qt.TextFormat.PlainText
        qtbot.keyClick(trouble, key)
        assert trouble.result() == wanted
