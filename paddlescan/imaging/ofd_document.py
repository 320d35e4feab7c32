"""What an OFD holds and where (GB/T 33190-2016): pages, templates, colours, pictures, attachments, tags."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException

from paddlescan.errors import TruncatedFile, UnreadableFile, UnsupportedFormat
from paddlescan.imaging.ofd_package import OfdPackage
from paddlescan.imaging.safe_xml import child, children, local, text_of

Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""
_A4: Box = (0.0, 0.0, 210.0, 297.0)
_MOST_RESOURCES = 5_000


@dataclass(frozen=True, slots=True)
class DrawParam:
    """Colours and width that objects share."""

    line_width: float | None
    fill: Element | None
    stroke: Element | None


@dataclass(slots=True)
class Resources:
    """What pages refer to, by identifier."""

    media: dict[str, str] = field(default_factory=dict)
    """Names of parts with pictures."""
    fonts: dict[str, str] = field(default_factory=dict)
    """Names of fonts."""
    params: dict[str, DrawParam] = field(default_factory=dict)


class OfdDocument:
    """The first document of an OFD; further ones and older versions are left aside."""

    def __init__(self, package: OfdPackage) -> None:
        """Raises UnreadableFile where a part that cannot be done without lacks."""
        self.package = package
        self.head = package.xml("OFD.xml")
        if local(self.head) != "OFD":
            raise UnsupportedFormat(file=package.name)
        self.body = child(self.head, "DocBody")
        root = text_of(child(self.body, "DocRoot"))
        if not root:
            raise UnreadableFile(file=package.name)
        path = package.resolve("", root)
        self.folder = posixpath.dirname(path)
        self.root = package.xml(path)
        self.common = child(self.root, "CommonData")
        self.pages = tuple(children(child(self.root, "Pages"), "Page"))

    def page(self, number: int) -> Element:
        """The content of a page, counted from 1. Raises UnreadableFile where there is none."""
        if not 1 <= number <= len(self.pages):
            raise UnreadableFile(file=self.package.name)
        return self.package.xml(self._part(self.pages[number - 1].get("BaseLoc", "")))

    def area(self, page: Element) -> Box:
        """What is shown of a page: its own area or the document's."""
        for where in (child(page, "Area"), child(self.common, "PageArea")):
            for name in ("PhysicalBox", "ApplicationBox"):
                box = box_of(text_of(child(where, name)))
                if box is not None and box[2] > 0 and box[3] > 0:
                    return box
        return _A4

    def templates(self, page: Element) -> tuple[list[Element], list[Element]]:
        """The templates of a page that lie below its content, and those above it."""
        places = {t.get("ID"): t.get("BaseLoc", "") for t in children(self.common, "TemplatePage")}
        below: list[Element] = []
        above: list[Element] = []
        for one in list(children(page, "Template"))[:16]:
            found = self._optional(places.get(one.get("TemplateID"), ""))
            if found is not None:
                (above if one.get("ZOrder") == "Foreground" else below).append(found)
        return below, above

    def resources(self, page: Element) -> Resources:
        """What a page may refer to. A list of resources that lacks or is damaged counts as empty."""
        found = Resources()
        for where in (self.common, page):
            for one in children(where, "PublicRes", "DocumentRes", "PageRes"):
                path = self._path(text_of(one))
                root = self._optional(text_of(one))
                if path and root is not None:
                    self._gather(root, posixpath.join(posixpath.dirname(path), root.get("BaseLoc", "")), found)
        return found

    def attachments(self) -> Iterator[tuple[str, Element]]:
        """The XML files that are attached: the name of each part and its root."""
        listed = self._optional(text_of(child(self.root, "Attachments")))
        folder = posixpath.dirname(self._path(text_of(child(self.root, "Attachments"))) or "")
        for one in list(children(listed, "Attachment"))[:8]:
            location = text_of(child(one, "FileLoc"))
            if location.lower().endswith((".xml", ".xbrl")):
                path = self._resolved(folder, location)
                root = self._xml(path) if path else None
                if path and root is not None:
                    yield path, root

    def annotations(self, number: int) -> Iterator[Element]:
        """What is laid over a page: the appearance of each visible note."""
        listed = self._optional(text_of(child(self.root, "Annotations")))
        folder = posixpath.dirname(self._path(text_of(child(self.root, "Annotations"))) or "")
        page_id = self.pages[number - 1].get("ID")
        for one in children(listed, "Page"):
            path = self._resolved(folder, text_of(child(one, "FileLoc"))) if one.get("PageID") == page_id else None
            for note in children(self._xml(path) if path else None, "Annot"):
                appearance = child(note, "Appearance")
                if appearance is not None and note.get("Visible", "true").lower() != "false":
                    yield appearance

    def custom_tags(self) -> Iterator[bytes]:
        """The lists that say which objects hold which value of the invoice, as they are: not all are good XML."""
        listed = self._optional(text_of(child(self.root, "CustomTags")))
        folder = posixpath.dirname(self._path(text_of(child(self.root, "CustomTags"))) or "")
        for one in list(children(listed, "CustomTag"))[:8]:
            path = self._resolved(folder, text_of(child(one, "FileLoc")))
            if path and path in self.package:
                yield self.package.read(path)

    def custom_data(self) -> Iterator[tuple[str, str]]:
        """Names and values that the maker put at the head of the file."""
        for one in children(child(self.body, "DocInfo", "CustomDatas"), "CustomData"):
            yield one.get("Name", ""), text_of(one)

    def _gather(self, root: Element, folder: str, found: Resources) -> None:
        for one in list(root.iter())[:_MOST_RESOURCES]:
            number, kind = one.get("ID", ""), local(one)
            if kind == "MultiMedia":
                path = self._resolved(folder, text_of(child(one, "MediaFile")))
                if path:
                    found.media[number] = path
            elif kind == "Font":
                found.fonts[number] = one.get("FontName", "")
            elif kind == "DrawParam":
                width = numbers_of(one.get("LineWidth", ""))
                found.params[number] = DrawParam(
                    width[0] if width else None, child(one, "FillColor"), child(one, "StrokeColor")
                )

    def _part(self, location: str) -> str:
        return self.package.resolve(self.folder, location)

    def _path(self, location: str) -> str | None:
        return self._resolved(self.folder, location)

    def _resolved(self, folder: str, location: str) -> str | None:
        return self.package.resolve(folder, location) if location else None

    def _optional(self, location: str) -> Element | None:
        path = self._path(location)
        return self._xml(path) if path else None

    def _xml(self, path: str) -> Element | None:
        """A part that a page can be shown without; None where it lacks or is damaged, but never where it is a trap."""
        if path not in self.package:
            return None
        try:
            return self.package.xml(path)
        except (UnreadableFile, TruncatedFile) as error:
            if isinstance(error.__cause__, DefusedXmlException):
                raise
            return None


def box_of(text: str) -> Box | None:
    """The box that four numbers are; None for anything else."""
    numbers = numbers_of(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


def numbers_of(text: str) -> list[float]:
    """The numbers of a list such as `0 0 210 140`; empty where one is none, not finite or beyond any page."""
    try:
        numbers = [float(part) for part in text.split()[:64]]
    except ValueError:
        return []
    return numbers if all(abs(n) < 1e6 for n in numbers) else []
