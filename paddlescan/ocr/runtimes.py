"""Which runtime runs which model on the CPU, before anything is loaded. Cheap: nothing heavy is imported."""

from __future__ import annotations

import importlib.util

from paddlescan.document import EngineOptions, RuntimeName


def installed_runtimes() -> tuple[RuntimeName, ...]:
    """Those that can be asked for here, the usual one first."""
    names: tuple[RuntimeName, ...] = ("onnxruntime", "openvino")
    return tuple(name for name in names if importlib.util.find_spec(name) is not None)


def chosen(options: EngineOptions) -> tuple[RuntimeName, RuntimeName, RuntimeName]:
    """The runtimes of detector, recogniser and line classifier: the engine that was asked for, else what was found on
    this machine, as far as it is still installed, else the first that is installed."""
    if options.engine in ("onnxruntime", "openvino"):
        return (options.engine,) * 3
    here = installed_runtimes() or ("onnxruntime",)
    found = options.runtimes
    detector, recogniser = (found.detector.chosen, found.recogniser.chosen) if found else (here[0], here[0])
    if detector not in here or recogniser not in here:
        detector = recogniser = here[0]
    return detector, recogniser, recogniser


def tries(options: EngineOptions) -> bool:
    """Whether it is to be found out which runtime is quicker."""
    return (
        options.engine == "auto"
        and options.runtimes is None
        and options.runtimes_file is not None
        and len(installed_runtimes()) > 1
    )
