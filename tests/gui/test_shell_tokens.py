"""Colours: readable, everywhere, in both schemes."""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paddlescan.gui import tokens
from paddlescan.gui.icons import ACTIONS, STATE_COLOURS, action_icon, paint_state, state_icon


def luminance(colour: QColor) -> float:
    """WCAG 2.2, relative luminance."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT_ON = [
    *itertools.product(("ink", "soft", "accent", "ok", "bad", "doubt"), ("panel",)),
    *itertools.product(("ink", "soft"), ("background", "selection")),
    ("accent", "selection"),
    ("ink", "doubt_back"),
    ("doubt", "doubt_back"),
    ("on_accent", "accent"),
]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("text", "back"), TEXT_ON)
def test_text_can_be_read(dark: bool, text: str, back: str) -> None:
    scheme = tokens.tokens_for(dark)
    assert contrast(scheme.color(text), scheme.color(back)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_the_palette_says_which_scheme_it_is(dark: bool, qapp: QApplication) -> None:
    made = tokens.palette(tokens.tokens_for(dark))
    assert tokens.is_dark(made) is dark
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert contrast(disabled, made.color(QPalette.ColorRole.Base)) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_is_filled_in(dark: bool) -> None:
    sheet = tokens.style_sheet(tokens.tokens_for(dark))
    assert not re.search(r"@[a-z]", re.sub(r"/\*.*?\*/", "", sheet))
    assert tokens.tokens_for(dark).accent in sheet
    assert tokens.tokens_for(not dark).panel not in sheet


def test_the_theme_follows_the_system(qtbot: QtBot, qapp: QApplication) -> None:
    palette, sheet = qapp.palette(), qapp.styleSheet()
    theme = tokens.Theme(qapp)
    try:
        theme.follow(Qt.ColorScheme.Dark)
        assert tokens.is_dark(qapp.palette())
        theme.follow(Qt.ColorScheme.Light)
        assert not tokens.is_dark(qapp.palette())
    finally:
        theme.deleteLater()
        qapp.setPalette(palette)
        qapp.setStyleSheet(sheet)


def shape(state: str, phase: float = 0.0) -> QImage:
    """A state's shape in black on white: without its colour."""
    image = QImage(32, 32, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_state(painter, QRectF(2, 2, 28, 28), state, tokens.LIGHT, phase)  # type: ignore[arg-type]
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Alpha8)


def test_states_differ_by_shape_and_by_colour(qapp: QApplication) -> None:
    for one, other in itertools.combinations([s for s in STATE_COLOURS if s != "reading"], 2):
        assert shape(one) != shape(other)
    assert len(set(STATE_COLOURS.values())) == len(STATE_COLOURS)


def test_the_reading_ring_turns(qapp: QApplication) -> None:
    def ring(phase: float) -> QImage:
        image = QImage(32, 32, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_state(painter, QRectF(2, 2, 28, 28), "reading", tokens.LIGHT, phase)
        painter.end()
        return image

    assert ring(0.0) != ring(0.25)
    assert ring(0.0) == ring(1.0)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_has_a_picture_at_any_size(name: str, qapp: QApplication) -> None:
    for side in (13, 64):
        image = action_icon(name).pixmap(side, side).toImage()
        inked = sum(image.pixelColor(x, y).alpha() > 0 for x in range(side) for y in range(side))
        assert 0.02 * side * side < inked < 0.8 * side * side


def test_an_unknown_action_is_refused(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        action_icon("nonsense")
    assert not state_icon("done").isNull()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_action_icons_are_painted_with_all_the_pixels_of_the_screen(qapp: QApplication, scale: float) -> None:
    pixmap = action_icon("close").pixmap(QSize(16, 16), scale)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (round(16 * scale), scale)
    image = pixmap.toImage()
    alphas = {image.pixelColor(x, x).alpha() for x in range(round(6 * scale), round(10 * scale))}
    assert alphas == {255}  # along the stroke; a small picture made large would be grey at its edges
    assert image.pixelColor(image.width() - 1, image.height() // 2).alpha() == 0
    corner = round(12 * scale)
    assert image.pixelColor(corner - 1, corner - 1).alpha() > 0  # the drawing fills the picture, not a part of it
