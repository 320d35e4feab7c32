"""Which lines of a page are one receipt: the picture's regions, confirmed, split or joined by their print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from paddlescan.document import Point, Preparation, PrepareOptions, Quad, TextLine
from paddlescan.document.geometry import centre, contains
from paddlescan.extraction.rows import text_angle
from paddlescan.extraction.several import belongs_together, split

_MARGIN = 0.8  # line heights around the print of a receipt


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one receipt, where it lies in the source page (None: all of it), and how it was prepared."""

    lines: tuple[TextLine, ...]
    region: Quad | None
    preparation: Preparation


def parts_of(read: Sequence[Part], options: PrepareOptions, width: int, height: int) -> tuple[Part, ...]:
    """The receipts of a page of that size, from what was read of each of its regions.

    Regions that are one torn receipt become one, one region that holds several falls apart; not where a person drew
    the regions, or wants one receipt a page.
    """
    if options.regions or not options.find_regions:
        return tuple(read)
    return tuple(part for one in _joined(read) for part in _apart(one, width, height))


def _joined(read: Sequence[Part]) -> list[Part]:
    """Each region's part, torn ones as one in the place of the first."""
    joined: list[Part] = []
    for part in read:
        place = next((n for n, other in enumerate(joined) if belongs_together(other.lines, part.lines)), None)
        if place is None:
            joined.append(part)
            continue
        other = joined[place]
        corners = [corner for region in (other.region, part.region) if region is not None for corner in region]
        angle = text_angle(other.lines)
        joined[place] = Part(
            (*other.lines, *part.lines),
            _box(corners, angle) if corners else None,
            replace(other.preparation, seals=(*other.preparation.seals, *part.preparation.seals)),
        )
    return joined


def _apart(part: Part, width: int, height: int) -> list[Part]:
    groups = split(part.lines, width, height)
    if len(groups) < 2:
        return [part]
    angle = text_angle(part.lines)
    found = []
    for lines in groups:
        heights = sorted(math.dist(line.quad[0], line.quad[3]) for line in lines)
        margin = _MARGIN * heights[len(heights) // 2]
        region = _on_page(_box([c for line in lines for c in line.quad], angle, margin), width, height)
        seals = tuple(seal for seal in part.preparation.seals if contains(region, centre(seal)))
        done = replace(part.preparation, seals=seals, seal_removed=part.preparation.seal_removed and bool(seals))
        found.append(Part(lines, region, done))
    return found


def _box(points: Sequence[Point], angle: float, margin: float = 0.0) -> Quad:
    """The smallest rectangle around some points whose sides run with text at that angle (radians clockwise).

    Its corners go clockwise from the one that is top left as the page lies, so that it is turned by at most 45 degrees.
    """
    angle = math.remainder(angle, math.pi / 2)
    cos, sin = math.cos(angle), math.sin(angle)
    across = [x * cos + y * sin for x, y in points]
    down = [y * cos - x * sin for x, y in points]
    left, right, top, bottom = min(across) - margin, max(across) + margin, min(down) - margin, max(down) + margin
    a, b, c, d = (
        (x * cos - y * sin, x * sin + y * cos) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    )
    return a, b, c, d


def _on_page(quad: Quad, width: int, height: int) -> Quad:
    a, b, c, d = ((min(max(x, 0.0), float(width)), min(max(y, 0.0), float(height))) for x, y in quad)
    return a, b, c, d
