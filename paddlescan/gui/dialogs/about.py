"""What this program is, and where its lists lie."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from paddlescan import __version__
from paddlescan.gui.dialogs.question import Question


class AboutDialog(Question):
    """Name, version, promise, folder."""

    def __init__(self, parent: QWidget | None, store_path: Path) -> None:
        remark = "\n".join(
            (
                self.tr("Everything is read on this computer; nothing leaves it."),
                self.tr("Reading by PaddleOCR. PaddleScan is free software under the Apache License 2.0."),
                self.tr("Your lists are kept in {folder}").format(folder=store_path.parent),
            )
        )
        super().__init__(parent, self.tr("About PaddleScan"), f"PaddleScan {__version__}", remark)
        self.licences = self.add_button(self.tr("Licences"))
        close = self.add_button(self.tr("Close"), primary=True)
        self.end()
        close.clicked.connect(self.accept)
        self.licences.clicked.connect(self._show_licences)

    def _show_licences(self) -> None:
        from paddlescan.gui.dialogs.licences import LicencesDialog  # a long text that hardly anybody reads

        LicencesDialog(self).open()
