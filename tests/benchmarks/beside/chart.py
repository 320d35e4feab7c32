"""Bars with their spread, as SVG that is readable in light and dark."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LEFT, RIGHT, TOP, BOTTOM, ROW, BAR = 860, 210, 150, 56, 34, 46, 15
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """One program: pages a minute with one worker and with both cores, round by round."""

    name: str
    colour: str
    one: Sequence[float]
    two: Sequence[float]
    note: str
    """What stands behind its bars."""


def chart(bars: Sequence[Bar], title: str) -> str:
    """Two bars a program, medians, with a line from the least to the most of the rounds."""
    most = max(max((*bar.one, *bar.two)) for bar in bars)
    step = tick(most)
    scale = (WIDTH - LEFT - RIGHT) / most
    height = TOP + ROW * len(bars) + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif"'
        f' font-size="12">\n<title>{escape(title)}</title>\n<style>text{{fill:#333}}.rule{{stroke:#ccc}}'
        ".spread{stroke:#333;stroke-width:1.4}.ground{fill:#fff}@media (prefers-color-scheme:dark){text{fill:#ddd}"
        ".rule{stroke:#444}.spread{stroke:#ddd}.ground{fill:#161616}}</style>\n"
        f'<rect class="ground" width="{WIDTH}" height="{height}"/>\n<text x="{LEFT}" y="20">{escape(title)}</text>',
        f'<text x="{LEFT}" y="40">pages a minute: upper bar one worker with one thread, lower bar both cores;'
        " lines: least to most</text>",
    ]
    foot = TOP + ROW * len(bars)
    for n in range(int(most / step) + 1):
        x = LEFT + n * step * scale
        parts.append(f'<line class="rule" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{foot}"/>')
        parts.append(f'<text x="{x:.1f}" y="{foot + 18}" text-anchor="middle">{n * step:g}</text>')
    for n, bar in enumerate(bars):
        top = TOP + ROW * n + 6
        parts.append(f'<text x="{LEFT - 8}" y="{top + BAR + 5}" text-anchor="end">{escape(bar.name)}</text>')
        parts += _bar(bar.one, top, scale, bar.colour, 0.55)
        parts += _bar(bar.two, top + BAR + 2, scale, bar.colour, 1.0)
        parts.append(f'<text x="{WIDTH - RIGHT + 12}" y="{top + BAR + 5}">{escape(bar.note)}</text>')
    parts.append("</svg>\n")
    return "\n".join(parts)


def tick(most: float) -> float:
    """The distance of the rules: a round number, four to ten of them."""
    power = 1.0
    while power * 10 < most:
        power *= 10
    return next(step * power for step in (*(s / 10 for s in STEPS), *STEPS) if most / (step * power) <= 10)


def _bar(values: Sequence[float], top: float, scale: float, colour: str, opacity: float) -> list[str]:
    width = statistics.median(values) * scale
    parts = [
        f'<rect x="{LEFT}" y="{top}" width="{width:.1f}" height="{BAR}" fill="{colour}" fill-opacity="{opacity}"/>'
    ]
    if len(values) > 1:
        y, least, most = top + BAR / 2, LEFT + min(values) * scale, LEFT + max(values) * scale
        parts.append(f'<line class="spread" x1="{least:.1f}" x2="{most:.1f}" y1="{y}" y2="{y}"/>')
        parts += [f'<line class="spread" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 4}" y2="{y + 4}"/>' for x in (least, most)]
    return parts
