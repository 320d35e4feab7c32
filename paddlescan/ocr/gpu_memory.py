"""How much of a graphics card's memory one engine may take, and how many lines it reads together with that.

The ceiling holds for all engines of a batch together: what the settings say, else half of what is free. Engines are
dealt over the cards in turn, and those on one card share its ceiling. Each takes `OVERHEAD` for CUDA itself, and the
rest is what its two models may ask for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from paddlescan.document import EngineOptions, Quad
from paddlescan.ocr.cards import MIB, Card
from paddlescan.ocr.line_order import elongation

OVERHEAD = 512 * MIB
"""What a process takes of a card whatever it reads: CUDA's context, the libraries' kernels, the models' weights."""
LEAST = 512 * MIB
"""Less than this for the two models, and the processor reads in place of the card."""
MODELS = 2
"""That share what an engine may take, in equal parts: ONNX Runtime keeps a pool for each, and PaddleX sets up both
alike."""
COLUMN_BYTES = 64 * 1024
"""What the recogniser is reckoned to take for each column of pixels of its input: measured were 27.5 KiB on the CPU, to
which workspaces come and what an arena cannot use again."""
MOST_COLUMNS = 32_768
"""Read together; more gains nothing. Some 64 lines."""
MOST_LINES = 64
"""Read together: as many as an engine reads before it looks up."""
LINE_HEIGHT, LINE_MARGIN, LINE_STEP = 48, 64, 32
"""As `line_pictures` makes the input of a line: its height, what stands behind it, what its width is a multiple of."""


@dataclass(frozen=True, slots=True)
class Seat:
    """An engine's place on a card."""

    card: int
    """Number of the card."""
    memory: int
    """Bytes that the models may take together."""

    @property
    def columns(self) -> int:
        """Columns of lines that are read together."""
        return max(1, min(MOST_COLUMNS, self.memory // MODELS // COLUMN_BYTES))

    def provider_options(self) -> dict[str, Any]:
        """What ONNX Runtime's CUDA provider is told for each model.

        The arena grows by what is asked for and not by powers of two; convolutions are chosen by rule, not by trying
        each anew for every width of lines; and without TF32 the sums are those of the processor.
        """
        return {
            "device_id": str(self.card),
            "gpu_mem_limit": str(self.memory // MODELS),
            "arena_extend_strategy": "kSameAsRequested",
            "cudnn_conv_algo_search": "HEURISTIC",
            "cudnn_conv_use_max_workspace": "0",
            "use_tf32": "0",
        }

    def paddle_flags(self) -> dict[str, str]:
        """The same in PaddlePaddle's words: variables that it reads when it is imported."""
        return {
            "FLAGS_gpu_memory_limit_mb": str(self.memory // MIB),
            "FLAGS_allocator_strategy": "auto_growth",
        }


def card_of(options: EngineOptions, there: Sequence[Card]) -> Card:
    """The card of this engine: engines are dealt over the cards in turn."""
    return there[options.worker % len(there)]


def seat_of(options: EngineOptions, there: Sequence[Card]) -> Seat | None:
    """The place of this engine; None where too little memory is left for it.

    there: the cards, at least one. Each engine measures for itself what is free, so one that comes later sees less and
    takes less: together they stay below the ceiling.
    """
    card, count = card_of(options, there), len(there)
    ceiling = card.lent
    if options.gpu_memory_mib:
        ceiling = min(options.gpu_memory_mib * MIB, card.memory if card.free is None else card.free)
    on_card = len(range(options.worker % count, max(options.workers, options.worker + 1), count))
    fitting = ceiling // (OVERHEAD + LEAST)
    if options.worker // count >= fitting:
        return None
    return Seat(card.number, ceiling // min(on_card, fitting) - OVERHEAD)


def columns_of(quad: Quad) -> int:
    """How wide the recogniser's input is for the line in this place."""
    wide = math.ceil(LINE_HEIGHT * elongation(quad))
    return -(-(wide + LINE_MARGIN) // LINE_STEP) * LINE_STEP


def line_batches(quads: Sequence[Quad], most_columns: int) -> Iterator[tuple[int, ...]]:
    """Which lines are read together, by their numbers: of like width, and of so many columns in all.

    Each line of a batch is as wide as its widest. A line that is wider than all that is a batch of its own.
    """
    wide = [columns_of(quad) for quad in quads]
    batch: list[int] = []
    for number in sorted(range(len(quads)), key=wide.__getitem__):
        if batch and (len(batch) >= MOST_LINES or (len(batch) + 1) * wide[number] > most_columns):
            yield tuple(batch)
            batch = []
        batch.append(number)
    if batch:
        yield tuple(batch)
