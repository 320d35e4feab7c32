"""XML of strangers: bounded in size, without document types, entities or anything that is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from paddlescan.errors import TooLarge, TruncatedFile, UnreadableFile

MOST_BYTES = 8 * 1024 * 1024
MOST_TAGS = 200_000
"""A page of an OFD with ten thousand letters, each an object of its own, has a fifth of it."""
DEEPEST = 64
"""Elements in elements."""

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "cp936"})
_CUT = frozenset(
    errors.codes[name]
    for name in (errors.XML_ERROR_NO_ELEMENTS, errors.XML_ERROR_UNCLOSED_TOKEN, errors.XML_ERROR_UNCLOSED_CDATA_SECTION)
)


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML text. Raises TooLarge, TruncatedFile where it ends early, UnreadableFile for anything else.

    name: of the source file, for the sentences of errors. A document type is refused whatever it declares: no invoice
    has one, and every attack by entities needs it.
    """
    if len(data) > MOST_BYTES or data.count(b"<") > MOST_TAGS:
        raise TooLarge(file=name, detail=f"more than {MOST_BYTES // (1024 * 1024)} MiB or {MOST_TAGS} tags of XML")
    try:
        root: Element = fromstring(_in_utf8(data), forbid_dtd=True)
    except ParseError as error:
        raise (TruncatedFile if error.code in _CUT else UnreadableFile)(file=name) from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableFile(file=name) from error
    if _is_deep(root):
        raise UnreadableFile(file=name)
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of those names, whatever their namespace."""
    return (child for child in (element if element is not None else ()) if local(child) in names)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child, grandchild, ... down a path of names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    """The text of an element, without white space at its ends; empty where there is none."""
    return (element.text or "").strip() if element is not None else ""


def _in_utf8(data: bytes) -> bytes:
    """The parser knows no Chinese encoding but UTF-8; older programs write GBK."""
    match = _ENCODING.match(data)
    if match is None or match[1].decode().lower() not in _CHINESE:
        return data
    return _DECLARATION.sub("", data.decode("gb18030")).encode()


def _is_deep(root: Element) -> bool:
    level = [root]
    for _ in range(DEEPEST):
        level = [below for element in level for below in element]
        if not level:
            return False
    return True
