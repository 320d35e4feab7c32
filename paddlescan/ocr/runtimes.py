"""Which runtime runs which model on the CPU, before anything is loaded. Cheap: nothing heavy is imported."""

from __future__ import annotations

import importlib.util

from paddlescan.document import EngineOptions, ModelTrial, RuntimeName, Runtimes


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
    found = options.runtimes or Runtimes()

    def best(trial: ModelTrial | None) -> RuntimeName:
        return trial.chosen if trial is not None and trial.chosen in here else here[0]

    return best(found.detector), best(found.recogniser), best(found.recogniser)


def tries(options: EngineOptions) -> tuple[bool, bool]:
    """Whether it is to be found out which runtime is quicker on the detector, and on the recogniser."""
    if options.engine != "auto" or options.runtimes_file is None or len(installed_runtimes()) < 2:
        return False, False
    found = options.runtimes or Runtimes()
    return found.detector is None, found.recogniser is None
