"""The doctor: tests every part that reading needs, and says what to do where one fails."""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paddlescan import __version__
from paddlescan.desktop.diagnosis import Diagnosis, Speaker
from paddlescan.desktop.graphics import diagnose_device
from paddlescan.desktop.scanner.program import find_program, version_of
from paddlescan.desktop.surroundings import desktop_parts
from paddlescan.document import Backend, EngineOptions, Language, ModelTrial, PageRef, ScanOptions, SourceFile
from paddlescan.errors import EngineStops, ModelDamaged, PaddleScanError, ScannerProgramMissing, StoreDamaged
from paddlescan.ocr.devices import choose_device
from paddlescan.ocr.models import find_models, verify
from paddlescan.ocr.reasons import TURNED_DOWN
from paddlescan.ocr.runtimes import chosen, tries
from paddlescan.paths import Paths
from paddlescan.pipeline.clients import EngineProcess
from paddlescan.pipeline.cluster.address import extra
from paddlescan.pipeline.jail import SWITCH, Jail
from paddlescan.pipeline.keeping import begun
from paddlescan.pipeline.light_client import LightProcess
from paddlescan.pipeline.runtimes_kept import with_kept
from paddlescan.pipeline.supervisor import EngineLost
from paddlescan.resources_dir import resource
from paddlescan.store import Store
from paddlescan.store.care import copies, is_whole
from paddlescan.words import error_sentence, why_there

__all__ = ["Diagnosis", "diagnose_jail", "examine"]

LOW_DISK_GIB = 1.0
RUNTIMES = {"onnxruntime": "ONNX Runtime", "openvino": "OpenVINO", "paddle": "PaddlePaddle"}
SAMPLE = "cafe.jpg"
SAMPLE_TOTAL = "42.40"
"""What `resources/samples/truth.json` says of it; a test compares the two."""


def examine(paths: Paths, engine: EngineOptions, language: Language, reading: bool = True) -> Iterator[Diagnosis]:
    """Test one part after another, quick ones first. reading: also whether a sample is read rightly, for which an
    engine is loaded; some seconds."""
    say = Speaker(language)
    yield Diagnosis(
        "program",
        "ok",
        say(
            "program_detail",
            version=__version__,
            python=platform.python_version(),
            system=platform.platform(terse=True),
        ),
    )
    seen = _Seen()
    for name, test in (
        ("device", lambda: diagnose_device(engine, say)),
        ("runtimes", lambda: _runtimes(engine, say)),
        ("models", lambda: _models(say)),
        ("fonts", lambda: _fonts(say)),
        ("folders", lambda: _folders(paths, say)),
        ("store", lambda: _store(paths, say)),
        *desktop_parts(language),
        ("reading", lambda: _reading(paths, engine, say, seen)),
        ("jail", lambda: _jail(paths, say, seen)),
        ("scanner", lambda: diagnose_scanner(language)),
        *_extras(say),
    ):
        if reading or name != "reading":
            yield _guarded(name, test, language)


def _guarded(name: str, test: Callable[[], Diagnosis], language: Language) -> Diagnosis:
    try:
        return test()
    except PaddleScanError as error:
        message, remedy = error_sentence(error.failure, language)
        return Diagnosis(name, "problem", message, remedy, error.code)


def _runtimes(engine: EngineOptions, say: Speaker) -> Diagnosis:
    """What runs the models, and what was measured where that was found out."""
    engine = with_kept(engine)
    info = choose_device(engine)
    if info.name == "paddle" or info.device == "gpu":
        return Diagnosis("runtimes", "ok", RUNTIMES[info.name])
    detector, recogniser, _ = chosen(engine)
    detail = say("runtimes_detail", detector=_named(detector), recogniser=_named(recogniser))
    if any(tries(engine)):
        return Diagnosis("runtimes", "ok", detail + say("runtimes_not_tried"))
    found = engine.runtimes
    if found is None or engine.engine != "auto":
        return Diagnosis("runtimes", "ok", detail)
    page, line = (_measured(trial) for trial in (found.detector, found.recogniser))
    return Diagnosis("runtimes", "ok", detail + say("runtimes_measured", page=page, line=line))


def _measured(trial: ModelTrial | None) -> str:
    measured = trial.milliseconds if trial is not None else ()
    return ", ".join(f"{_named(backend)} {each:.0f} ms" for backend, each in measured) or "-"


def _named(backend: Backend) -> str:
    """E.g. `OpenVINO (bfloat16)`; float32 is what everybody expects."""
    name = RUNTIMES[backend.runtime]
    return name if backend.precision == "float32" else f"{name} ({backend.precision})"


def _models(say: Speaker) -> Diagnosis:
    checks = verify(find_models())
    damaged = [check.name for check in checks if not check.intact]
    if damaged:
        raise ModelDamaged(detail=", ".join(damaged))
    return Diagnosis("models", "ok", say("models_detail", count=len(checks)))


def _fonts(say: Speaker) -> Diagnosis:
    if sys.platform in ("win32", "darwin"):  # both come with Chinese fonts
        return Diagnosis("fonts", "ok", say("fonts_detail"))
    homes = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]
    marks = ("cjk", "wqy", "hansans", "hanserif", "uming", "ukai", "droidsansfallback")
    for home in homes:
        if any(mark in font.name.lower() for font in home.rglob("*.[ot]t[fc]") for mark in marks):
            return Diagnosis("fonts", "ok", say("fonts_detail"))
    return Diagnosis("fonts", "note", say("fonts_missing"), say("fonts_remedy"))


