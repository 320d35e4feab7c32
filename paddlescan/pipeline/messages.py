"""What a supervisor and its children say to each other: frozen messages, which `wire` makes bytes of.

A message's repr is its name only: paths, passwords and receipts stay out of logs.
"""

from __future__ import annotations

import msgspec

from paddlescan.document import (
    EngineInfo,
    EngineOptions,
    Finding,
    Limits,
    PageRef,
    PageResult,
    Preparation,
    PrepareOptions,
    Quad,
    Runtimes,
    ScanOptions,
    SourceFile,
    SourceInfo,
    TextLine,
)
from paddlescan.errors import Failure
from paddlescan.pipeline.jail import NO_JAIL, Jail

Nine = tuple[float, float, float, float, float, float, float, float, float]
"""A 3x3 matrix by rows."""


class Message(msgspec.Struct, frozen=True, tag=True):
    """Any message; tagged on the wire with its class name."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


# Requests ----------------------------------------------------------------------------------------


class Start(Message, frozen=True):
    """The first request: get ready, answer Hello."""

    engine: EngineOptions | None = None
    """None for a process without models."""


class Inspect(Message, frozen=True):
    """Look at a file without reading a page; answer Inspected."""

    source: SourceFile
    limits: Limits = Limits()
    password: str | None = None


class ScanPage(Message, frozen=True):
    """Read one page; answer Scanned."""

    page: PageRef
    options: ScanOptions
    password: str | None = None


class BeginPage(Message, frozen=True):
    """Prepare one page, to be read together with others; answer Begun. A card reads lines of several pages at once."""

    page: PageRef
    options: ScanOptions
    password: str | None = None


class ReadBegun(Message, frozen=True):
    """Read the pages that were begun and are kept, together; answer ReadTogether."""


class MakePreview(Message, frozen=True):
    """Pictures of a page before and after preparation, each fitting in max_side; answer Preview."""

    page: PageRef
    options: ScanOptions
    max_side: int
    region: Quad | None = None
    """The receipt that is looked at, in pixels of the source page; None: the whole page."""
    known: Preparation | None = None
    """What reading it found; stands in for measuring and looking."""
    password: str | None = None
    has_before: str = ""
    """`before_key` of an earlier answer, whose picture before the asker still has."""


class MakeThumbnail(Message, frozen=True):
    """The page as it is, fitting in max_side; answer Cut."""

    page: PageRef
    max_side: int
    limits: Limits = Limits()
    password: str | None = None


class MakeCutout(Message, frozen=True):
    """The picture around a quad (pixels of the source page), turned upright; answer Cut."""

    page: PageRef
    quad: Quad
    max_width: int
    max_height: int = 400
    limits: Limits = Limits()
    password: str | None = None


class MakePrepared(Message, frozen=True):
    """The receipts of a page, prepared, each as a PNG file in scratch; answer Prepared. Wants an engine."""

    page: PageRef
    options: ScanOptions
    password: str | None = None


class ReadArea(Message, frozen=True):
    """Read the text of one place of a page; answer AreaRead, whatever happens. Wants an engine.

    The only request that may be sent while another is in flight: it is answered between two lines of that one.
    """

    page: PageRef
    quad: Quad
    """Pixels of the source page, clockwise from the top left of the text."""
    options: ScanOptions
    """`prepare` says whether seals are taken off; how the text lies, the quad itself says."""
    seals: tuple[Quad, ...] = ()
    """Where seals lie, in pixels of the source page."""
    password: str | None = None


class MakeJpeg(Message, frozen=True):
    """A page, or one receipt of it, prepared for paper, as a JPEG file in scratch; answer Jpeg."""

    page: PageRef
    prepare: PrepareOptions
    region: Quad | None
    """The receipt, in pixels of the source page; None: the whole page."""
    known: Preparation
    """What reading it found; nothing is looked for."""
    most_pixels: int
    """A larger picture is reduced to this."""
    limits: Limits = Limits()
    password: str | None = None


AboutPage = ScanPage | BeginPage | MakePreview | MakeThumbnail | MakeCutout | MakePrepared | MakeJpeg | ReadArea
"""A request about a page of a file."""
Request = Start | Inspect | ReadBegun | AboutPage


# Answers -----------------------------------------------------------------------------------------


class Picture(Message, frozen=True, tag=False):
    """Raw pixels in a file: RGB, 8 bits, rows of `stride` bytes from the top. Whoever reads it deletes it."""

    file: str
    """In an answer: the bare name of a file in the child's scratch folder; from the client: its full path."""
    width: int
    height: int
    stride: int


class Hello(Message, frozen=True):
    """Ready."""

    engine: EngineInfo | None = None
    jail: Jail = NO_JAIL
    """What holds the child."""


class Inspected(Message, frozen=True):
    """What the file is."""

    info: SourceInfo


class Scanned(Message, frozen=True):
    """What was read."""

    result: PageResult
    runtimes: Runtimes | None = None
    """What the engine has just found out about the runtimes on this machine."""


class Begun(Message, frozen=True):
    """A page is prepared and kept for ReadBegun, or is done."""

    result: PageResult | None = None
    """Of a page that is done already, and not kept."""
    enough: bool = False
    """Whether so much is kept that more pages would not be read quicker with it."""
    runtimes: Runtimes | None = None
    """As in Scanned."""


class ReadTogether(Message, frozen=True):
    """What was read of the pages that were kept, in the order in which they were begun."""

    results: tuple[PageResult, ...]
    runtimes: Runtimes | None = None
    """As in Scanned."""


class Preview(Message, frozen=True):
    """Before and after."""

    before: Picture | None
    """None: it is the one that the asker has."""
    before_key: str
    """Stands for the picture before, among all that any child ever draws."""
    after: Picture
    width: int
    height: int
    """Of the source page, in pixels: what quads count in."""
    preparation: Preparation
    """Angles, and seals in pixels of the source page."""
    to_source: Nine
    """3x3 by rows: a point of the after picture to the source page."""


class Cut(Message, frozen=True):
    """One picture, and the size of the source page it comes from."""

    picture: Picture
    width: int
    height: int


class PreparedPicture(Message, frozen=True, tag=False):
    """A prepared page, whole, as a PNG."""

    file: str
    """In an answer: a bare name in scratch; from the client: its full path. Whoever reads it deletes it."""
    preparation: Preparation
    region: Quad | None
    to_source: Nine
    """3x3 by rows: a point of the picture to the source page."""


class Prepared(Message, frozen=True):
    """The receipts of a page, prepared."""

    pictures: tuple[PreparedPicture, ...]
    width: int
    height: int
    """Of the source page."""
    quality: tuple[Finding, ...]
    runtimes: Runtimes | None = None
    """As in Scanned."""


class AreaRead(Message, frozen=True):
    """What stands in a place."""

    lines: tuple[TextLine, ...] = ()
    """From top to bottom, in pixels of the source page; () where nothing can be read."""
    failure: Failure | None = None
    """Why nothing could be read; the child is well."""


class Jpeg(Message, frozen=True):
    """A prepared page for paper, in colour."""

    file: str
    """In an answer: a bare name in scratch; from the client: its full path. Whoever reads it deletes it."""
    width: int
    """Of the source page, in pixels: what quads count in."""
    height: int
    from_source: Nine
    """3x3 by rows: a point of the source page to the picture."""


class Refused(Message, frozen=True):
    """The request failed for a reason that a person can do something about; the child is well."""

    failure: Failure


Answer = Hello | Inspected | Scanned | Begun | ReadTogether | Preview | Cut | Prepared | Jpeg | AreaRead | Refused
