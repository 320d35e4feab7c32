"""The three models on the CPU, each under the backend that suits it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.document import Backend, EngineOptions, ModelTrial, Runtimes
from paddlescan.ocr.likeness import OfLines, OfPages
from paddlescan.ocr.models import dictionary, find_models, intact_bytes
from paddlescan.ocr.opening import open_recogniser, open_runner, suits_processor
from paddlescan.ocr.runners import Runner
from paddlescan.ocr.runtimes import chosen, installed_backends, tries
from paddlescan.ocr.trial import Opener, Trial
from paddlescan.resources_dir import resource

log = logging.getLogger(__name__)

PAGES_TRIED, LINES_TRIED = 3, 16
"""What a backend is tried on."""
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
    asked = rivals(characters)  # now: a trial opens models where few files can be read
    threads = options.threads

    def open_detector(backend: Backend, content: bytes) -> Runner:
        return open_runner(backend, content, threads)

    def open_lines(backend: Backend, content: bytes) -> Runner:
        return open_recogniser(backend, content, asked, threads)

    backends = chosen(options)
    detector = open_detector(backends[0], contents[0])
    recogniser = open_lines(backends[1], contents[1])
    classifier = open_runner(backends[2], contents[2], threads)
    tries_detector, tries_recogniser = tries(options)
    if tries_detector:
        others = _others(detector, models.detector, open_detector)
        detector = Trial(detector, others, PAGES_TRIED, OfPages(), skip=PAGES_BEFORE)
    if tries_recogniser:  # one after the other: two more models at once would take too much memory
        first = detector if isinstance(detector, Trial) else None
        others = _others(recogniser, models.recogniser, open_lines)
        recogniser = Trial(recogniser, others, LINES_TRIED, OfLines(), skip=PAGES_BEFORE, after=first)
    return CpuModels(detector, recogniser, classifier, characters, options.runtimes or Runtimes())


def rivals(characters: Sequence[str]) -> list[int]:
    """The classes that a step is asked for before it is taken for blank: of the space, and of the characters in
    `resources/recogniser/rivals.txt`. characters: the recogniser's dictionary, of classes 1, 2, ..."""
    wanted = {" ", *resource("recogniser", "rivals.txt").read_text(encoding="utf-8").strip()}
    return [n for n, character in enumerate((*characters, " "), start=1) if character in wanted]


def _others(present: Runner, file: Path, opened: Callable[[Backend, bytes], Runner]) -> list[Opener]:
    """Those that are tried; each reads and checks the file only when it is called."""

    def opener(backend: Backend) -> Opener:
        return lambda: opened(backend, intact_bytes(file)) if suits_processor(backend) else None

    return [opener(backend) for backend in installed_backends() if backend != present.backend]
