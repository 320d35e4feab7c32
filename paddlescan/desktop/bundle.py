"""The support file: what somebody who helps wants to know of a machine, in one zip, without anything of a receipt.

Names of files and batches, and what was read, are in it only where the person asks for them.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO

from paddlescan.desktop.diagnosis import Diagnosis
from paddlescan.desktop.machine import machine, versions
from paddlescan.desktop.scrubbing import Scrubber, scrubber
from paddlescan.document import Language
from paddlescan.errors import PaddleScanError
from paddlescan.export.atomic import atomic_file
from paddlescan.export.json_export import entry
from paddlescan.paths import Paths
from paddlescan.settings import Settings, load_settings
from paddlescan.store import BatchSummary, Event, Store
from paddlescan.store.statistics import statistics
from paddlescan.words.bundle import contents, readme

MOST_BATCHES = 20
"""The newest batches, of which the journal is told."""
MOST_EVENTS = 50_000
"""Of a batch, the newest."""
MOST_LOGS = 24
MOST_OF_LOG = 512 << 10
"""Bytes of a log, the newest."""
MOST_OF_RECEIPTS = 64 << 20
"""Bytes of a batch's receipts."""
_SAFE_KINDS = ("bool", "int", "Device", "EngineName", "LanguageChoice")
"""Types of settings that stand as they are; what somebody typed or chose freely is only told to be there."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to be in it besides."""

    names: bool = False
    """Names of files, batches and persons."""
    receipts: bool = False
    """What was read and typed; implies names."""

    @property
    def with_names(self) -> bool:
        """Whether names are in it."""
        return self.names or self.receipts


def write_bundle(
    file: Path,
    paths: Paths,
    findings: Iterable[Diagnosis],
    wanted: Wanted | None = None,
    overwrite: bool = False,
    first: Language = "en",
) -> None:
    """Write it, whole or not at all, readable by its owner only. findings: of `doctor.examine`, in English.
    first: the language in which it begins to tell what it holds.

    A part that cannot be had (a damaged store) is told as an error by its code; the others are there. Raises
    ExportExists, ExportFailed, DiskFull.
    """
    wanted = wanted or Wanted()
    with atomic_file(file, overwrite, private=True) as out:
        _Bundle(out, paths, scrubber(paths), wanted, first).write(findings)


class _Bundle:
    """One zip that is being written."""

    def __init__(self, out: BinaryIO, paths: Paths, scrub: Scrubber, wanted: Wanted, first: Language) -> None:
        self._first: Language = first
        self._out, self._paths, self._scrub, self._wanted = out, paths, scrub, wanted

    def write(self, findings: Iterable[Diagnosis]) -> None:
        with zipfile.ZipFile(self._out, "w", zipfile.ZIP_DEFLATED) as self._zip:
            shown = contents(self._wanted.names, self._wanted.receipts)
            self._zip.writestr("README.txt", readme(shown, self._first))
            self._part("versions.json", versions)
            self._part("machine.json", lambda: machine(self._paths.data))
            self._part("doctor.json", lambda: [self._finding(finding) for finding in findings])
            self._part("settings.json", lambda: told_settings(load_settings(self._paths.settings)))
            self._part("store.json", lambda: statistics(self._paths.store))
            self._logs()
            try:
                with Store(self._paths.store, make=False) as store:
                    self._batches(store)
            except PaddleScanError as error:
                self._json("batches.json", {"error": error.code})

    def _finding(self, finding: Diagnosis) -> dict[str, Any]:
        told = asdict(finding)
        if finding.code and not self._wanted.with_names:
            del told["detail"], told["remedy"]
        return told

    def _part(self, name: str, make: Callable[[], Any]) -> None:
        """A part, or why it could not be made."""
        try:
            told = make()
        except PaddleScanError as error:
            told = {"error": error.code}
        except OSError as error:
            told = {"error": type(error).__name__}
        self._json(name, told)

    def _json(self, name: str, value: object) -> None:
        self._text(name, json.dumps(value, ensure_ascii=False, indent=1))

    def _text(self, name: str, text: str) -> None:
        self._zip.writestr(name, self._scrub(text).encode("utf-8", "backslashreplace"))

    def _logs(self) -> None:
        """The newest parts of the newest logs."""
        logs = sorted(self._paths.logs.glob("*.log*"), key=_age) if self._paths.logs.is_dir() else []
        for file in logs[:MOST_LOGS]:
            try:
                text = _end_of(file)
            except OSError as error:
                text = f"[{type(error).__name__}]"
            self._text(f"logs/{file.name}", text)

    def _batches(self, store: Store) -> None:
        batches = store.batches()
        self._json("batches.json", [self._batch(batch) for batch in batches])
        for batch in batches[:MOST_BATCHES]:
            events = store.newest_events(batch.id, MOST_EVENTS)
            self._text(f"journal/batch-{batch.id}.jsonl", "".join(self._event(event) for event in events))
            if self._wanted.receipts:
                self._text(f"receipts/batch-{batch.id}.jsonl", "".join(_receipts(store, batch.id)))

    def _batch(self, batch: BatchSummary) -> dict[str, Any]:
        told = {each.name: getattr(batch, each.name) for each in fields(batch)}
        told["options"] = asdict(batch.options)
        if not self._wanted.with_names:
            del told["name"], told["roots"]
            told["options"]["prepare"]["regions"] = len(batch.options.prepare.regions)
        return told

    def _event(self, event: Event) -> str:
        told = {name: value for name, value in asdict(event).items() if value not in (None, "")}
        if not self._wanted.with_names:
            told.pop("source", None)
            if event.who:
                told["who"] = "a person"
        return json.dumps(told, ensure_ascii=False) + "\n"


def told_settings(settings: Settings) -> dict[str, Any]:
    """Settings without what somebody typed or chose freely: of that, whether there is any."""
    told: dict[str, Any] = {}
    for each in fields(settings):
        value = getattr(settings, each.name)
        told[each.name] = value if str(each.type) in _SAFE_KINDS else bool(value)
    return told


def _receipts(store: Store, batch: int) -> Iterator[str]:
    """The entries of the JSON export, a line each, as many as have room."""
    room = MOST_OF_RECEIPTS
    for row in store.export_rows(batch):
        line = json.dumps(entry(row), ensure_ascii=False) + "\n"
        room -= len(line)
        if room < 0:
            return
        yield line


def _age(file: Path) -> float:
    """Seconds since the epoch at which it was last written, the newest first."""
    try:
        return -file.stat().st_mtime
    except OSError:  # gone meanwhile
        return 0.0


def _end_of(file: Path) -> str:
    """The newest part of a log, from the beginning of a line on."""
    with file.open("rb") as log:
        size = log.seek(0, 2)
        log.seek(max(0, size - MOST_OF_LOG))
        text = log.read(MOST_OF_LOG).decode("utf-8", "replace")
    return text if size <= MOST_OF_LOG else text.partition("\n")[2]
