"""The watched folder in the settings: which, whether, and what becomes of the files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from paddlescan.gui.hot_folder.hot_folder import HotFolder
from paddlescan.gui.hot_folder.words import hint_of, status_of
from paddlescan.gui.settings.preferences import Preferences
from paddlescan.gui.settings.section import Section
from paddlescan.gui.shared import mark
from paddlescan.gui.tokens import GAP

LOST = "\N{REPLACEMENT CHARACTER}"
"""What Qt puts in the place of bytes that are no text."""


class WatchedFolder(Section):
    """On or off, the folder, its folders, and where what was read goes."""

    def __init__(self, preferences: Preferences, hot_folder: HotFolder) -> None:
        super().__init__()
        self._preferences, self._hot = preferences, hot_folder
        self._intro = QLabel()
        self._intro.setProperty("rank", "soft")
        self._intro.setWordWrap(True)
        self.column.insertWidget(0, self._intro)
        self.column.insertSpacing(1, 2 * GAP)
        self.folder, self.choose = QLineEdit(), QPushButton()
        self._folder_caption, self._folder_hint = self.row(self.folder, self.choose, stretch=True)
        self.on, self.deep, self.move_ = QCheckBox(), QCheckBox(), QCheckBox()
        self._on_hint, self._deep_hint, self._move_hint = (self.switch(box) for box in (self.on, self.deep, self.move_))
        self.target, self.choose_target = QLineEdit(), QPushButton()
        self._target_caption, self._target_hint = self.row(self.target, self.choose_target, stretch=True)
        for hint in (self._folder_hint, self._target_hint):
            mark(hint, rank="bad")
        self.words()
        self.follow()
        self.folder.editingFinished.connect(self._typed)
        self.target.editingFinished.connect(self._target_typed)
        self.choose.clicked.connect(self._choose)
        self.choose_target.clicked.connect(self._choose_target)
        self.on.clicked.connect(self._turned)
        self.deep.clicked.connect(self._deep_clicked)
        self.move_.clicked.connect(self._move_clicked)
        hot_folder.changed.connect(self._say_state)

    def words(self) -> None:
        """Say everything in the window's language."""
        self._intro.setText(
            self.tr(
                "What a scanner or another program puts into this folder is read as soon as it is whole,"
                " and goes into a batch of its own, one a day. Each file is read once."
            )
        )
        self._folder_caption.setText(self.tr("&Folder"))
        self.folder.setAccessibleName(self.tr("Hot folder"))
        self.choose.setText(self.tr("&Choose…"))
        for box, text in (
            (self.on, self.tr("&Watch this folder")),
            (self.deep, self.tr("Also the folders &in it")),
            (self.move_, self.tr("&Move what was read")),
        ):
            box.setText(text)
            box.setAccessibleName(text.replace("&", ""))
        self._move_hint.setText(
            self.tr("Into a folder “read”, and what could not be read into “failed”. Nothing there is replaced.")
        )
        self._target_caption.setText(self.tr("Move &to"))
        self.target.setAccessibleName(self.tr("Folder for what was read"))
        self.target.setPlaceholderText(self.tr("into the watched folder itself"))
        self.choose_target.setText(self.tr("C&hoose…"))
        for hint in (self._folder_hint, self._target_hint):
            hint.setText(self._no_text() if hint.text() else "")
        self._say_state()

    def follow(self) -> None:
        """Show the settings as they are."""
        now = self._preferences.now
        for line, text in ((self.folder, now.hot_folder), (self.target, now.hot_folder_move_to)):
            if not line.hasFocus() or line.text().strip() != text:
                line.setText(text)
        self.on.setChecked(now.hot_folder_on)
        self.deep.setChecked(now.hot_folder_deep)
        self.move_.setChecked(now.hot_folder_move)
        self.on.setEnabled(bool(now.hot_folder))
        moves: tuple[QWidget, ...] = (self.target, self.choose_target, self._target_caption)
        for widget in moves:
            widget.setEnabled(now.hot_folder_move)
        self._say_state()

    @Slot()
    def _say_state(self) -> None:
        now = self._hot.now
        mark(self._on_hint, rank="bad" if now.trouble else "soft")
        self._on_hint.setText(hint_of(now, False) if now.trouble else status_of(now))

    @Slot()
    def _typed(self) -> None:
        self._take(self.folder.text().strip())

    @Slot()
    def _target_typed(self) -> None:
        self._take_target(self.target.text().strip())

    @Slot(bool)
    def _turned(self, on: bool) -> None:
        self._preferences.change(hot_folder_on=on)

    @Slot(bool)
    def _deep_clicked(self, on: bool) -> None:
        self._preferences.change(hot_folder_deep=on)

    @Slot(bool)
    def _move_clicked(self, on: bool) -> None:
        self._preferences.change(hot_folder_move=on)

    @Slot()
    def _choose(self) -> None:
        self._ask(self.tr("Hot folder"), self._preferences.now.hot_folder, self._take)

    @Slot()
    def _choose_target(self) -> None:
        self._ask(self.tr("Folder for what was read"), self._preferences.now.hot_folder_move_to, self._take_target)

    def _ask(self, title: str, start: str, taken: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, title, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(taken)
        dialog.open()

    @Slot(str)
    def _take(self, folder: str) -> None:
        """Another folder; none cannot be watched."""
        if self._is_real(folder, self._folder_hint):
            on = self._preferences.now.hot_folder_on and bool(folder)
            self._preferences.change(hot_folder=folder, hot_folder_on=on)

    @Slot(str)
    def _take_target(self, folder: str) -> None:
        if self._is_real(folder, self._target_hint):
            self._preferences.change(hot_folder_move_to=folder)

    def _is_real(self, folder: str, hint: QLabel) -> bool:
        """Whether this is the name of the folder: where one is no text, Qt puts signs in its place, and what it gives
        names another folder or none."""
        real = LOST not in folder
        hint.setText("" if real else self._no_text())
        if not real:
            self.follow()
        return real

    def _no_text(self) -> str:
        return self.tr(
            "A name in this folder's path is no text (its letters show as {sign}), so the folder would not be found"
            " again. Give it another name, then choose it."
        ).format(sign=LOST)
