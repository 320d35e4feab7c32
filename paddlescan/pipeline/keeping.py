"""The store as everybody opens it who writes receipts: with the rules for what concerns several of them.

A program looks after it once at its start (`begun`), and lets a copy be made when its work is done (`after_work`).
"""

from __future__ import annotations

import getpass
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from paddlescan.document import Receipt
from paddlescan.errors import PaddleScanError
from paddlescan.extraction.rules import recheck
from paddlescan.extraction.sameness import apart, merchant_key, same_keys, seen_before
from paddlescan.store import Rules, Store
from paddlescan.store.care import Found, begin, copy_due, copy_due_at_end, keep_copy, tidy

log = logging.getLogger(__name__)


def _continues(first: Receipt, following: Receipt) -> bool:
    # Half of `extraction` comes with it, which a window that opens can do without.
    from paddlescan.extraction.joining import continues

    return continues(first, following)


def _join(pages: Sequence[Receipt]) -> Receipt:
    from paddlescan.extraction.joining import join

    return join(pages)


RULES = Rules(recheck, same_keys, apart, seen_before, _continues, _join, merchant_key)


def open_store(path: Path) -> Store:
    """The store at a path, with the rules; edits are noted as this person's. Raises what the store raises."""
    return Store(path, rules=RULES, who=login_name())


@contextmanager
def begun(path: Path, checking: Callable[[], None] | None = None) -> Iterator[Found]:
    """The store looked after and marked as open, for a program without a window; see `store.care.begin`."""
    with begin(path, checking) as held:
        yield held.found


def after_work(path: Path, stop: Callable[[], bool] | None = None) -> None:
    """A command ends that wrote: a copy where one is due, room given back. What fails is logged and comes again."""
    try:
        if copy_due(path) or copy_due_at_end(path):
            keep_copy(path, stop)
        tidy(path)
    except PaddleScanError as error:
        log.warning("no copy of the store: %s", error.code)


def login_name() -> str:
    """Whose edits are noted; empty where that is not known."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such account, as in some containers; Windows without its variables
        return ""
