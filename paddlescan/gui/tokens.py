"""Colours, sizes, the palette and the style sheet: the one module where a hex colour may stand.

Widgets that paint for themselves ask `tokens_of(self)` in their paint event; everything else takes its
colours from the palette and the style sheet that `apply` sets for the whole program, and again whenever
the system turns light or dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from paddlescan.resources_dir import resource

FONT_PX = 13
"""Size of all running text, in device-independent pixels."""
SMALL_PX = 11
"""Size of the state under a page's name and of hints."""
TITLE_PX = 22
"""Size of the one sentence of the empty window."""
GAP = 8
"""The rhythm: every distance is a multiple of it, or half of it."""
RADIUS = 6
"""Corners of buttons, fields and cards."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, each by what it is for, as `#rrggbb`."""

    dark: bool
    background: str
    panel: str
    line: str
    ink: str
    soft: str
    """Text of second rank."""
    accent: str
    on_accent: str
    """Text upon the accent."""
    ok: str
    doubt: str
    doubt_back: str
    """Behind a field in doubt."""
    bad: str
    selection: str
    stage: str
    """Behind the page."""

    def color(self, name: str) -> QColor:
        """One of the colours by its name, e.g. `color("accent")`."""
        return QColor(getattr(self, name))


# Two of the sketch's light colours are a shade darker here (soft was 667085, doubt b25e09): on the selection and
# on the ground of doubt they had 4.36 and 4.28 to 1, and text wants 4.5.
LIGHT = Tokens(
    dark=False,
    background="#f5f6f8",
    panel="#ffffff",
    line="#e1e4ea",
    ink="#1c2330",
    soft="#636d82",
    accent="#2457d6",
    on_accent="#ffffff",
    ok="#1a7f4b",
    doubt="#aa5908",
    doubt_back="#fff4e0",
    bad="#c0342b",
    selection="#eaf0fe",
    stage="#dfe3ea",
)

DARK = Tokens(
    dark=True,
    background="#171a21",
    panel="#1f232c",
    line="#323846",
    ink="#e8ebf1",
    soft="#98a1b3",
    accent="#7aa2ff",
    on_accent="#171a21",
    ok="#58c48a",
    doubt="#f0ae55",
    doubt_back="#3b2f1c",
    bad="#f2837b",
    selection="#27324d",
    stage="#11141a",
)


def tokens_for(dark: bool) -> Tokens:
    """The colours of the dark or of the light scheme."""
    return DARK if dark else LIGHT


def is_dark(palette: QPalette) -> bool:
    """Whether a palette is a dark one: its text is lighter than its window."""
    return (
        palette.color(QPalette.ColorRole.WindowText).lightness() > palette.color(QPalette.ColorRole.Window).lightness()
    )


def tokens_of(widget: QWidget) -> Tokens:
    """The colours that fit the palette a widget has now."""
    return tokens_for(is_dark(widget.palette()))


def palette(tokens: Tokens) -> QPalette:
    """A whole palette of the tokens, the disabled group included."""
    role = QPalette.ColorRole
    colours = {
        role.Window: "background",
        role.WindowText: "ink",
        role.Base: "panel",
        role.AlternateBase: "background",
        role.ToolTipBase: "panel",
        role.ToolTipText: "ink",
        role.PlaceholderText: "soft",
        role.Text: "ink",
        role.Button: "panel",
        role.ButtonText: "ink",
        role.BrightText: "bad",
        role.Highlight: "selection",
        role.HighlightedText: "ink",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Accent: "accent",
        role.Light: "panel",
        role.Midlight: "line",
        role.Mid: "line",
        role.Dark: "soft",
        role.Shadow: "stage",
    }
    result = QPalette()
    for which, name in colours.items():
        result.setColor(which, tokens.color(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, which, tokens.color("soft"))
    return result


def font() -> QFont:
    """The running text: what the system has of the usual interface faces, Latin first, then Chinese."""
    result = QFont(QGuiApplication.font())
    result.setFamilies(
        [
            *("Inter", "Segoe UI", "Noto Sans", "Helvetica Neue", "Ubuntu", "Cantarell"),
            *(
                "Noto Sans CJK SC",
                "Noto Sans SC",
                "Microsoft YaHei UI",
                "PingFang SC",
                "WenQuanYi Micro Hei",
                "DejaVu Sans",
            ),
        ]
    )
    result.setPixelSize(FONT_PX)
    return result


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of the whole program; hairlines in place of boxes, one accent."""
    text = Path(__file__).with_name("style.qss").read_text("utf-8")
    words = {name: getattr(tokens, name) for name in Tokens.__slots__ if name != "dark"}
    words |= {"radius": f"{RADIUS}px", "small": f"{SMALL_PX}px", "title": f"{TITLE_PX}px"}
    scheme = "dark" if tokens.dark else "light"
    words |= {name: f'url("{resource("icons", f"{name}_{scheme}.svg").as_posix()}")' for name in ("check", "down")}
    for name in sorted(words, key=len, reverse=True):
        text = text.replace(f"@{name};", f"{words[name]};").replace(f"@{name} ", f"{words[name]} ")
    return text


class Theme(QObject):
    """Keeps the program in the system's colour scheme; one per application, its child."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.tokens = LIGHT
        app.styleHints().colorSchemeChanged.connect(self.follow)
        self.follow(app.styleHints().colorScheme())

    @Slot(Qt.ColorScheme)
    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Take the colours that fit the system's scheme; an unknown one is light."""
        self.show_scheme(scheme == Qt.ColorScheme.Dark)

    def show_scheme(self, dark: bool) -> None:
        """Take the dark or the light colours, whatever the system says."""
        self.tokens = tokens_for(dark)
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(style_sheet(self.tokens))


def apply(app: QApplication) -> Theme:
    """Give the program its style, its font and the system's colour scheme, now and whenever that changes."""
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font())
    return Theme(app)
