"""What a person wants of a scanner, and how scanimage is told."""

from __future__ import annotations

from dataclasses import dataclass

from paddlescan.desktop.scanner.options import Abilities, Option, Source, mode_for

PAPERS: dict[str, tuple[float, float] | None] = {
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
    "whole": None,
}
"""Millimetres; None: as much as there is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to scan. What the device does not know is left to it."""

    resolution: int = 300
    colour: str = "colour"
    """Or "grey"."""
    source: str = ""
    """A source by its driver's word; with `kind` it is one of those that the device has."""
    kind: str = "flatbed"
    paper: str = "a4"
    """One of PAPERS."""


def source_of(abilities: Abilities, wish: Wish) -> Source | None:
    """The source that was meant: by its word and kind, else by its kind alone, else the first one."""
    sources = abilities.sources
    exact = (source for source in sources if (source.words, source.kind) == (wish.source, wish.kind))
    alike = (source for source in sources if source.kind == wish.kind)
    return next(exact, None) or next(alike, None) or next(iter(sources), None)


def resolution_of(abilities: Abilities, wish: Wish) -> int | None:
    """The resolution that comes nearest to the one that was meant."""
    return min(abilities.resolutions, key=lambda dpi: (abs(dpi - wish.resolution), -dpi), default=None)


def arguments_of(abilities: Abilities, wish: Wish) -> list[str]:
    """The options for scanimage: the source first, for the others depend on it; the size last, for the same reason."""
    options = abilities.options
    arguments = list(source.arguments) if (source := source_of(abilities, wish)) else []
    mode = mode_for(options, wish.colour) or mode_for(options, "grey" if wish.colour == "colour" else "colour")
    if mode:
        arguments.append(f"--mode={mode}")
    depth = options.get("--depth")
    if depth is not None and depth.usable and "8" in depth.choices and depth.value == "16":
        arguments.append("--depth=8")
    if (resolution := resolution_of(abilities, wish)) is not None:
        arguments.append(f"--resolution={resolution}")
    return arguments + (_size(abilities, wish) if abilities.sized else [])


def _size(abilities: Abilities, wish: Wish) -> list[str]:
    options, paper = abilities.options, PAPERS.get(wish.paper, PAPERS["a4"])
    arguments = []
    for axis, (page, start, length) in enumerate((("--page-width", "-l", "-x"), ("--page-height", "-t", "-y"))):
        most = _most(options[length])
        wanted = most if paper is None else min(paper[axis], most)
        if page in options and options[page].usable and options[page].span:
            arguments.append(f"{page}={wanted:g}")
        if start in options and options[start].usable:
            arguments += [start, f"{_least(options[start]):g}"]
        arguments += [length, f"{wanted:g}"]
    return arguments


def _most(option: Option) -> float:
    return option.span[1] if option.span else 0.0


def _least(option: Option) -> float:
    return option.span[0] if option.span else 0.0
