"""Modules for layouts that say more than their labels. Each only proposes candidates.

A layout is a file of `resources/patterns/kinds/`; one that needs a module here names it, and the module has a
function `propose(page)`, and, where it reads the table of goods itself, `find_items(page, fields)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from paddlescan.document import Field, Item
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.layouts import Layout
from paddlescan.extraction.page import Page
from paddlescan.extraction.patterns import BadPatterns


@cache
def modules() -> frozenset[str]:
    """The names a layout may give."""
    return frozenset(found.name for found in iter_modules(__path__))


def module_of(layout: Layout) -> Any:
    """The module that a layout names; None where it names none. Raises BadPatterns."""
    if layout.module is None:
        return None
    if layout.module not in modules():
        raise BadPatterns(f"{layout.name}: no module {layout.module}; there are {', '.join(sorted(modules()))}")
    module = _loaded(layout.module)
    if not hasattr(module, "propose"):
        raise BadPatterns(f"{layout.name}: the module {layout.module} is a part of another and proposes nothing")
    return module


@cache
def _loaded(name: str) -> Any:
    return import_module(f"{__name__}.{name}")


def propose(page: Page) -> Iterator[Candidate]:
    """What the module of the page's layout proposes; nothing where it has none. Raises BadPatterns."""
    module = module_of(page.layout)
    if module is not None:
        yield from module.propose(page)


def find_items(page: Page, fields: Iterable[Field]) -> tuple[Item, ...]:
    """The line items as the module of the page's layout finds them; none where it does not look. Raises BadPatterns."""
    find = getattr(module_of(page.layout), "find_items", None)
    return () if find is None else tuple(find(page, fields))
