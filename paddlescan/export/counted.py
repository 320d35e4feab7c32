"""Rows that are counted while they go into a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Counted(Generic[T]):
    """Hands on what it is given, once; `count` says how many there were so far."""

    def __init__(self, each: Iterable[T]) -> None:
        self._each, self.count = each, 0

    def __iter__(self) -> Iterator[T]:
        for one in self._each:
            self.count += 1
            yield one
