"""The three models on the CPU, each under the runtime that suits it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from paddlescan.document import EngineOptions, Runtimes
from paddlescan.ocr.models import dictionary, find_models, intact_bytes
from paddlescan.ocr.runners import Runner, open_runner
from paddlescan.ocr.runtimes import chosen, installed_runtimes, tries
from paddlescan.ocr.trial import Trial

log = logging.getLogger(__name__)

PAGES_TRIED, LINES_TRIED = 4, 16
"""What a trial is made of."""
PAGES_BEFORE, LINES_BEFORE = 1, 60
"""What is read before it begins: a page."""


@dataclass(slots=True)
class CpuModels:
    """Three models, ready to run."""

    detector: Runner
    recogniser: Runner
    line_classifier: Runner
    characters: tuple[str, ...]
    """The recogniser's dictionary."""
    _told: bool = False

    def take_found(self) -> Runtimes | None:
        """What trials found, once, when the last of them is over; None before and afterwards."""
        detector, recogniser = self.detector, self.recogniser
        if not (isinstance(detector, Trial) and isinstance(recogniser, Trial)):
            return None
        if detector.outcome is None or recogniser.outcome is None or self._told:
            return None
        self._told = True
        for name, trial in (("detector", detector.outcome), ("recogniser", recogniser.outcome)):
            measured = ", ".join(f"{runtime} {each:.1f} ms" for runtime, each in trial.milliseconds)
            log.info("%s by %s: %s", name, trial.chosen, measured)
        return Runtimes(detector.outcome, recogniser.outcome)


def open_models(options: EngineOptions) -> CpuModels:
    """Load the models by what is asked for and installed: see `runtimes.chosen`.

    Raises ModelMissing or ModelDamaged, ImportError where a runtime does not load.
    """
    models = find_models(Path(options.models_dir) if options.models_dir else None)
    contents = tuple(intact_bytes(file) for file in models.files)
    characters = dictionary(contents[1])
    detector, recogniser, classifier = (
        open_runner(name, content, options.threads) for name, content in zip(chosen(options), contents, strict=True)
    )
    if not tries(options):
        return CpuModels(detector, recogniser, classifier, characters)

    def trial(present: Runner, file: Path, skip: int, inputs: int) -> Trial:
        other = next(name for name in installed_runtimes() if name != present.name)
        return Trial(present, lambda: open_runner(other, intact_bytes(file), options.threads), skip, inputs)

    return CpuModels(
        trial(detector, models.detector, PAGES_BEFORE, PAGES_TRIED),
        trial(recogniser, models.recogniser, LINES_BEFORE, LINES_TRIED),
        classifier,
        characters,
    )
