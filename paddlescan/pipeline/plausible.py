"""Bounds of what a child may say beyond the types of its messages.

A child that a hostile file took over may send anything that fits a type: numbers that no database holds, three hundred
thousand pages, words for a sentence that has no place for them. What no honest child says is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from paddlescan.document import Limits, PageResult, SourceInfo
from paddlescan.document.codec import BadData
from paddlescan.errors import Failure, PaddleScanError
from paddlescan.pipeline.child import log_error
from paddlescan.pipeline.ends import EngineLost

LARGEST_NUMBER = 1 << 40
"""Ids of pages are the largest that an honest child says; SQLite's integers end at 2**63, a float's at 2**53."""
LARGEST_FRACTION = 1e12
"""Of places, angles, seconds and what turns one page into another."""
LARGEST_SIDE = 40_000
"""Pixels of a page."""
MOST_RECEIPTS, MOST_LINES = 1_000, 50_000
"""Of one page."""
Distrust = Callable[[], EngineLost]
_PARAMETERS = frozenset({"file", "detail", "extra"})
"""What children's errors fill their sentences with."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FORMAT = re.compile(r"[a-z0-9_+-]{1,20}")


def check_numbers(value: Any) -> None:
    """Raises BadData if a number anywhere in an answer, or a parameter of its failures, is none that a child says."""
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        match one:
            case bool() | str() | bytes() | None:
                continue
            case int() if abs(one) > LARGEST_NUMBER:
                raise BadData("not a message: a number")
            case float() if not abs(one) <= LARGEST_FRACTION:
                raise BadData("not a message: a fraction")
            case Failure() if not _PARAMETERS.issuperset(name for name, _ in one.parameters):
                raise BadData("not a message: a parameter")
            case tuple() | list():
                waiting.extend(one)
            case _:
                waiting.extend(getattr(one, name) for name in _names(type(one)))


def _names(kind: type) -> Iterable[str]:
    names: Iterable[str] = getattr(kind, "__struct_fields__", ()) or getattr(kind, "__dataclass_fields__", ())
    return names


def is_plausible_info(info: SourceInfo, limits: Limits) -> bool:
    """Whether a file may be so, looked at with these limits."""
    return (
        1 <= info.page_count <= limits.max_pages
        and _SHA256.fullmatch(info.sha256) is not None
        and _FORMAT.fullmatch(info.format) is not None
    )


def is_plausible_result(result: PageResult) -> bool:
    """Whether a page may be so."""
    sides = [side for side in (result.width, result.height) if side is not None]
    return (
        all(0 < side <= LARGEST_SIDE for side in sides)
        and (result.sha256 is None or _SHA256.fullmatch(result.sha256) is not None)
        and len(result.receipts) <= MOST_RECEIPTS
        and [receipt.number for receipt in result.receipts] == list(range(1, len(result.receipts) + 1))
        and sum(len(receipt.lines) for receipt in result.receipts) <= MOST_LINES
    )


@contextmanager
def believed(distrust: Distrust) -> Iterator[None]:
    """Around what looks at a child's answer or saves it: what nobody foresaw there is laid at the answer's door, so
    that its page is set aside rather than the batch ended, at every start.

    distrust: ends the child and says so. What a person can do something about passes as it is.
    """
    try:
        yield
    except (PaddleScanError, EngineLost):
        raise
    except Exception as error:  # noqa: BLE001 whatever a lie leads to
        log_error("an answer", error)
        raise distrust() from None
