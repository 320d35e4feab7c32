"""The options of one device, as scanimage prints them, and what of them a clerk chooses.

Every driver names its values in its own way ("Automatic Document Feeder(left aligned,Duplex)"): they are told apart by
words that all of them use, and given back exactly as they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from paddlescan.desktop.scanner.failures import failure_of
from paddlescan.desktop.scanner.listing import Scanner
from paddlescan.desktop.scanner.program import Stop, answer_of
from paddlescan.errors import ScannerSilent

SourceKind = Literal["flatbed", "feeder", "duplex", "other"]

USUAL_RESOLUTIONS = (150, 200, 300, 400, 600)
_MOST_DPI = 1200
_LONGEST = 20_000
_HEAD = re.compile(r" {4}(--?[A-Za-z0-9][A-Za-z0-9_-]*)(.*)")
_FLAGS = re.compile(r" \[(inactive|hardware|read-only)\]$")
_SWITCH = re.compile(r"\[=\((?:auto\|)?yes\|no\)\]")
_SPAN = re.compile(r"(?:auto\|)?(-?[\d.]+)\.\.(-?[\d.]+)[a-z%]*(?:,\.\.\.)?(?: \(in steps of [\d.]+\))?$")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Option:
    """One option."""

    name: str
    """With its dashes."""
    choices: tuple[str, ...] = ()
    span: tuple[float, float] | None = None
    value: str = field(default="", repr=False)
    usable: bool = True
    """Whether it can be set now."""


@dataclass(frozen=True, slots=True)
class Source:
    """Whence paper comes, and how the device is told."""

    kind: SourceKind
    words: str
    """As the driver names it."""
    arguments: tuple[str, ...]

    @property
    def many(self) -> bool:
        """Whether it takes page after page by itself, until it is empty."""
        return self.kind in ("feeder", "duplex")


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a device can do."""

    options: Mapping[str, Option] = field(repr=False)
    resolutions: tuple[int, ...]
    """Dots an inch; empty where it does not let choose."""
    colours: tuple[str, ...]
    """Of "colour" and "grey", those that it has."""
    sources: tuple[Source, ...]
    """Empty where there is but one and it has no name."""
    sized: bool
    """Whether it can be told how large the paper is."""


def ask_abilities(program: Path, scanner: Scanner, stop: Stop) -> Abilities | None:
    """What this scanner can do; None where it was told to stop. Raises what keeps it from answering: ScannerBusy and so
    on."""
    try:
        answer = answer_of(program, [f"--device-name={scanner.name}", "--format=pnm", "--all-options"], stop)
    except ScannerSilent:
        raise ScannerSilent(file=scanner.title) from None
    if stop.asked:
        return None
    if answer.status != 0:
        raise failure_of(answer.status, answer.err, scanner.title)
    return abilities_of(parse_options(answer.out))


# What scanimage prints ----------------------------------------------------------------------------------


def parse_options(lines: Iterable[str]) -> dict[str, Option]:
    """The options in an answer, by their names with dashes. What is not understood is left out."""
    found = {}
    for line in lines:
        head = _HEAD.fullmatch(line[:_LONGEST])
        if head is not None:
            found[head[1]] = _option(head[1], head[2])
    return found


def _option(name: str, rest: str) -> Option:
    flags = _FLAGS.search(rest)
    rest = rest[: flags.start()] if flags else rest
    switch = _SWITCH.match(rest)
    if switch is not None:
        return Option(name, ("yes", "no"), None, rest[switch.end() :].strip(" []"), flags is None)
    allowed, value = _parted(rest.removeprefix(" "))
    span = _SPAN.match(allowed)
    if span is not None:
        try:
            return Option(name, (), (float(span[1]), float(span[2])), value, flags is None)
        except ValueError:  # "1.2.3": nothing of a number
            return Option(name, (), None, value, flags is None)
    return Option(name, _choices(allowed), None, value, flags is None)


