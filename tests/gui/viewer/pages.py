"""Pages drawn for the viewer's tests: bars for lines of print, a red ring for a seal."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from paddlescan.document import PageRef, PageResult, Preparation, Quad, Receipt, SourceFile, TextLine

WIDTH, HEIGHT = 800, 1000
BARS: tuple[Quad, ...] = tuple(
    ((x, y), (x + w, y), (x + w, y + 24), (x, y + 24))
    for x, y, w in ((100.0, 100.0, 420.0), (100.0, 300.0, 260.0), (460.0, 300.0, 240.0), (100.0, 800.0, 500.0))
)
SEAL = QRectF(520, 640, 200, 200)


def draw_page(path: Path, seal: bool = False, colour: str = "black", enlarge: int = 1) -> None:
    """A white page with BARS, of that colour; `enlarge` times WIDTH wide."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for (x, y), _, (right, bottom), _ in BARS:
        painter.fillRect(QRectF(QPointF(x, y), QPointF(right, bottom)), QColor(colour))
    if seal:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(210, 40, 40), 10))
        painter.drawEllipse(SEAL)
        for n in range(4):  # what a seal says, in strokes
            painter.drawLine(QPointF(570, 700 + 26 * n), QPointF(670, 700 + 26 * n))
    painter.end()
    image = image.scaled(WIDTH * enlarge, HEIGHT * enlarge)
    assert image.save(str(path))


REGIONS: tuple[Quad, ...] = (
    ((60.0, 60.0), (560.0, 60.0), (560.0, 260.0), (60.0, 260.0)),
    ((430.0, 280.0), (740.0, 280.0), (740.0, 480.0), (430.0, 480.0)),
    ((60.0, 620.0), (760.0, 620.0), (760.0, 900.0), (60.0, 900.0)),
)
"""Around BARS 0, 2 and 3: a page with three receipts, the second of which lies on its head."""


def page_at(path: Path, page_id: int = 1) -> PageRef:
    return PageRef(SourceFile.at(path), 1, page_id)


def result_of(ref: PageRef, skew: float = 0.0) -> PageResult:
    """What a reading of that page would be."""
    lines = tuple(TextLine(f"line {n}", 0.9, quad) for n, quad in enumerate(BARS))
    left, top, right, bottom = SEAL.left(), SEAL.top(), SEAL.right(), SEAL.bottom()
    seal: Quad = ((left, top), (right, top), (right, bottom), (left, bottom))
    preparation = Preparation(0, skew, seal_removed=True, seals=(seal,))
    return PageResult(ref, width=WIDTH, height=HEIGHT, receipts=(Receipt(preparation=preparation, lines=lines),))


def several_of(ref: PageRef) -> PageResult:
    """What a reading of that page would be, were each of REGIONS a receipt."""
    receipts = tuple(
        Receipt(
            number,
            len(REGIONS),
            region,
            Preparation(180 if number == 2 else 0, seal_removed=False),
            lines=(TextLine(f"line {bar}", 0.9, BARS[bar]),),
        )
        for number, (region, bar) in enumerate(zip(REGIONS, (0, 2, 3), strict=True), 1)
    )
    return PageResult(ref, width=WIDTH, height=HEIGHT, receipts=receipts)
