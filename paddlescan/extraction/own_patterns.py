"""An office's own words and layouts: taken into use, and looked through at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from paddlescan.errors import PatternsWrong
from paddlescan.extraction import documents, patterns
from paddlescan.extraction.layouts import layouts
from paddlescan.resources_dir import resource

_READ_IN = (
    patterns.labels,
    patterns.roles,
    patterns.names,
    partial(patterns.spelling, "company", "spelling"),
    patterns.known_merchants,
    patterns.company_misreads,
    patterns.site_endings,
    patterns.mail_services,
    patterns.months,
    patterns.money,
    patterns.country_words,
    patterns.country_shapes,
    patterns.item_columns,
    patterns.item_units,
    patterns.categories,
    patterns.weights,
    patterns.doubt,
)
"""What the files say, as pages will ask for it."""


def use_own_patterns(folder: Path) -> None:
    """Let the files of a folder laid out like `resources/patterns/` add to the bundled words and layouts.

    For the start of a process, before a page is read. Everything is read here, so that a slip in a file is told once
    and not page by page. Raises PatternsWrong; the bundled words stay in use then.
    """
    patterns.use(folder)
    layouts.cache_clear()
    try:
        for layout in layouts():
            documents.module_of(layout)
        _read_all()
    except patterns.BadPatterns as error:
        raise _refused(folder, str(error)) from None
    except OSError as error:
        raise _refused(folder, error.strerror or type(error).__name__) from None


def own_files(folder: Path) -> dict[str, bytes]:
    """The files of such a folder that are of use, by their names in it, to be used on another machine.

    They are looked through first: raises PatternsWrong. Not for a process that reads pages: here the bundled words
    alone are in use afterwards.
    """
    use_own_patterns(folder)
    _bundled_only()
    named = [folder / path.name for path in sorted(resource("patterns").glob("*.yaml"))]
    used = [*filter(Path.is_file, named), *sorted(folder.glob("kinds/*.yaml"))]
    try:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in used}
    except OSError as error:
        raise _refused(folder, error.strerror or type(error).__name__) from None


def _read_all() -> None:
    """Read every kind of words. Raises BadPatterns."""
    for read in _READ_IN:
        try:
            read()
        except patterns.BadPatterns:
            raise
        except (AttributeError, KeyError, TypeError, ValueError):  # what the words of a wrong shape run into
            raise patterns.BadPatterns("a mapping or a list stands where the bundled file has something else") from None


def _refused(folder: Path, detail: str) -> PatternsWrong:
    _bundled_only()
    return PatternsWrong(file=str(folder), detail=detail)


def _bundled_only() -> None:
    patterns.use(None)
    layouts.cache_clear()
