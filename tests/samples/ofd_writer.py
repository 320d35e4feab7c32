"""Writing an OFD: pages with text, frames and pictures, and the parts around them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import numpy as np
from PIL import Image

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass
class Page:
    """A page of an OFD in the making; millimetres."""

    width: float = 210
    height: float = 140
    objects: list[str] = field(default_factory=list)
    number: int = 100

    def text(self, x: float, y: float, text: str, size: float = 3.2) -> int:
        """A line of text with its baseline at y; the identifier of its object."""
        self.number += 1
        steps = " ".join(f"{size if ord(c) > 0x2E7F else size / 2:g}" for c in text[:-1])
        self.objects.append(
            f'<ofd:TextObject ID="{self.number}" Boundary="{x} {y - size} {self.width} {2 * size}" Font="3"'
            f' Size="{size}">'
            f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )
        return self.number

    def rule(self, x: float, y: float, width: float, height: float) -> None:
        """A frame, or a line where one side is 0."""
        self.number += 1
        self.objects.append(
            f'<ofd:PathObject ID="{self.number}" Boundary="{x} {y} {width} {height}" LineWidth="0.3">'
            '<ofd:StrokeColor Value="156 82 35"/>'
            f"<ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData>"
            "</ofd:PathObject>"
        )

    def picture(self, resource: str, x: float, y: float, width: float, height: float) -> None:
        """A picture among the resources."""
        self.number += 1
        self.objects.append(
            f'<ofd:ImageObject ID="{self.number}" CTM="{width} 0 0 {height} 0 0" Boundary="{x} {y} {width} {height}"'
            f' ResourceID="{resource}"/>'
        )

    def xml(self) -> str:
        return (
            f"{HEAD}<ofd:Page {OFD}><ofd:Area><ofd:PhysicalBox>0 0 {self.width} {self.height}</ofd:PhysicalBox>"
            "</ofd:Area>"
            f'<ofd:Template TemplateID="2" ZOrder="Background"/><ofd:Content><ofd:Layer ID="60">{"".join(self.objects)}'
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )


def zipped(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of those parts, in that order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png")
    return file.getvalue()


def ofd_parts(
    pages: list[Page],
    attached: dict[str, bytes] | None = None,
    tags: str = "",
    data: dict[str, str] | None = None,
    pictures: dict[str, bytes] | None = None,
) -> dict[str, bytes | str]:
    """The parts of an OFD. attached: by file name; tags: the text of CustomTag.xml; pictures: by resource."""
    custom = "".join(f'<ofd:CustomData Name="{n}">{v}</ofd:CustomData>' for n, v in (data or {}).items())
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(1, len(pages) + 1))
    media = "".join(
        f'<ofd:MultiMedia ID="{n}" Type="Image"><ofd:MediaFile>{n}.png</ofd:MediaFile></ofd:MultiMedia>'
        for n in pictures or {}
    )
    frame = Page()
    frame.rule(5, 30, 200, 94)
    template = frame.xml().replace('<ofd:Template TemplateID="2" ZOrder="Background"/>', "")
    parts: dict[str, bytes | str] = {
        "OFD.xml": f'{HEAD}<ofd:OFD {OFD} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:CustomDatas>{custom}</ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'{HEAD}<ofd:Document {OFD}><ofd:CommonData><ofd:TemplatePage ID="2" '
        'BaseLoc="Tpls/Tpl_0/Content.xml"/><ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>'
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
        "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags></ofd:Document>",
        "Doc_0/PublicRes.xml": f'{HEAD}<ofd:Res {OFD}><ofd:Fonts><ofd:Font ID="3" FontName="宋体"/>'
        "</ofd:Fonts></ofd:Res>",
        "Doc_0/DocumentRes.xml": f'{HEAD}<ofd:Res {OFD} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias>'
        "</ofd:Res>",
        "Doc_0/Tpls/Tpl_0/Content.xml": template,
    }
    for n, page in enumerate(pages, 1):
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = page.xml()
    for name, picture in (pictures or {}).items():
        parts[f"Doc_0/Res/{name}.png"] = picture
    files = "".join(
        f'<ofd:Attachment ID="9" Name="a"><ofd:FileLoc>{n}</ofd:FileLoc></ofd:Attachment>' for n in attached or {}
    )
    parts["Doc_0/Attachs/Attachments.xml"] = f"{HEAD}<ofd:Attachments {OFD}>{files}</ofd:Attachments>"
    parts |= {f"Doc_0/Attachs/{name}": content for name, content in (attached or {}).items()}
    if tags:
        parts["Doc_0/Tags/CustomTags.xml"] = (
            f"{HEAD}<ofd:CustomTags {OFD}><ofd:CustomTag><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag>"
            "</ofd:CustomTags>"
        )
        parts["Doc_0/Tags/CustomTag.xml"] = tags
    return parts
