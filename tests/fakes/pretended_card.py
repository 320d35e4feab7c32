"""An engine process that takes the processor for a graphics card: pipe, jail, models and reading are the real ones.

    pretended_card.py COLUMNS THREADS DEVICE SCRATCH PIPE

The card has memory for so many columns of lines at once. Whatever is read on it is read by the real engine.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent.parent))

from paddlescan.pipeline import child

TESTS = Path(__file__).resolve().parent.parent


def main() -> None:
    side = child.begin(sys.argv[1:], lambda _: ((str(TESTS),), False))
    from paddlescan.ocr.environment import quiet_environment

    child.set_environment(quiet_environment(side.scratch, threads=int(side.words[1])))
    from paddlescan.document import EngineOptions
    from paddlescan.ocr.engine import OcrEngine
    from paddlescan.ocr.factory import load_engine
    from paddlescan.ocr.gpu_engine import GpuEngine
    from paddlescan.pipeline import engine_service
    from paddlescan.pipeline.service import answerer
    from tests.fakes.faulty_card import ShortCard

    def on_card(options: EngineOptions, scratch: Path) -> OcrEngine:
        engine = load_engine(replace(options, device="cpu", runtimes_file=None), scratch)
        card = ShortCard(engine, int(side.words[0]))
        card.info = replace(engine.info, device="gpu", reason="a mock stands in for a GPU")
        return GpuEngine(card, 32_768, lambda: engine)

    engine_service.load_engine = on_card
    service = engine_service.EngineService(side.scratch, jail=side.jail)
    side.serve(answerer(service.answer))


if __name__ == "__main__":
    main()
