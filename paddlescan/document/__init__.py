"""Data types only: what flows through the house. Frozen all the way down; no behaviour, no I/O."""

from paddlescan.document.code import Code
from paddlescan.document.geometry import Point, Quad, bounds, quad_from
from paddlescan.document.options import Device, EngineName, EngineOptions, Limits, PrepareOptions, ScanOptions
from paddlescan.document.original import Entry, Original
from paddlescan.document.receipt import (
    AMOUNT_FIELDS,
    FIELD_NAMES,
    Check,
    Field,
    Item,
    Kind,
    Language,
    Origin,
    Preparation,
    Receipt,
    TextLine,
)
from paddlescan.document.result import BLANK, EngineInfo, Finding, PageResult, PageState, Seconds, Status
from paddlescan.document.runtimes import Backend, ModelTrial, Precision, RuntimeName, Runtimes
from paddlescan.document.source import PageRef, SourceFile, SourceInfo

__all__ = [
    "AMOUNT_FIELDS",
    "BLANK",
    "FIELD_NAMES",
    "Backend",
    "Check",
    "Code",
    "Device",
    "EngineInfo",
    "EngineName",
    "EngineOptions",
    "Entry",
    "Field",
    "Finding",
    "Item",
    "Kind",
    "Language",
    "Limits",
    "ModelTrial",
    "Origin",
    "Original",
    "PageRef",
    "PageResult",
    "PageState",
    "Point",
    "Precision",
    "Preparation",
    "PrepareOptions",
    "Quad",
    "Receipt",
    "RuntimeName",
    "Runtimes",
    "ScanOptions",
    "Seconds",
    "SourceFile",
    "SourceInfo",
    "Status",
    "TextLine",
    "bounds",
    "quad_from",
]
