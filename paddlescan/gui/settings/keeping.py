"""What is kept of receipts: how many batches, where they lie, and how they go."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from paddlescan.desktop.erasing import size_of
from paddlescan.errors import Failure
from paddlescan.gui.dialogs.question import Question
from paddlescan.gui.settings import jobs
from paddlescan.gui.settings.jobs import Kept
from paddlescan.gui.settings.section import Section, offer
from paddlescan.gui.shared import day_words, failure_words
from paddlescan.gui.workplace import Workplace
from paddlescan.store import Store
from paddlescan.words import together

MONTHS = (1, 3, 6, 12, 24)
DAYS_A_MONTH = 30.44
MB = 1_000_000


class Keeping(Section):
    """The batches, the folder with all of it, and erasing."""

    erase_wanted = Signal()

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._kept: Kept | None = None
        self._bytes = 0
        self._told = ""
        self.count, self.place = QLabel(), QLabel()
        self.age, self.delete = QComboBox(), QPushButton()
        self.open_folder, self.erase = QPushButton(), QPushButton()
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self.count, self.place):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._kept_caption, self._kept_hint = self.row(self.count, stretch=True)
        self._age_caption, self.told = self.row(self.age, self.delete)
        self._place_caption, self._place_hint = self.row(self.place, self.open_folder, stretch=True)
        self._erase_caption, self._erase_hint = self.row(self.erase)
        self._erase_caption.hide()
        self.words()
        self.follow()
        self.delete.clicked.connect(self._count_old)
        self.open_folder.clicked.connect(self._open_folder)
        self.erase.clicked.connect(self._look_for_others)
        self._ask_for_count()

    def words(self) -> None:
        """Say everything in the window's language."""
        self._kept_caption.setText(self.tr("Kept"))
        self._kept_hint.setText(self.tr("Nothing is deleted by itself."))
        self._age_caption.setText(self.tr("&Older than"))
        self.age.setAccessibleName(self.tr("Age of the batches to delete"))
        self.delete.setText(self.tr("&Delete those batches…"))
        self._place_caption.setText(self.tr("Where it lies"))
        self.place.setText(str(self._work.paths.data))
        self.open_folder.setText(self.tr("O&pen folder"))
        self.erase.setText(self.tr("&Erase everything…"))
        self._erase_hint.setText(
            self.tr(
                "Batches, corrections, what was learned, pasted and scanned pages, logs, settings. Your own files stay."
            )
        )

    def follow(self) -> None:
        """Show how much there is."""
        chosen = self.age.currentData() or 12
        offer(self.age, [(self.tr("%n month(s)", None, count), count) for count in MONTHS], chosen)
        if self._kept is not None:
            parts = [
                self.tr("%n batch(es)", None, self._kept.batches),
                self.tr("%n receipt(s)", None, self._kept.receipts),
                self.tr("{size} MB").format(size=QLocale().toString(self._bytes / MB, "f", 1)),
            ]
            if self._kept.oldest:
                parts.append(self.tr("since {date}").format(date=day_words(self._kept.oldest)))
            self.count.setText(" · ".join(parts))
        self.told.setText(self._told)

    def _days(self) -> int:
        return round(int(self.age.currentData()) * DAYS_A_MONTH)

    # How much there is ------------------------------------------------------------------------------

    def _ask_for_count(self) -> None:
        paths = self._work.paths

        def count(store: Store) -> tuple[Kept, int]:
            return jobs.count_kept(store), size_of(paths)

        self._work.controller.desk.ask(count, self._counted, self._failed)

    def _counted(self, answer: tuple[Kept, int]) -> None:
        self._kept, self._bytes = answer
        self.follow()

    def _failed(self, failure: Failure) -> None:
        self._told = together(*failure_words(failure))
        self.follow()

    # Old batches ------------------------------------------------------------------------------------

    @Slot()
    def _count_old(self) -> None:
        days, front = self._days(), self._work.controller.batch
        self._work.controller.desk.ask(
            lambda store: jobs.count_old(store, days, front), self._ask_about_old, self._failed
        )

    def _ask_about_old(self, count: int) -> None:
        if not count:
            self._told = self.tr("There is no batch that old, besides the one in front.")
            self.follow()
            return
        sentence = self.tr("Delete %n batch(es) with all that was read and corrected in them?", None, count)
        remark = self.tr("Your own files stay where they are. This cannot be undone.")
        question = Question(self, self.tr("Old batches"), sentence, remark)
        delete = question.add_button(self.tr("Delete"))
        keep = question.add_button(self.tr("Keep them"), primary=True)
        question.end()
        keep.clicked.connect(question.reject)
        delete.clicked.connect(question.accept)
        question.accepted.connect(self._delete_old)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()

    @Slot()
    def _delete_old(self) -> None:
        days, front, paths = self._days(), self._work.controller.batch, self._work.paths
        self._work.controller.desk.ask(
            lambda store: jobs.delete_old(store, days, front, (paths.pasted, paths.scanned), paths.thumbnails),
            self._deleted,
            self._failed,
        )

    def _deleted(self, deleted: jobs.Deleted) -> None:
        self._told = self.tr("%n batch(es) deleted.", None, deleted.batches)
        if deleted.in_copies is not None:
            still = self.tr("The backups still hold what was deleted, until newer ones take their place.")
            self._told = together(self._told, still, *failure_words(deleted.in_copies))
        self._ask_for_count()

    # Everything -------------------------------------------------------------------------------------

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._work.paths.data)))

    @Slot()
    def _look_for_others(self) -> None:
        front = self._work.controller.batch
        self._work.controller.desk.ask(
            lambda store: jobs.held_elsewhere(store, front), self._ask_about_erasing, self._failed
        )

    def _ask_about_erasing(self, others: bool) -> None:
        if others:
            self._erase_hint.setText(self.tr("Another PaddleScan is open. Close it first, then erase."))
            return
        question = EraseQuestion(self, self._kept)
        question.accepted.connect(self.erase_wanted)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()


class EraseQuestion(Question):
    """Asks once whether all of it shall go, and says what that is."""

    def __init__(self, parent: Keeping, kept: Kept | None) -> None:
        remark = "\n".join(
            (
                self.tr("Erased: %n batch(es) with everything read and corrected", None, kept.batches if kept else 0),
                self.tr("Erased: what was learned from corrections, pasted and scanned pages, logs and settings"),
                self.tr("Stays: your own receipts and exports, wherever they are"),
                self.tr("This cannot be undone. The window then begins anew, empty."),
            )
        )
        super().__init__(parent, self.tr("Erase everything"), self.tr("Erase everything PaddleScan keeps?"), remark)
        self.erase = self.add_button(self.tr("Erase everything"))
        self.keep = self.add_button(self.tr("Keep it"), primary=True)
        self.end()
        self.keep.clicked.connect(self.reject)
        self.erase.clicked.connect(self.accept)
