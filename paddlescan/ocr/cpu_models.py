"""The three models on the CPU, each under the runtime that suits it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.document import EngineOptions, ModelTrial, Runtimes
from paddlescan.ocr.models import dictionary, find_models, intact_bytes
from paddlescan.ocr.runners import Runner, open_runner
from paddlescan.ocr.runtimes import chosen, installed_runtimes, tries
from paddlescan.ocr.trial import Trial

log = logging.getLogger(__name__)

PAGES_TRIED, LINES_TRIED = 3, 16
"""What a trial is made of."""
PAGES_BEFORE = 1
"""What is read before it begins."""


@dataclass(slots=True)
class CpuModels:
    """Three models, ready to run."""

    detector: Runner
    recogniser: Runner
    line_classifier: Runner
    characters: tuple[str, ...]
    """The recogniser's dictionary."""
    found: Runtimes = field(default_factory=Runtimes)
    """What trials had found before, and have told since."""

    def take_found(self) -> Runtimes | None:
        """What is known of the runtimes, if a trial has ended since this was last asked."""
        detector = _news("detector", self.detector, self.found.detector)
        recogniser = _news("recogniser", self.recogniser, self.found.recogniser)
        found = Runtimes(detector or self.found.detector, recogniser or self.found.recogniser)
        if found == self.found:
            return None
        self.found = found
        return found


def _news(name: str, runner: Runner, known: ModelTrial | None) -> ModelTrial | None:
    """What a trial found that nobody knows yet."""
    found = runner.outcome if isinstance(runner, Trial) else None
    if found is None or known is not None:
        return None
    for runtime, milliseconds in found.milliseconds:
        log.info("%s: %s took %d ms", name, runtime, round(milliseconds))
    log.info("%s: %s from now on", name, found.chosen)
    return found


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

    def other(present: Runner, file: Path) -> Callable[[], Runner]:
        name = next(name for name in installed_runtimes() if name != present.name)
        return lambda: open_runner(name, intact_bytes(file), options.threads)

    tries_detector, tries_recogniser = tries(options)
    if tries_detector:
        detector = Trial(detector, other(detector, models.detector), PAGES_TRIED, skip=PAGES_BEFORE)
    if tries_recogniser:  # one after the other: two more models at once would take too much memory
        first = detector if isinstance(detector, Trial) else None
        recogniser = Trial(recogniser, other(recogniser, models.recogniser), LINES_TRIED, after=first)
    return CpuModels(detector, recogniser, classifier, characters, options.runtimes or Runtimes())
