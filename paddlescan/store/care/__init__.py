"""Care for the store's file: how a program opens it at its start, copies of it, and what becomes of a broken one.

Knows the file and the tables, nothing of windows and words.
"""

from paddlescan.store.care.copying import (
    Copy,
    copies,
    copy_due,
    copy_due_at_end,
    copy_of,
    keep_copy,
    keep_only_copy,
)
from paddlescan.store.care.found import Found, Saved
from paddlescan.store.care.health import is_whole
from paddlescan.store.care.opening import Held, begin
from paddlescan.store.care.tidying import tidy

__all__ = [
    "Copy",
    "Found",
    "Held",
    "Saved",
    "begin",
    "copies",
    "copy_due",
    "copy_due_at_end",
    "copy_of",
    "is_whole",
    "keep_copy",
    "keep_only_copy",
    "tidy",
]