def _folders(paths: Paths, say: Speaker) -> Diagnosis:
    paths.make()
    for folder in (paths.config, paths.data, paths.cache, paths.logs):
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError:
            return Diagnosis("folders", "problem", say("folders_broken", folder=folder), say("folders_remedy"))
    free = shutil.disk_usage(paths.data).free / 2**30
    if free < LOW_DISK_GIB:
        low = say("folders_full", free=f"{free:.1f}", data=paths.data)
        return Diagnosis("folders", "problem", low, say("folders_full_remedy"))
    places = {"data": paths.data, "config": paths.config, "logs": paths.logs}
    return Diagnosis("folders", "ok", say("folders_detail", free=f"{free:.0f}", **places))


def _store(paths: Paths, say: Speaker) -> Diagnosis:
    with begun(paths.store) as found, Store(paths.store) as store:
        count, journal = len(store.batches()), f"journal {store.journal_mode}"
        if found.news is not None:
            message, remedy = error_sentence(found.news, say.language)
            return Diagnosis("store", "note", message, remedy)
        if not is_whole(paths.store):
            raise StoreDamaged(detail="a check failed")
    newest = next((copy.made.isoformat(" ", "minutes") for copy in copies(paths.store)), say("store_no_copy"))
    return Diagnosis("store", "ok", say("store_detail", batches=count, journal=journal, copy=newest))


@dataclass
class _Seen:
    """What one test saw that another one tells."""

    jail: Jail | None = None
    """Of the engine that was started."""


def _reading(paths: Paths, engine: EngineOptions, say: Speaker, seen: _Seen) -> Diagnosis:
    """Load a real engine in a process of its own and have it read a receipt whose total is known."""
    start = time.monotonic()
    process = EngineProcess(engine, log_file=paths.logs / "doctor.log", scratch_root=paths.scratch)
    try:
        hello = process.ensure_started()
        seen.jail, info = hello.jail, hello.engine
        result = process.scan(PageRef(SourceFile.at(resource("samples", SAMPLE))), ScanOptions())
    except EngineLost:
        raise EngineStops from None
    finally:
        process.stop()
    if result.error is not None:
        raise result.error.error()
    if result.receipts[0].value("total") != SAMPLE_TOTAL:
        return Diagnosis("reading", "problem", say("reading_wrong"), say("reading_remedy"))
    detail = say("reading_detail", seconds=f"{time.monotonic() - start:.1f}")
    if info is not None and (info.device == "gpu" or info.reason in TURNED_DOWN):
        where = say("reading_where", device=info.device.upper(), reason=why_there(info, say.language))
        remedy = say("reading_where_remedy") if info.device != "gpu" else ""
        return Diagnosis("reading", "note" if remedy else "ok", say.listed([detail, where]), remedy)
    return Diagnosis("reading", "ok", detail)


def _jail(paths: Paths, say: Speaker, seen: _Seen) -> Diagnosis:
    """What holds a process that decodes strangers' files: as the engine said, or a light process where none starts."""
    jail = seen.jail or _jail_of_light(paths)
    return diagnose_jail(jail, say.language)


def _jail_of_light(paths: Paths) -> Jail:
    process = LightProcess(log_file=paths.logs / "doctor.log", scratch_root=paths.scratch)
    try:
        return process.ensure_started().jail
    except EngineLost:
        raise EngineStops from None
    finally:
        process.stop()


def _extras(say: Speaker) -> Iterator[tuple[str, Callable[[], Diagnosis]]]:
    """Of what is installed besides; nothing is said of what is not, for most want none of it."""
    if (there := extra()).keys() >= {"distributed"}:
        yield "cluster", lambda: Diagnosis("cluster", "ok", say("cluster_detail", version=there["distributed"]))


def diagnose_scanner(language: Language) -> Diagnosis:
    """Whether the program that speaks with scanners is there. No scanner is looked for: that may ask the network."""
    say = Speaker(language)
    try:
        program = find_program()
        return Diagnosis("scanner", "ok", say("scanner_detail", program=program, version=version_of(program)))
    except (PaddleScanError, OSError) as error:
        failure = error.failure if isinstance(error, PaddleScanError) else ScannerProgramMissing().failure
        message, remedy = error_sentence(failure, language)
        return Diagnosis("scanner", "note", message, remedy, failure.code)


def diagnose_jail(jail: Jail, language: Language) -> Diagnosis:
    """What the rules in force mean, and what would bring those that are missing."""
    say = Speaker(language)
    if jail.switched_off:
        return Diagnosis("jail", "problem", say("jail_off", switch=SWITCH), say("jail_off_remedy", switch=SWITCH))
    parts = (
        (jail.landlock > 0, say("jail_landlock", version=jail.landlock)),
        (jail.calls, say("jail_calls")),
        (jail.limits, say("jail_limits")),
        (jail.job, say("jail_job")),
        (jail.descriptors, say("jail_descriptors")),
        (jail.graphics, say("jail_graphics")),
    )
    in_force = [words for holds, words in parts if holds]
    detail = say("jail_detail", rules=say("jail_and").join(in_force)) if in_force else say("jail_none")
    if sys.platform == "linux":
        lacks_files, lacks_calls = jail.landlock == 0, not jail.calls
        remedy = say("jail_landlock_remedy") if lacks_files else say("jail_calls_remedy") if lacks_calls else ""
    else:
        remedy = "" if jail.job else say("jail_other_remedy")
    return Diagnosis("jail", "note" if remedy else "ok", detail, remedy)
