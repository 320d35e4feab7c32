"""What each kind of receipt is known by: one file a layout, in `resources/patterns/kinds/`.

A layout says which words tell it, what such a receipt should have, and behind which labels its values stand. Where that
is not enough it names a module of `extraction/documents/`. An office adds layouts in a folder of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from paddlescan.document import FIELD_NAMES, Kind
from paddlescan.extraction import masks, patterns
from paddlescan.extraction.text import fold

VALUES = ("amount", "date", "name")
"""What may stand behind a label besides a mask."""
_KEYS = {"kind", "module", "form_head", "expects", "words", "fields", "weights"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """Values of a field that stand behind, beside or under a label."""

    field: str
    labels: patterns.Vocabulary
    value: str = dataclasses.field(repr=False)
    """`amount`, `date`, `name` (text), or a mask."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of receipt in one of its forms."""

    name: str
    """Its file's name without `.yaml`."""
    kind: Kind
    words: tuple[tuple[str, int], ...]
    """Folded words with their weights."""
    as_written: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Each folded word as its file has it."""
    expects: tuple[str, ...] = ("date", "total")
    """Fields without which such a receipt is of no use in a table; nobody should have to notice that they lack."""
    form_head: bool = False
    """Whether its head is the form's name, never the seller's."""
    module: str | None = None
    """Of `extraction/documents/`."""
    fields: tuple[Labelled, ...] = ()
    labels: patterns.Vocabulary = dataclasses.field(default_factory=lambda: patterns.Vocabulary({}))
    """All labels of its fields (token `field`), and its words: what stands between two values."""


OTHER = Layout("other", "other", ())
"""Of a page that no layout fits; what can be read is still given."""


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts by name, the office's own included. Raises BadPatterns."""
    return tuple(layout_of(name, data) for name, data in sorted(patterns.kinds().items()))


def layout_for(kind: Kind) -> Layout:
    """The first layout of a kind, for a receipt whose kind is known otherwise; OTHER where there is none."""
    return next((layout for layout in layouts() if layout.kind == kind), OTHER)


def layout_of(name: str, data: Any) -> Layout:
    """A layout from what its file says. Raises BadPatterns."""
    if not isinstance(data, dict) or not isinstance(data.get("words"), dict):
        raise patterns.BadPatterns(f"{name}: wants `kind` and `words` (each word with its weight)")
    unknown = sorted(map(str, set(data) - _KEYS))
    if unknown:
        raise patterns.BadPatterns(f"{name}: does not know {', '.join(unknown)}")
    kind = data.get("kind")
    if kind not in get_args(Kind):
        raise patterns.BadPatterns(f"{name}: `kind` is one of {', '.join(get_args(Kind))}")
    expects = tuple(map(str, data.get("expects", OTHER.expects)))
    _known(name, expects)
    try:
        words = tuple((fold(str(word)).text, int(weight)) for word, weight in data["words"].items())
    except (TypeError, ValueError):
        raise patterns.BadPatterns(f"{name}: the weight of a word is a whole number") from None
    labelled = tuple(_labelled(name, data.get("fields") or {}))
    return Layout(
        name=name,
        kind=cast(Kind, kind),
        words=tuple((word, weight) for word, weight in words if word),
        as_written={fold(str(word)).text: str(word) for word in data["words"]},
        expects=expects,
        form_head=bool(data.get("form_head", False)),
        module=data.get("module"),
        fields=labelled,
        labels=_all_labels(data),
    )


def _all_labels(data: Mapping[str, Any]) -> patterns.Vocabulary:
    ways = [way for many in (data.get("fields") or {}).values() for way in (many if isinstance(many, list) else [many])]
    named = [str(word) for way in ways for word in way["labels"]]
    return patterns.vocabulary({"field": named, "word": [str(word) for word in data["words"]]})


def _known(name: str, fields: tuple[str, ...]) -> None:
    wrong = [field for field in fields if field not in FIELD_NAMES]
    if wrong:
        raise patterns.BadPatterns(f"{name}: {', '.join(wrong)} is no field; fields are {', '.join(FIELD_NAMES)}")


def _labelled(name: str, fields: Mapping[str, Any]) -> list[Labelled]:
    _known(name, tuple(map(str, fields)))
    found = []
    for field, ways in fields.items():
        for way in ways if isinstance(ways, list) else [ways]:
            if not isinstance(way, dict) or not way.get("labels") or set(way) != {"labels", "value"}:
                raise patterns.BadPatterns(f"{name}: {field} wants `labels` (a list of words) and `value`")
            value = str(way["value"])
            if value not in VALUES:
                try:
                    masks.compiled(value)
                except masks.BadMask as error:
                    raise patterns.BadPatterns(f"{name}: {field}: {error}") from None
            words = [str(word) for word in way["labels"]]
            found.append(Labelled(str(field), patterns.vocabulary({"label": words}), value))
    return found
