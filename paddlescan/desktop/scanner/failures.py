"""What scanimage's end means for a person."""

from __future__ import annotations

from collections.abc import Sequence

from paddlescan.errors import (
    PaddleScanError,
    ScannerBusy,
    ScannerCoverOpen,
    ScannerDenied,
    ScannerEmpty,
    ScannerFailed,
    ScannerGone,
    ScannerJammed,
)

NO_PAPER = 7
"""The status of a feeder that is empty: at the end of a pile, all is well."""

_STATUS = {
    1: "Operation not supported",
    2: "Operation was canceled",
    3: "Device busy",
    4: "Invalid argument",
    5: "End of file reached",
    6: "Document feeder jammed",
    NO_PAPER: "Document feeder out of documents",
    8: "Scanner cover is open",
    9: "Error during device I/O",
    10: "Out of memory",
    11: "Access to resource has been denied",
}
"""SANE's states: as numbers they are how scanimage ends, as words the end of what it says."""
_KINDS: dict[str, type[PaddleScanError]] = {
    "Device busy": ScannerBusy,
    "Document feeder jammed": ScannerJammed,
    "Document feeder out of documents": ScannerEmpty,
    "Scanner cover is open": ScannerCoverOpen,
    "Access to resource has been denied": ScannerDenied,
}
_NOT_OPENED = ("open of device ", "setting of option ")
UNKNOWN = "it did not say why"
CRASHED = "its driver crashed"
REFUSED = "it does not know that choice"
DETAILS = (UNKNOWN, CRASHED, REFUSED, *(words for words in _STATUS.values() if words not in _KINDS))
"""All that `ScannerFailed` may say, known to `words.reason`."""


def failure_of(status: int, said: Sequence[str], scanner: str) -> PaddleScanError:
    """The error that a run ended with. said: what it said of errors; scanner: what a person calls the device."""
    line, words = _last_words(said)
    if status < 0:
        return ScannerFailed(file=scanner, detail=CRASHED)
    words = words or _STATUS.get(status if status > 1 else 0, "")
    if words in _KINDS:
        return _KINDS[words](file=scanner)
    if _NOT_OPENED[0] in line:
        return ScannerGone(file=scanner)  # "Invalid argument": no such device any more; or its cable was pulled
    if _NOT_OPENED[1] in line or "unrecognized option" in line:
        return ScannerFailed(file=scanner, detail=REFUSED)
    return ScannerFailed(file=scanner, detail=words or UNKNOWN)


def said_status(said: Sequence[str]) -> int:
    """The status that a run told of before it did not come to its end; 0: all was well."""
    words = _last_words(said)[1]
    return next((status for status, known in _STATUS.items() if known == words), 0)


def _last_words(said: Sequence[str]) -> tuple[str, str]:
    """The last line that tells of an error, and which of SANE's states it tells of."""
    told = [line for line in said if line.startswith("scanimage: ")]
    for line in reversed(told):
        for words in _STATUS.values():
            if line.rstrip(")").endswith(words):
                return line, words
    return (told[-1] if told else ""), ""
