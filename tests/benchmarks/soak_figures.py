"""What a soak's samples say: growth, pace, and a plot that is readable in light and dark."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from itertools import pairwise

from tests.benchmarks.soak_samples import Sample

SETTLED = 500
"""Pages after which memory is expected to stay."""
Get = Callable[[Sample], float]
SERIES: tuple[tuple[str, Get, str], ...] = (
    ("engines", lambda s: s.engines_mb, "#d97706"),
    ("program", lambda s: s.program_mb, "#2563eb"),
    ("pictures", lambda s: s.light_mb, "#059669"),
)
WIDTH, HEIGHT, LEFT, RIGHT, TOP, GAP, BOTTOM = 860, 480, 62, 110, 34, 54, 40


def growth(samples: Sequence[Sample], get: Get) -> tuple[float, float, float] | None:
    """Megabytes early, megabytes late, growth in per cent; None where the run is too short.

    Early: the median of the samples taken while pages 500 to 1,000 were read (of a short run: the second quarter);
    late: the median of those of the last 500 pages (the last quarter). Medians, because an engine that was just
    replaced is small for a moment.
    """
    last = max((s.pages for s in samples), default=0)
    span = min(SETTLED, last // 4)
    early = [get(s) for s in samples if span <= s.pages < 2 * span and get(s) > 0]
    late = [get(s) for s in samples if s.pages > last - span and get(s) > 0]
    if not early or not late:
        return None
    a, b = statistics.median(early), statistics.median(late)
    return a, b, (b / a - 1) * 100


def at_pages(samples: Sequence[Sample], pages: float, get: Get) -> float:
    """What something was when so many pages were read, straight between two samples."""
    for a, b in pairwise(samples):
        if a.pages <= pages <= b.pages and b.pages > a.pages:
            return get(a) + (get(b) - get(a)) * (pages - a.pages) / (b.pages - a.pages)
    return get(samples[-1])


def pace(samples: Sequence[Sample], first: float, last: float) -> tuple[float, float]:
    """Pages a minute and CPU seconds a page, from one page to another."""
    pages = last - first
    seconds = at_pages(samples, last, lambda s: s.seconds) - at_pages(samples, first, lambda s: s.seconds)
    cpu = at_pages(samples, last, lambda s: s.cpu_s) - at_pages(samples, first, lambda s: s.cpu_s)
    return pages / max(seconds, 1e-6) * 60, cpu / max(pages, 1)


def table(samples: Sequence[Sample], read: int) -> str:
    """All figures as a table in Markdown. read: the pages that are read in the end, after the last look, too."""
    last = samples[-1]
    total = last.pages
    part = min(1000, max(1, total // 4))
    started = max(1.0, min(100.0, part / 10))  # the first pages wait for the engines
    first, end = pace(samples, started, part), pace(samples, total - part, total)
    everything: tuple[str, Get] = ("all processes", lambda s: s.program_mb + s.engines_mb + s.light_mb)
    lines = ["| | |", "| --- | --- |", f"| pages read | {read:,} |"]
    lines.append(f"| of them at the last look | {total:,}, after {last.seconds / 60:.1f} minutes |")
    lines.append(f"| pages a minute, first {part:,} and last {part:,} | {first[0]:.0f} and {end[0]:.0f} |")
    lines.append(f"| CPU seconds a page, first and last | {first[1]:.3f} and {end[1]:.3f} |")
    for name, get in (everything, *((name, get) for name, get, _ in SERIES)):
        found = growth(samples, get)
        if found:
            lines.append(f"| memory, {name} | {found[0]:.0f} MB, then {found[1]:.0f} MB: {found[2]:+.1f} % |")
    lines.append(f"| engines started | {last.starts} |")
    lines.append(
        f"| store; its log at most; thumbnails; scratch at most | {last.store_mb:.1f} MB"
        f" ({last.store_mb * 1024 / max(1, total):.1f} KB a page); {max(s.wal_mb for s in samples):.1f} MB;"
        f" {last.thumbnails_mb:.1f} MB; {max(s.scratch_mb for s in samples):.1f} MB |"
    )
    if any(s.jump_ms for s in samples):
        lines.append(f"| a jump in the list of pages, median and worst | {_felt(samples, lambda s: s.jump_ms)} |")
        lines.append(f"| a turn of the wheel in the table | {_felt(samples, lambda s: s.wheel_ms)} |")
        lines.append(f"| the window held at most, median and worst | {_felt(samples, lambda s: s.held_ms)} |")
    return "\n".join(lines)


def _felt(samples: Sequence[Sample], get: Get) -> str:
    """First and second half, so that a slowdown is seen."""
    values = [get(s) for s in samples if get(s) > 0]
    halves = [half for half in (values[: len(values) // 2], values[len(values) // 2 :]) if half]
    said = (f"{statistics.median(half):.1f} and {max(half):.1f} ms" for half in halves)
    return "first half " + "; second half ".join(said)


def plot(samples: Sequence[Sample], title: str) -> str:
    """Memory and pages a minute over the pages read, as SVG."""
    panel = (HEIGHT - TOP - GAP - BOTTOM) / 2
    most = max(1, samples[-1].pages)
    parts = [_head(title)]
    top = max(1.0, *(get(s) for _, get, _ in SERIES for s in samples)) * 1.15
    parts += _axes(TOP, panel, top, "MB", most, numbers=False)
    drawn = [(s.pages, s) for s in samples if s.pages > 0]
    labels: list[tuple[float, str, str]] = []
    for name, get, colour in SERIES:
        points = [(pages, get(s)) for pages, s in drawn if get(s) > 0]
        if points:
            parts.append(_line(points, most, TOP, panel, top, colour))
            labels.append((TOP + panel * (1 - points[-1][1] / top), name, colour))
    parts += _labels(labels)
    paces = _paces(samples)
    below = TOP + panel + GAP
    fastest = max([1.0, *(value for _, value in paces)]) * 1.15
    parts += _axes(below, panel, fastest, "pages a minute", most, numbers=True)
    if paces:
        parts.append(_line(paces, most, below, panel, fastest, "#7c3aed"))
    parts.append("</svg>\n")
    return "\n".join(parts)


def _paces(samples: Sequence[Sample]) -> list[tuple[float, float]]:
    """Pages a minute in about 120 pieces of the run."""
    step = max(1, len(samples) // 120)
    some = [*samples[::step], samples[-1]]
    return [
        (b.pages, (b.pages - a.pages) / (b.seconds - a.seconds) * 60)
        for a, b in pairwise(some)
        if b.seconds - a.seconds > 1
    ]


def _head(title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif"'
        f' font-size="12">\n<title>{title}</title>\n<style>text{{fill:#333}}.rule{{stroke:#ccc}}.ground{{fill:#fff}}'
        "@media (prefers-color-scheme:dark){text{fill:#ddd}.rule{stroke:#444}.ground{fill:#161616}}</style>\n"
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>\n<text x="{LEFT}" y="20">{title}</text>'
    )


def _axes(top: float, panel: float, most: float, unit: str, pages: int, numbers: bool) -> list[str]:
    right = WIDTH - RIGHT
    parts = []
    for n in range(5):
        y = top + panel * (1 - n / 4)
        parts.append(f'<line class="rule" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{most * n / 4:,.0f}</text>')
    parts.append(f'<text x="{LEFT}" y="{top - 6:.1f}">{unit}</text>')
    for n in range(6) if numbers else ():
        x, y = LEFT + (right - LEFT) * n / 5, top + panel + 18
        said = f"{pages * n / 5:,.0f}" + (" pages read" if n == 5 else "")
        parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{said}</text>')
    return parts


def _line(points: Sequence[tuple[float, float]], pages: int, top: float, panel: float, most: float, colour: str) -> str:
    width = WIDTH - RIGHT - LEFT
    said = " ".join(f"{LEFT + width * x / pages:.1f},{top + panel * (1 - y / most):.1f}" for x, y in points)
    return f'<polyline fill="none" stroke="{colour}" stroke-width="1.6" points="{said}"/>'


def _labels(labels: list[tuple[float, str, str]]) -> list[str]:
    """Names at the ends of their lines, none on top of another."""
    parts, last = [], -99.0
    for y, name, colour in sorted(labels):
        last = max(y + 4, last + 15)
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{last:.1f}" style="fill:{colour}">{name}</text>')
    return parts
