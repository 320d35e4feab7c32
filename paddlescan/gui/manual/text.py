"""The manual's text: what Qt makes of its Markdown, with pictures that fit and links that lead nowhere outside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QTextBlock, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from paddlescan.document import Language
from paddlescan.gui.shared import language
from paddlescan.gui.tokens import GAP
from paddlescan.resources_dir import manual_folder

WIDEST = 820
"""Device-independent pixels of a picture; it is never wider than its own."""
_SECTION = 2
"""The level of the headings that the contents name."""


class ManualText(QTextBrowser):
    """Shows one file of the manual's folder, and follows links to others there. Nothing is fetched from anywhere."""

    turned = Signal()
    """Another text is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(3 * GAP)
        self.anchorClicked.connect(self._follow)
        self.retranslate()

    def show_manual(self, spoken: Language) -> None:
        """Show the manual in a language, from its beginning."""
        self._turn_to(f"manual_{spoken}.md")

    def retranslate(self) -> None:
        """Say its name in the window's language, and show the text in it."""
        self.setAccessibleName(self.tr("The manual's text"))
        self.show_manual(language())

    def changeEvent(self, event: QEvent) -> None:
        """Other colours: those of links stand in the text itself."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self.source().isEmpty():
            place = self.verticalScrollBar().value()
            self.reload()
            self._give_air()
            self.verticalScrollBar().setValue(place)

    def sections(self) -> list[QTextBlock]:
        """The headings of the sections, in their order."""
        found, block = [], self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == _SECTION:
                found.append(block)
            block = block.next()
        return found

    def go_to(self, heading: QTextBlock) -> None:
        """Bring a heading to the top."""
        self.setTextCursor(QTextCursor(heading))
        top = self.document().documentLayout().blockBoundingRect(heading).top()
        self.verticalScrollBar().setValue(round(top) - 2 * GAP)

    def look_for(self, words: str, on: bool) -> bool:
        """Select the words where they stand next, round to the beginning; False where they stand nowhere.

        on: go on behind what is selected; otherwise what is selected may be it, as while somebody types.
        """
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd() if on else cursor.selectionStart())
        self.setTextCursor(cursor)
        if not words:
            return True
        if self.find(words):
            return True
        self.moveCursor(QTextCursor.MoveOperation.Start)
        return self.find(words)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture no wider than the page, sharp on whatever screen; files of this computer only."""
        place = self.source().resolved(QUrl(name))
        if not place.isLocalFile():
            return None
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        image, ratio = QImage(place.toLocalFile()), self.devicePixelRatioF()
        width = min(image.width(), WIDEST)
        if image.width() > width * ratio:
            image = image.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(image.width() / max(width, 1))
        return image

    @Slot(QUrl)
    def _follow(self, link: QUrl) -> None:
        place = self.source().resolved(link)
        if place.isLocalFile() and Path(place.toLocalFile()).parent == manual_folder():
            self._turn_to(place.fileName())

    def _turn_to(self, name: str) -> None:
        file = manual_folder() / name
        if file.suffix == ".md" and file.is_file():
            self.setSource(QUrl.fromLocalFile(str(file)), QTextDocument.ResourceType.MarkdownResource)
            self._give_air()
            self.turned.emit()

    def _give_air(self) -> None:
        """Paragraphs and headings apart from each other, which Qt sets like the lines of one."""
        block = self.document().begin()
        while block.isValid():
            air, level = block.blockFormat(), block.blockFormat().headingLevel()
            if QTextCursor(block).currentTable() is None:
                air.setTopMargin(2 * GAP if level > 1 else 0)
                air.setBottomMargin(0 if _is_code(block) and _is_code(block.next()) else GAP)
                air.setLeftMargin(2 * GAP if _is_code(block) else air.leftMargin())
                QTextCursor(block).setBlockFormat(air)
            block = block.next()


def _is_code(block: QTextBlock) -> bool:
    """Whether it is a line of commands."""
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage.value)
