"""What the person chose, kept in one small JSON file."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from paddlescan.disk import folder_trouble
from paddlescan.document import Device, EngineName, EngineOptions, PrepareOptions, ScanOptions
from paddlescan.document.codec import BadData, decode, encode
from paddlescan.document.options import MOST_GPU_MIB
from paddlescan.export.atomic import write_atomically

log = logging.getLogger(__name__)

MOST_WORKERS = 16
"""More engines than this are not started."""
LanguageChoice = Literal["system", "en", "zh"]


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults. A setting that an older file lacks takes its default."""

    language: LanguageChoice = "system"
    device: Device = "auto"
    engine: EngineName = "auto"
    workers: int = 0
    """Engine processes; 0: one for every two processors and at most four, but two on a machine that has two."""
    gpu_memory_mib: int = 0
    """What they may take together of a graphics card's memory; 0: half of what is free."""
    orient: bool = True
    deskew: bool = True
    split: bool = True
    """Whether several receipts on one page are told apart."""
    remove_seals: bool = True
    seal_strength: int = 50
    export_folder: str = ""
    """Where the last export went; empty: the documents folder."""
    export_format: str = ""
    """What was exported last, by its name in the dialog; empty: a workbook."""
    export_template: str = ""
    """The name of the template that is offered; empty: that with all columns."""
    rename_pattern: str = ""
    """Of the names of copies; empty: the usual one."""
    add_folder: str = ""
    """Where files were last added from; empty: the pictures folder."""
    scanner_name: str = ""
    """The scanner that was used last, by its driver's name."""
    scanner_resolution: int = 300
    scanner_colour: Literal["colour", "grey"] = "colour"
    scanner_source: str = ""
    """By its driver's word; empty: the first one."""
    scanner_kind: Literal["flatbed", "feeder", "duplex", "other"] = "flatbed"
    scanner_paper: Literal["a4", "a5", "letter", "legal", "whole"] = "a4"
    hot_folder: str = ""
    """Whose files are read as they arrive; empty: none was chosen."""
    hot_folder_on: bool = False
    hot_folder_deep: bool = False
    """Whether the folders in it are watched, too."""
    hot_folder_move: bool = False
    """Whether what was read is moved."""
    hot_folder_move_to: str = ""
    """Where to; empty: into folders within the watched one."""
    window_geometry: bytes = b""
    window_state: bytes = b""
    """Splitters and folded panes, as the window wrote them."""
    table_state: bytes = b""

    def __post_init__(self) -> None:
        if not (
            0 <= self.workers <= 64 and 0 <= self.seal_strength <= 100 and 0 <= self.gpu_memory_mib <= MOST_GPU_MIB
        ):
            raise ValueError("a setting is out of its range")  # the codec makes it BadData

    def worker_count(self, processors: int | None = None) -> int:
        """How many engine processes to run (1..16); `threads_for` says with how many threads each."""
        if self.workers > 0:
            return min(self.workers, MOST_WORKERS)
        count = processors or os.cpu_count() or 1
        return max(1, min(4, count if count <= 2 else count // 2))

    def scan_options(self) -> ScanOptions:
        """The switches a new batch starts with."""
        return ScanOptions(
            PrepareOptions(
                find_regions=self.split,
                orient=self.orient,
                deskew=self.deskew,
                remove_seals=self.remove_seals,
                seal_strength=self.seal_strength,
            )
        )

    def engine_options(
        self, patterns_dir: str | None = None, gpu_dir: str | None = None, runtimes_file: Path | None = None
    ) -> EngineOptions:
        """The engine that was chosen. patterns_dir, gpu_dir, runtimes_file: see EngineOptions."""
        count = self.worker_count()
        return EngineOptions(
            self.device,
            self.engine,
            threads_for(count),
            patterns_dir=patterns_dir,
            gpu_dir=gpu_dir,
            runtimes_file=None if runtimes_file is None else str(runtimes_file),
            gpu_memory_mib=self.gpu_memory_mib,
            workers=count,
        )


KEPT_ON_RESET = ("window_geometry", "window_state", "table_state", "add_folder", "scanner_name")
"""How the window looks and where it last was is no choice that anybody would take back."""


def reset(settings: Settings) -> Settings:
    """The defaults, with the looks of the window as they are."""
    return Settings(**{name: getattr(settings, name) for name in KEPT_ON_RESET})


def threads_for(workers: int, processors: int | None = None) -> int:
    """Threads of each of so many engines, so that together they use every processor once (1..4)."""
    return max(1, min(4, (processors or os.cpu_count() or 1) // max(1, workers)))


def load_settings(file: Path) -> Settings:
    """The settings in a file; the defaults where there is none or it is damaged (then it is set aside)."""
    try:
        return decode(file.read_bytes(), Settings)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        log.warning("settings not readable: %s", type(error).__name__)
        return Settings()
    except BadData:
        log.warning("settings damaged, set aside; defaults are used")
        with suppress(OSError):  # a folder that may not be written
            file.replace(file.with_suffix(".damaged"))
        return Settings()


def save_settings(file: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all. Raises PaddleScanError (disk_full, export_failed, folder_unwritable)."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise folder_trouble(error, file.parent) from error
    write_atomically(file, encode(settings), overwrite=True, private=True)
