"""How a workbook looks: its colours, fonts and number formats, each made once."""

from __future__ import annotations

from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from paddlescan.document import Language
from paddlescan.export.columns import Kind

# The window's colours on a light ground (gui/tokens.py, which this room does not see).
INK, SOFT, LINE, ACCENT = "#1C2330", "#667085", "#E1E4EA", "#2457D6"
HEAD_FILL, TOTAL_FILL = "#EAF0FE", "#F5F6F8"
OK, DOUBT, DOUBT_FILL, BAD, BAD_FILL = "#1A7F4B", "#B25E09", "#FFF4E0", "#C0342B", "#FDECEA"

Mood = Literal["plain", "done", "doubtful", "failed", "soft", "link"]
"""What a cell's colours say."""

_COLOURS: dict[Mood, dict[str, Any]] = {
    "plain": {},
    "done": {"font_color": OK},
    "doubtful": {"font_color": DOUBT, "bg_color": DOUBT_FILL},
    "failed": {"font_color": BAD, "bg_color": BAD_FILL},
    "soft": {"font_color": SOFT},
    "link": {"font_color": ACCENT},
}

_FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {"num_format": "@", "align": "left", "indent": 1},
    "amount": {"num_format": "#,##0.00", "align": "right", "indent": 1},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "count": {"num_format": "0", "align": "center"},
    "picture": {},
}


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Workbook, language: Language) -> None:
        self._book = book
        self._font = {"font_name": "Microsoft YaHei" if language == "zh" else "Calibri", "font_size": 10}
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._cells: dict[tuple[Kind, Mood, str | None, bool], Format] = {}

    def cell(self, kind: Kind, mood: Mood = "plain", number_format: str | None = None, wrap: bool = False) -> Format:
        """A cell of the table. wrap: whether long text goes on in a second line."""
        key = (kind, mood, number_format, wrap)
        if key not in self._cells:
            self._cells[key] = self._cell(kind, mood, number_format, wrap)
        return self._cells[key]

    def _cell(self, kind: Kind, mood: Mood, number_format: str | None, wrap: bool) -> Format:
        shown = _FORMATS[kind] | _COLOURS[mood]
        if number_format is not None:
            shown |= {"num_format": number_format}
        if wrap and kind == "text":
            shown |= {"text_wrap": True}
        return self.of(valign="vcenter", border=1, border_color=LINE, **({"font_color": INK} | shown))

    def header(self) -> Format:
        """What stands over a column."""
        return self.of(
            bold=True,
            font_color=INK,
            bg_color=HEAD_FILL,
            valign="vcenter",
            align="center",
            text_wrap=True,
            border=1,
            border_color=LINE,
            bottom=2,
            bottom_color=ACCENT,
        )

    def total(self, kind: Kind, mood: Mood = "plain") -> Format:
        """A cell of a row of sums."""
        shown = {"font_color": INK, "bg_color": TOTAL_FILL} | _FORMATS[kind] | _COLOURS[mood]
        return self.of(bold=True, valign="vcenter", border=1, border_color=LINE, **shown)

    def hidden(self) -> Format:
        """A cell that nobody sees; its content does not spill over into its neighbours."""
        return self.of(align="fill")

    def of(self, **properties: Any) -> Format:
        """The format with these properties, in the workbook's font."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(self._font | properties)
        return self._made[key]
