"""What a field could be, with the evidence for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from paddlescan.document import Origin, Quad
from paddlescan.extraction.rows import Line


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of a field.

    `features` are named amounts of evidence; `ranking` weighs them with the weights in weights.yaml.
    """

    name: str
    value: str = field(repr=False)
    text: str = field(repr=False)
    lines: tuple[Line, ...] = field(default=(), repr=False)
    features: Mapping[str, float] = field(default_factory=dict)
    ambiguous: bool = False
    """The printed text allows another reading that is as good (03/04/2018)."""

    @property
    def confidence(self) -> float:
        """The recogniser's, of the worst of its lines; 1 where it stands on none."""
        return min((line.source.confidence for line in self.lines), default=1.0)

    @property
    def origin(self) -> Origin:
        """That of its lines (`pdf_text` where all are a PDF's own text), `ocr` where they differ."""
        origins = {line.source.origin for line in self.lines}
        return origins.pop() if len(origins) == 1 else "ocr"

    @property
    def quad(self) -> Quad | None:
        """Where it stands, in source pixels: its line's own quad, or for several lines one around all of them."""
        if len(self.lines) <= 1:
            return self.lines[0].source.quad if self.lines else None
        return around(tuple(line.source.quad for line in self.lines))


def around(quads: tuple[Quad, ...]) -> Quad:
    """One quad around lines that follow each other: the first's top edge, the others as wide as the widest."""
    xs = [x for quad in quads for x, _ in quad]
    ys = [y for quad in quads for _, y in quad]
    box = min(xs), min(ys), max(xs), max(ys)
    corners: Quad = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
    turn = _quarter(quads[0])
    return corners[turn], corners[(turn + 1) % 4], corners[(turn + 2) % 4], corners[(turn + 3) % 4]


def _quarter(quad: Quad) -> int:
    """Which corner of a box around a quad is nearest to the text's own top left: 0..3 clockwise."""
    (ax, ay), (bx, by) = quad[0], quad[1]
    across, down = bx - ax, by - ay
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 2
    return 1 if down > 0 else 3
