"""Remembers which runtime was quicker on this machine: one small file in the cache, written by the engine's owner, as
an engine itself may write nothing that stays.

What was found holds for one processor, one set of models, the backends that were tried, one version of each runtime and
one number of threads; for others it is found anew. The file keeps it for each number of threads, as programs that share
it may have several: one for each of two engines, two for a single one.
"""

from __future__ import annotations

import hashlib
import logging
import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from paddlescan.document import EngineOptions, Runtimes
from paddlescan.document.codec import BadData, decode, encode
from paddlescan.errors import PaddleScanError
from paddlescan.export.atomic import write_atomically
from paddlescan.ocr.models import SHA256
from paddlescan.ocr.runtimes import BACKENDS

log = logging.getLogger(__name__)

_PACKAGES = ("onnxruntime", "onnxruntime-gpu", "openvino")
"""Whatever brings a runtime; the first two bring the same one."""
_LARGEST = 1 << 16
_MOST_THREADS = 8
"""Numbers of threads that are remembered, the last ones."""
_TELLING = ("vendor_id", "cpu family", "model", "model name", "stepping", "flags", "Features", "CPU part")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the file holds."""

    key: str
    found: tuple[tuple[int, Runtimes], ...]
    """What was found with so many threads, each number once."""


def kept_runtimes(file: Path, threads: int) -> Runtimes | None:
    """What was found on this machine with so many threads; None where nothing was, or for something else."""
    return dict(_found(file)).get(threads)


def keep_runtimes(file: Path, runtimes: Runtimes, threads: int) -> None:
    """Remember what was found with so many threads. Where that is impossible it is found anew another time."""
    others = [one for one in _found(file) if one[0] != threads]
    kept = _Kept(_key(), (*others[1 - _MOST_THREADS :], (threads, runtimes)))
    try:
        write_atomically(file, encode(kept), overwrite=True, private=True)
    except PaddleScanError as error:
        log.info("what was found about runtimes is not kept: %s", error.code)


def with_kept(options: EngineOptions) -> EngineOptions:
    """The options with what was found before, where they say where that is kept and it is not there yet."""
    if options.runtimes_file is None or options.runtimes is not None or options.engine != "auto":
        return options
    return replace(options, runtimes=kept_runtimes(Path(options.runtimes_file), options.threads))


def _found(file: Path) -> tuple[tuple[int, Runtimes], ...]:
    try:
        with file.open("rb") as stream:
            kept = decode(stream.read(_LARGEST), _Kept)
    except (OSError, BadData):
        return ()
    return kept.found if kept.key == _key() else ()


def _key() -> str:
    tried = (f"{backend.runtime} {backend.precision}" for backend in BACKENDS)
    parts = (*_processor(), *_versions(), *tried, *sorted(SHA256.values()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _versions() -> Iterator[str]:
    for name in _PACKAGES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"no {name}"


def _processor() -> Iterator[str]:
    """What tells one processor from another: as Linux lists it, else its name."""
    yield f"{platform.machine()} {platform.processor()} {os.environ.get('PROCESSOR_IDENTIFIER', '')}"
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in text.partition("\n\n")[0].splitlines():
        if line.partition("\t")[0].partition(":")[0].strip() in _TELLING:
            yield line