def _parted(rest: str) -> tuple[str, str]:
    """What is allowed, and what is set: "Gray|24bit Color[Fast] [24bit Color[Fast]]" has brackets in either."""
    if not rest.endswith("]"):
        return rest, ""
    places = [at.start() for at in re.finditer(r" \[", rest)] or [-1]
    for at in reversed(places):
        if at >= 0 and rest[at + 2 : -1] in rest[:at].split("|"):
            return rest[:at], rest[at + 2 : -1]
    at = places[-1]
    return (rest[:at], rest[at + 2 : -1]) if at >= 0 else (rest, "")


def _choices(allowed: str) -> tuple[str, ...]:
    return tuple(choice for choice in allowed.split("|") if choice and choice.isprintable())


# What a clerk chooses -----------------------------------------------------------------------------------


def abilities_of(options: Mapping[str, Option]) -> Abilities:
    """What can be chosen of these options."""
    return Abilities(
        dict(options),
        _resolutions(options.get("--resolution")),
        tuple(colour for colour in ("colour", "grey") if mode_for(options, colour)),
        _sources(options),
        all(name in options and options[name].span and options[name].usable for name in ("-x", "-y")),
    )


def _resolutions(option: Option | None) -> tuple[int, ...]:
    if option is None or not option.usable:
        return ()
    if option.span is not None:
        low, high = option.span
        return tuple(dpi for dpi in USUAL_RESOLUTIONS if low <= dpi <= high)
    numbers = [_NUMBER.match(choice) for choice in option.choices]
    offered = sorted({round(float(number[0])) for number in numbers if number})
    return tuple(dpi for dpi in offered if dpi in USUAL_RESOLUTIONS) or tuple(
        dpi for dpi in offered if 0 < dpi <= _MOST_DPI
    )


def mode_for(options: Mapping[str, Option], colour: str) -> str:
    """The driver's word for colour or grey; empty where it has none. Plain ones go before dithered and fast ones."""
    option = options.get("--mode")
    if option is None or not option.usable:
        return ""
    wanted = "colo" if colour == "colour" else "gr"
    fits = [mode for mode in option.choices if any(word.startswith(wanted) for word in _words(mode))]
    return min(fits, key=_oddness, default="")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", re.sub(r"\d+bit|\d+-bit", " ", text.lower()))


def _oddness(mode: str) -> tuple[bool, bool, int]:
    lower = mode.lower()
    odd = any(word in lower for word in ("dither", "diffusion", "halftone", "fast", "infrared"))
    deep = any(depth in lower for depth in ("16", "48", "30", "36", "42"))
    return odd, deep, len(mode)


def _sources(options: Mapping[str, Option]) -> tuple[Source, ...]:
    option = options.get("--source")
    if option is None or not option.usable:
        return ()
    named = [Source(_kind(word), word, (f"--source={word}",)) for word in option.choices]
    if not any(source.kind == "duplex" for source in named):
        switch = _duplex_switch(options)
        feeder = next((source for source in named if source.kind == "feeder"), None)
        if switch and feeder:
            named.append(Source("duplex", feeder.words, (*feeder.arguments, switch)))
    order: tuple[SourceKind, ...] = ("flatbed", "feeder", "duplex", "other")
    return tuple(sorted(named, key=lambda source: order.index(source.kind)))


def _kind(word: str) -> SourceKind:
    lower = word.lower()
    if "back" in lower:
        return "other"
    if "duplex" in lower or "both side" in lower:
        return "duplex"
    if "adf" in lower or "feeder" in lower:
        return "feeder"
    return "flatbed" if "flat" in lower or "platen" in lower or lower == "normal" else "other"


def _duplex_switch(options: Mapping[str, Option]) -> str:
    """How a feeder is told to take both sides, where that is an option of its own: it may be inactive until then."""
    for name in ("--adf-mode", "--duplex"):
        option = options.get(name)
        for choice in option.choices if option else ():
            if choice.lower() == "duplex" or (name == "--duplex" and choice == "yes"):
                return f"{name}={choice}"
    return ""
