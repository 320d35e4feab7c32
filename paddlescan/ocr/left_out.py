"""Lets PaddleX be imported without what it imports and an engine of ours never uses.

PaddleX 3.7 imports the hubs that models could be fetched from, web clients, pandas and more at its top level: for
downloads, training, tables and time series, and for results written as sheets. That is two fifths of the
time an engine takes to load, much of a packed program, and all of its ways into the network. Here stand-ins take their
places while PaddleX is imported: every name can be asked for, as a base, a type, an exception or a constant; whoever
calls one later hears which package was left out. A package that is loaded already stays as it is; a stand-in is gone
from `sys.modules` afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LEFT_OUT = (
    *("aiohttp", "aistudio_sdk", "huggingface_hub", "modelscope", "requests"),
    *("chardet", "imagesize", "lxml", "openpyxl", "pandas", "prettytable", "tqdm"),
)
"""Of these, a packed program has lxml and openpyxl only, for our own use: its recipe leaves the others out."""

ONLY = {
    "paddleocr": ("_abstract", "_common_args", "_constants", "_env", "_pipelines", "_utils", "_version"),
    "paddleocr._pipelines": ("base", "ocr", "utils"),
    "paddlex": ("constants", "inference", "modules", "ops", "utils", "version"),
    "paddlex.inference.models": (
        *("bindings", "common", "engines", "hpi", "predictors", "runners", "utils"),
        *("text_detection", "text_recognition"),
    ),
    "paddlex.modules": ("text_detection", "text_recognition"),
    "paddlex.modules.text_detection": ("model_list",),
    "paddlex.modules.text_recognition": ("model_list",),
    "paddlex.inference.pipelines": ("_parallel", "base", "components", "ocr"),
}
"""What of these packages is loaded; all else in them is stood in for. Left to themselves they load everything at once:
trainers, and the models and pipelines of what is no text."""


class LeftOut(ImportError):
    """Something was called of a package that is not there."""


class _Named(type):
    """The class of stand-ins for names."""

    importing = False
    """Whether PaddleX is being imported: it makes some constants then."""

    def __getattr__(cls, name: str) -> Any:
        return _stand_in(cls.__name__, name)

    def __call__(cls, *_: object, **__: object) -> Any:
        if not _Named.importing:
            raise LeftOut(f"{cls.__name__} is left out of this program")
        return cls


def _stand_in(owner: str, name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return _Named(f"{owner}.{name}", (Exception,), {})


def _is_left_out(name: str) -> bool:
    """Whether a module, or what it is in, is stood in for."""
    parent, _, last = name.rpartition(".")
    if not parent:
        return name in LEFT_OUT
    return (parent in ONLY and last not in ONLY[parent]) or _is_left_out(parent)


class _Standing(MetaPathFinder, Loader):
    """Finds the packages that are left out, before anybody looks whether they are installed."""

    def find_spec(self, name: str, path: Sequence[str | bytes] | None = None, target: ModuleType | None = None) -> Any:
        return ModuleSpec(name, self, is_package=True) if _is_left_out(name) else None

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__getattr__"] = lambda name: _stand_in(module.__name__, name)


@contextmanager
def left_out() -> Iterator[None]:
    """Within this, `LEFT_OUT` are stand-ins, as far as they are not loaded."""
    finder = _Standing()
    sys.meta_path.insert(0, finder)
    _Named.importing = True
    try:
        yield
    finally:
        _Named.importing = False
        sys.meta_path.remove(finder)
        for name, module in list(sys.modules.items()):
            if getattr(getattr(module, "__spec__", None), "loader", None) is finder:
                del sys.modules[name]
