"""Every error PaddleScan can tell a person about, each with a stable code, a sentence and a remedy.

The lowest room of the house: it imports nothing of ours. A code is a contract (JSON, logs and
translations key on it) and is never translated. The English sentences live here; other languages
live in `resources/messages/` and are looked up by `words`.
"""

from __future__ import annotations

from paddlescan.errors.base import ERRORS, FILELESS, Failure, PaddleScanError
from paddlescan.errors.engines import (
    EngineMissing,
    EngineNotOffered,
    EngineStops,
    GpuUnavailable,
    GpuWrongAnswer,
    ModelDamaged,
    ModelMissing,
    PatternsWrong,
)
from paddlescan.errors.files import (
    EmptyFile,
    FileChanged,
    FileVanished,
    NoPermission,
    NothingToScan,
    OutOfMemory,
    PageStopsEngine,
    PageTimedOut,
    PasswordNeeded,
    TooLarge,
    TooManyPages,
    TruncatedFile,
    UnreadableFile,
    UnsupportedFormat,
    WrongPassword,
)
from paddlescan.errors.handing import (
    BatchUnknown,
    CopiesFailed,
    ExportExists,
    ExportFailed,
    NoBatchFits,
    NothingToExport,
    OptionAlone,
    PagesLeftOut,
    PatternBroken,
    PatternUnknown,
    TableDamaged,
    TableKind,
    TableLocked,
    TableTooLarge,
    TableUnknown,
    TemplateUnknown,
    TemplateWrong,
)
from paddlescan.errors.store import (
    DiskFull,
    FolderUnwritable,
    RowGone,
    StoreBusy,
    StoreDamaged,
    StoreTooNew,
    StoreUnwritable,
)

LOCKED_CODES: frozenset[str] = frozenset({PasswordNeeded.code, WrongPassword.code})
"""What a password mends."""

__all__ = [
    "ERRORS",
    "FILELESS",
    "LOCKED_CODES",
    "BatchUnknown",
    "CopiesFailed",
    "DiskFull",
    "EmptyFile",
    "EngineMissing",
    "EngineNotOffered",
    "EngineStops",
    "ExportExists",
    "ExportFailed",
    "Failure",
    "FileChanged",
    "FileVanished",
    "FolderUnwritable",
    "GpuUnavailable",
    "GpuWrongAnswer",
    "ModelDamaged",
    "ModelMissing",
    "NoBatchFits",
    "NoPermission",
    "NothingToExport",
    "NothingToScan",
    "OptionAlone",
    "OutOfMemory",
    "PaddleScanError",
    "PageStopsEngine",
    "PageTimedOut",
    "PagesLeftOut",
    "PasswordNeeded",
    "PatternBroken",
    "PatternUnknown",
    "PatternsWrong",
    "RowGone",
    "StoreBusy",
    "StoreDamaged",
    "StoreTooNew",
    "StoreUnwritable",
    "TableDamaged",
    "TableKind",
    "TableLocked",
    "TableTooLarge",
    "TableUnknown",
    "TemplateUnknown",
    "TemplateWrong",
    "TooLarge",
    "TooManyPages",
    "TruncatedFile",
    "UnreadableFile",
    "UnsupportedFormat",
    "WrongPassword",
]
