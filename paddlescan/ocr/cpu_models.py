"""The three models on the CPU, each under the backend that suits it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.document import Backend, EngineOptions, ModelTrial, Runtimes
from paddlescan.ocr.likeness import OfLines, OfPages
from paddlescan.ocr.models import dictionary, find_models, intact_bytes
from paddlescan.ocr.runners import Runner, open_runner, suits_processor
from paddlescan.ocr.runtimes import chosen, installed_backends, tries
from paddlescan.ocr.trial import Opener, Trial

log = logging.getLogger(__name__)

PAGES_TRIED, LINES_TRIED = 3, 16
"""What a backend is tried on."""
PAGES_BEFORE = 1
"""What is read before it begins."""
_LOGITS = (False, True, False)
"""Detector, recogniser, line classifier: whose last softmax may be left out, as `LineDecoder` does without."""


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

    def begin_page(self) -> None:
        """Another page: trials may begin, and what won in them takes over."""
        for runner in (self.detector, self.recogniser):
            if isinstance(runner, Trial):
                runner.begin_page()

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
    for backend, milliseconds in found.milliseconds:
        log.info("%s: %s, %s took %d ms", name, backend.runtime, backend.precision, round(milliseconds))
    log.info("%s: %s, %s from now on", name, found.chosen.runtime, found.chosen.precision)
    return found


def open_models(options: EngineOptions) -> CpuModels:
    """Load the models by what is asked for and installed: see `runtimes.chosen`.

    Raises ModelMissing or ModelDamaged, ImportError where a runtime does not load.
    """
    models = find_models(Path(options.models_dir) if options.models_dir else None)
    contents = tuple(intact_bytes(file) for file in models.files)
    characters = dictionary(contents[1])
    detector, recogniser, classifier = (
        open_runner(backend, content, options.threads, logits)
        for backend, content, logits in zip(chosen(options), contents, _LOGITS, strict=True)
    )

    def others(present: Runner, file: Path, logits: bool) -> list[Opener]:
        return [
            _opener(backend, file, options.threads, logits)
            for backend in installed_backends()
            if backend != present.backend
        ]

    tries_detector, tries_recogniser = tries(options)
    if tries_detector:
        against = others(detector, models.detector, logits=False)
        detector = Trial(detector, against, PAGES_TRIED, OfPages(), skip=PAGES_BEFORE)
    if tries_recogniser:  # one after the other: two more models at once would take too much memory
        first = detector if isinstance(detector, Trial) else None
        against = others(recogniser, models.recogniser, logits=True)
        recogniser = Trial(recogniser, against, LINES_TRIED, OfLines(), skip=PAGES_BEFORE, after=first)
    return CpuModels(detector, recogniser, classifier, characters, options.runtimes or Runtimes())


def _opener(backend: Backend, file: Path, threads: int, logits: bool) -> Opener:
    """Reads and checks the file only when it is called."""
    return lambda: open_runner(backend, intact_bytes(file), threads, logits) if suits_processor(backend) else None
