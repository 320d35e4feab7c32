"""In words what was done to a page before it was read, in one quiet line under the switches."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from paddlescan.document import Preparation

SHOWN_AS_ZERO = 0.05
"""Degrees; less is no angle to a reader."""


class DoneLine(QLabel):
    """Says what was done to the receipt in front, or that nobody knows yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("rank", "small")
        self._told: tuple[Preparation | None, bool, int, int] = (None, False, 1, 1)
        self.retranslate()

    def tell(self, done: Preparation | None, previewed: bool, number: int = 1, count: int = 1) -> None:
        """Say it.

        done: None while the page is not read. previewed: the page is not shown as it was read, but as it would be
        read again. number, count: which receipt of how many on the page.
        """
        if (done, previewed, number, count) != self._told:
            self._told = done, previewed, number, count
            self.retranslate()

    def retranslate(self) -> None:
        """Say it in the window's language."""
        words = self._words(*self._told)
        self.setText(words)
        self.setToolTip(words)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _words(self, done: Preparation | None, previewed: bool, number: int, count: int) -> str:
        if done is None:
            return self.tr("Turn, receipts and seals are found when the page is read.")
        parts = [part for part in (self._turn(done), self._straight(done), self._seals(done)) if part]
        words = self.tr(", ").join(parts) or self.tr("nothing had to be done")
        if count > 1:
            receipt = self.tr("receipt {number} of {count}").format(number=number, count=count)
            words = self.tr("{which}: {what}").format(which=receipt, what=words)
        if previewed:
            words = self.tr("preview: {what}").format(what=words)
        return words[0].upper() + words[1:]

    def _turn(self, done: Preparation) -> str:
        return {
            90: self.tr("turned right 90°"),
            180: self.tr("turned 180°"),
            270: self.tr("turned left 90°"),
        }.get(done.rotation_degrees, "")

    def _straight(self, done: Preparation) -> str:
        if done.perspective is not None:
            return self.tr("photo straightened")
        angle = abs(done.skew_degrees)
        return self.tr("straightened {angle}°").format(angle=f"{angle:.1f}") if angle >= SHOWN_AS_ZERO else ""

    def _seals(self, done: Preparation) -> str:
        count = len(done.seals)
        if count == 0:
            return ""
        if done.seal_removed:
            return self.tr("%n seal(s) taken off", None, count)
        return self.tr("%n seal(s) left on", None, count)
