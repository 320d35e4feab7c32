"""The store as everybody opens it who writes receipts: with the rules for what concerns several of them."""

from __future__ import annotations

import getpass
from pathlib import Path

from paddlescan.extraction.joining import continues, join
from paddlescan.extraction.rules import recheck
from paddlescan.extraction.sameness import apart, merchant_key, same_keys, seen_before
from paddlescan.store import Rules, Store

RULES = Rules(recheck, same_keys, apart, seen_before, continues, join, merchant_key)


def open_store(path: Path) -> Store:
    """The store at a path, with the rules; edits are noted as this person's. Raises what the store raises."""
    return Store(path, rules=RULES, who=login_name())


def login_name() -> str:
    """Whose edits are noted; empty where that is not known."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such account, as in some containers; Windows without its variables
        return ""
