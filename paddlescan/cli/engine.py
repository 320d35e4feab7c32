"""What the command line reads with, and the engine that loads while the command itself does."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from paddlescan.document import EngineOptions
from paddlescan.errors import PaddleScanError
from paddlescan.paths import Paths, user_paths
from paddlescan.pipeline.early import EarlyEngine
from paddlescan.settings import load_settings, threads_for


def workers_of(options: argparse.Namespace, paths: Paths) -> int:
    """How many engines read: what was typed, else what was chosen in the settings, as where a command cannot say it."""
    return getattr(options, "workers", None) or load_settings(paths.settings).worker_count()


def engine_options(options: argparse.Namespace, paths: Paths) -> EngineOptions:
    """By its options; for what they leave open, by the settings."""
    memory = options.gpu_memory
    return EngineOptions(
        options.device,
        options.engine,
        patterns_dir=paths.patterns,
        gpu_dir=paths.gpu_package,
        runtimes_file=str(paths.runtimes),
        gpu_memory_mib=load_settings(paths.settings).gpu_memory_mib if memory is None else memory,
    )


def engine_of(options: argparse.Namespace, paths: Paths) -> EngineOptions:
    """The same for a command that reads with several, or says how they read."""
    count = workers_of(options, paths)
    return replace(engine_options(options, paths), threads=threads_for(count), workers=count)


@contextmanager
def early_engine(options: argparse.Namespace) -> Iterator[EarlyEngine | None]:
    """The first engine of a scan, which loads from now on; given up at the end if nobody took it.

    None where nothing that was named is there, or no engine can be made: then the command itself tells.
    """
    early = None
    if not options.cluster and any(os.path.lexists(path) for path in options.paths):
        with suppress(PaddleScanError):
            paths = user_paths().make()
            early = EarlyEngine(engine_of(options, paths), paths.logs / "engine-1.log", paths.scratch)
    try:
        if early is not None:
            early.start()
        yield early
    finally:
        if early is not None:
            early.give_up()
