"""Which page is in front, what is said where there is none, words, colours and names."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from paddlescan.document import PageResult
from paddlescan.errors import PasswordNeeded
from paddlescan.gui import tokens
from paddlescan.gui.lane import PreviewLane
from paddlescan.gui.viewer import PageViewer
from tests.gui.viewer.hands import LEFT, LONG, PLAIN, bring, colour_at, scroll
from tests.gui.viewer.pages import page_at, result_of

# Pages -------------------------------------------------------------------------------------------


def test_a_late_picture_of_another_page_is_dropped(
    qtbot: QtBot, viewer: PageViewer, picture: Path, lane: PreviewLane, tmp_path: Path
) -> None:
    bring(qtbot, viewer, picture, 1)
    assert viewer.canvas.scene is not None
    late = viewer.canvas.scene.preview
    gone = page_at(tmp_path / "gone.png", 2)
    viewer.show_page(2, gone, None, PLAIN)
    lane.preview_ready.emit(1, late)
    assert viewer.canvas.scene is None
    viewer.show_page(None, None, None, PLAIN)
    lane.preview_ready.emit(1, late)
    assert viewer.canvas.scene is None
    assert viewer.notice.word == "nothing"
    assert not viewer.bar.isVisible()


def test_the_same_page_again_keeps_zoom_and_place(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    scroll(viewer, QPoint(300, 200), 3)
    view = viewer.canvas.view
    ref = page_at(picture)
    again = result_of(ref, skew=0.0)
    other = PageResult(ref, width=again.width, height=again.height, receipts=again.receipts, sha256="1")
    viewer.show_page(1, ref, other, PLAIN)
    assert viewer.canvas.view == view


def test_a_page_not_read_yet_says_so(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    ref = page_at(picture)
    viewer.show_page(1, ref, None, PLAIN, state="waiting")
    qtbot.waitUntil(lambda: viewer.notice.word == "waiting", timeout=LONG)
    viewer.show_page(1, ref, None, PLAIN, state="reading")
    assert viewer.notice.word == "reading"
    viewer.show_page(1, ref, result_of(ref), PLAIN, state="done")
    assert viewer.notice.word == "hidden"


def test_a_failed_page_tells_what_to_do_and_has_the_button_for_it(
    qtbot: QtBot, viewer: PageViewer, tmp_path: Path
) -> None:
    ref = page_at(tmp_path / "locked.pdf", 4)
    viewer.show_page(4, ref, PageResult(ref, error=PasswordNeeded(file="locked.pdf").failure), PLAIN)
    told = viewer.notice.accessibleName()
    assert "locked.pdf is locked with a password." in told
    buttons = {b.text(): b for b in viewer.notice.findChildren(QPushButton) if b.isVisible()}
    with qtbot.waitSignal(viewer.password_requested, timeout=1000) as password:
        QTest.mouseClick(buttons["Enter password…"], LEFT)
    assert password.args == [4]
    with qtbot.waitSignal(viewer.read_again_requested, timeout=1000) as again:
        QTest.mouseClick(buttons["Read again"], LEFT)
    assert again.args == [4, None, PLAIN]


def test_a_file_that_is_gone_is_told_and_the_next_page_is_shown(
    qtbot: QtBot, viewer: PageViewer, picture: Path, tmp_path: Path
) -> None:
    gone = page_at(tmp_path / "gone.png", 6)
    viewer.show_page(6, gone, result_of(gone), PLAIN)
    qtbot.waitUntil(lambda: viewer.notice.failure is not None, timeout=LONG)
    assert viewer.notice.failure is not None
    assert viewer.notice.failure.code == "file_vanished"
    assert not viewer.bar.isVisible()
    bring(qtbot, viewer, picture, 7)
    assert viewer.notice.failure is None
    assert viewer.bar.isVisible()


@pytest.mark.parametrize("size", [(346, 282), (346, 200), (280, 282), (700, 282), (700, 560)])
def test_the_buttons_of_a_failed_page_are_never_covered(
    qtbot: QtBot, viewer: PageViewer, picture: Path, size: tuple[int, int]
) -> None:
    bring(qtbot, viewer, picture)
    viewer.resize(*size)
    ref = page_at(picture)
    failure = PasswordNeeded(file="中国石油天然气股份有限公司北京销售分公司 — 三月份餐饮发票 0305.pdf").failure
    viewer.show_page(1, ref, PageResult(ref, error=failure), PLAIN)
    qtbot.waitUntil(lambda: viewer.notice.failure == failure)
    for button in viewer.notice.findChildren(QPushButton):
        place = button.rect().translated(button.mapTo(viewer, QPoint(0, 0)))
        assert viewer.rect().contains(place)
        assert viewer.childAt(place.center()) is button


# Looks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 480, 700, 1200])
def test_the_bar_fits_into_any_window(qtbot: QtBot, viewer: PageViewer, picture: Path, width: int) -> None:
    bring(qtbot, viewer, picture)
    viewer.resize(width, 560)
    viewer.bar.offer_reading(True)
    viewer.resize(width, 561)
    assert viewer.rect().contains(viewer.bar.geometry())
    groups = [g for g in viewer.bar.children() if isinstance(g, QWidget) and g.isVisible()]
    for n, group in enumerate(groups):
        assert viewer.bar.rect().contains(group.geometry())
        assert not any(group.geometry().intersects(other.geometry()) for other in groups[n + 1 :])


def test_everything_that_tab_reaches_has_a_name(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    viewer.bar.offer_reading(True)
    reachable = [w for w in viewer.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    names = {w: QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in reachable}
    assert len(reachable) >= 10
    assert [w for w, name in names.items() if not name] == []
    switch = QAccessible.queryAccessibleInterface(viewer.bar.seals)
    assert switch.role() == QAccessible.Role.CheckBox
    assert switch.state().checked


class Shouting(QTranslator):
    """A language in which everything is loud."""

    def translate(self, context: str, text: str, hint: str | None = None, n: int = -1) -> str:
        return text.upper() if not text.count("{") else text

    def isEmpty(self) -> bool:
        return False


def test_the_language_changes_at_once(qtbot: QtBot, viewer: PageViewer, picture: Path) -> None:
    bring(qtbot, viewer, picture)
    app = QApplication.instance()
    assert app is not None
    loud = Shouting()
    app.installTranslator(loud)
    try:
        QApplication.sendEvent(viewer, QEvent(QEvent.Type.LanguageChange))
        qtbot.waitUntil(lambda: viewer.bar.seals.text() == "REMOVE SEAL", timeout=5000)
        assert viewer.verbs.turn_left.text() == "TURN LEFT"
        assert viewer.canvas.accessibleName() == "PAGE"
        viewer.show_page(None, None, None, PLAIN)
        assert viewer.notice.accessibleName().startswith("CHOOSE A PAGE")
    finally:
        app.removeTranslator(loud)


def test_the_stage_turns_dark_with_the_palette(qtbot: QtBot, viewer: PageViewer) -> None:
    corner = QPoint(5, 5)
    assert colour_at(viewer, corner).name() == tokens.LIGHT.stage
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(tokens.palette(tokens.DARK))
    app.setStyleSheet(tokens.style_sheet(tokens.DARK))
    qtbot.waitUntil(lambda: colour_at(viewer, corner).name() == tokens.DARK.stage, timeout=5000)
