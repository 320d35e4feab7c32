"""Thunar's list of actions as bytes: what is in it, and ours put in or taken out with every other byte as it was."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

EMPTY = b'<?xml version="1.0" encoding="UTF-8"?>\n<actions>\n</actions>\n'


class BrokenList(ValueError):
    """No well-formed list of actions, or in letters that are none of ASCII's."""


@dataclass(slots=True)
class Action:
    """One entry: where it stands in the bytes, and what its elements say."""

    start: int
    end: int = 0
    said: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActionList:
    """A file that was read."""

    data: bytes
    actions: tuple[Action, ...]
    end: int
    """Where the list's own end tag begins."""

    def of(self, ids: frozenset[str]) -> tuple[Action, ...]:
        """The actions with these ids."""
        return tuple(action for action in self.actions if action.said.get("unique-id") in ids)

    def without(self, ids: frozenset[str]) -> bytes:
        """The bytes without these actions and the ends of their lines."""
        data = self.data
        for action in reversed(self.of(ids)):
            end = action.end + data.startswith(b"\n", action.end)
            data = data[: action.start] + data[end:]
        return data

    def with_also(self, texts: bytes) -> bytes:
        """The bytes with more actions at the end of the list."""
        return self.data[: self.end] + texts + self.data[self.end :]


def read(data: bytes) -> ActionList:
    """What a file says. Raises BrokenList."""
    reader = _Reader(data)
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise BrokenList(str(error)) from error
    if reader.end is None:
        raise BrokenList("its list has no end tag of its own")
    return ActionList(data, tuple(reader.actions), reader.end)


def action_text(said: Mapping[str, str], chinese: Mapping[str, str], locales: tuple[str, ...]) -> bytes:
    """An action as bytes, in ASCII alone, so that it fits whatever letters the file is written in.

    said: elements and their texts, in their order; an empty one is a mark. chinese: the same in Chinese, of some.
    """
    lines = []
    for name, text in said.items():
        lines.append(f"\t<{name}>{_text(text)}</{name}>" if text else f"\t<{name}/>")
        lines += [
            f'\t<{name} xml:lang="{locale}">{_text(chinese[name])}</{name}>' for locale in locales * (name in chinese)
        ]
    return ("<action>\n" + "".join(f"{line}\n" for line in lines) + "</action>\n").encode("ascii")


def _text(text: str) -> str:
    return escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.actions: list[Action] = []
        self.end: int | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declared
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._ended
        self.parser.CharacterDataHandler = self._letters
        self._open: list[str] = []
        self._text = ""
        self._language = ""

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and "A<>".encode(codecs.lookup(encoding).name) != b"A<>":
            raise BrokenList("letters that are none of ASCII's")

    def _entity(self, *declared: object) -> None:
        raise BrokenList("it declares entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open and name != "actions":
            raise BrokenList("no list of actions")
        if self._open == ["actions"] and name == "action":
            self.actions.append(Action(self.parser.CurrentByteIndex))
        self._open.append(name)
        self._text, self._language = "", attributes.get("xml:lang", "")

    def _letters(self, text: str) -> None:
        self._text += text

    def _ended(self, name: str) -> None:
        self._open.pop()
        here = self.parser.CurrentByteIndex
        if self._open == ["actions", "action"] and not self._language:
            self.actions[-1].said[name] = self._text
        elif self._open == ["actions"] and name == "action":
            self.actions[-1].end = self.data.index(b">", here) + 1
        elif not self._open and self.data.startswith(b"</", here):
            self.end = here
