"""The engine that a command line asks for."""

from __future__ import annotations

import argparse

from paddlescan.document import EngineOptions
from paddlescan.paths import Paths
from paddlescan.settings import load_settings


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
