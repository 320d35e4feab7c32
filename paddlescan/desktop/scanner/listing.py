"""Which scanners there are. Asking may take half a minute, and may look around in the network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from paddlescan.desktop.scanner.failures import failure_of
from paddlescan.desktop.scanner.program import Stop, answer_of
from paddlescan.errors import ScannerNone

_FORMAT = "%d\t%v\t%m\t%t%n"
_LONGEST = 200
_MOST = 100
_CAMERAS = "v4l:"


@dataclass(frozen=True, slots=True)
class Scanner:
    """One device. Its name may tell where in the network it is, so it is not shown in a repr."""

    name: str = field(repr=False)
    """What scanimage calls it: data, nothing of it is taken apart."""
    title: str = field(repr=False)
    """What a person calls it: maker and model."""


def list_scanners(program: Path, stop: Stop) -> tuple[Scanner, ...]:
    """All scanners; cameras, which SANE counts among them, come last. Raises ScannerNone, ScannerFailed, ScannerSilent.

    Empty where it was told to stop.
    """
    answer = answer_of(program, [f"--formatted-device-list={_FORMAT}"], stop)
    if stop.asked:
        return ()
    found = parse_list(answer.out)
    if answer.status != 0 and not found:
        raise failure_of(answer.status, answer.err, "")
    if not found:
        raise ScannerNone
    return found


def parse_list(lines: Iterable[str]) -> tuple[Scanner, ...]:
    """The scanners in an answer. Lines that are none are passed over; two of one model get their names behind."""
    rows = [line.split("\t") for line in lines]
    usable = [row for row in rows if len(row) == 4 and row[0] and len(row[0]) <= _LONGEST and row[0].isprintable()]
    kept = list({row[0]: _title(row) for row in usable}.items())[:_MOST]
    titles = [title for _, title in kept]
    scanners = (Scanner(name, title if titles.count(title) == 1 else f"{title} ({name})") for name, title in kept)
    return tuple(sorted(scanners, key=lambda scanner: scanner.name.startswith(_CAMERAS)))


def _title(row: list[str]) -> str:
    """Maker and model, each only once ("Canon" "Canon MG3600"), without what cannot be shown."""
    name, maker, model, _ = row
    maker = "" if maker.lower() in ("noname", "unknown", "") or model.lower().startswith(maker.lower()) else maker
    words = f"{maker} {model}".replace("_", " ")
    return "".join(c for c in " ".join(words.split()) if c.isprintable())[:_LONGEST] or name
