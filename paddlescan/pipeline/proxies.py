"""Pages reduced for the screen, and what is kept of each, so that a switch costs one transform and no more."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from paddlescan.document import Preparation, PrepareOptions, Quad
from paddlescan.document.pixels import Matrix, PageImage, PreparedPage
from paddlescan.imaging.geometry import inverse, map_quad, scaling
from paddlescan.imaging.prepare import prepare
from paddlescan.imaging.seal_removal import remove_seals
from paddlescan.imaging.thumbnails import thumbnail

MOST_KEPT = 2
"""Sizes of one page: what fits the window, and what was zoomed in to."""

_OURS, _NUMBERS = secrets.token_hex(8), itertools.count(1)


@dataclass(slots=True)
class Proxy:
    """A page reduced for the screen. Quads that come in and go out are in pixels of the source page."""

    image: PageImage
    enlarge: Matrix
    """From its pixels to those of the source page."""
    key: str = field(default_factory=lambda: f"{_OURS}-{next(_NUMBERS)}")
    """Stands for its pixels, in this process and any other."""
    _found: dict[Hashable, Preparation] = field(default_factory=dict)
    _cleaned: tuple[Hashable, PageImage] | None = None

    def prepared(self, options: PrepareOptions, region: Quad | None, known: Preparation | None) -> PreparedPage:
        """The page, or one receipt of it, prepared for the screen; its preparation counts in source pixels.

        known: what reading the page found; None: it is looked for here, once. A whole page is freed of its seals
        before it is turned, not after it as for reading: so an angle costs no seal, and a strength no measuring.
        """
        reduce = inverse(self.enlarge)
        area = region and map_quad(region, reduce)
        small = at_scale(known, reduce) if known is not None else self._look(options, area)
        if area is not None or (small.perspective is not None and options.deskew):
            after = prepare(self.image, options, area, small, draft=True)
            preparation = after.preparation
        else:
            removed = options.remove_seals and bool(small.seals)
            source = self._without_seals(small.seals, options) if removed else self.image
            after = prepare(source, replace(options, remove_seals=False), None, small, draft=True)
            preparation = replace(after.preparation, seal_removed=removed)
        return replace(after, preparation=at_scale(preparation, self.enlarge), to_source=self.enlarge @ after.to_source)

    def _look(self, options: PrepareOptions, area: Quad | None) -> Preparation:
        """What nobody has told: how the page lies and where its seals are, whatever is set by hand.

        The drawn page of an electronic original lies as it is, and has none.
        """
        if self.image.original is not None:
            return Preparation()
        what = area, options.deskew
        if what not in self._found:
            plain = PrepareOptions(deskew=options.deskew, remove_seals=False)
            self._found[what] = prepare(self.image, plain, area).preparation
        return self._found[what]

    def _without_seals(self, seals: tuple[Quad, ...], options: PrepareOptions) -> PageImage:
        what = seals, options.seal_strength
        if self._cleaned is None or self._cleaned[0] != what:
            self._cleaned = what, PageImage(remove_seals(self.image.pixels, options.seal_strength, seals))
        return self._cleaned[1]


@dataclass(slots=True)
class Proxies:
    """The proxies of one decoded page, by their longer side."""

    image: PageImage
    _kept: dict[int, Proxy] = field(default_factory=dict)

    def of(self, max_side: int) -> Proxy:
        """The one of that size, made now or before."""
        proxy = self._kept.pop(max_side, None)
        if proxy is None:
            small = PageImage(thumbnail(self.image.pixels, max_side), original=self.image.original)
            (height, width), (high, wide) = self.image.pixels.shape[:2], small.pixels.shape[:2]
            proxy = Proxy(small, scaling(width / wide, height / high))
        self._kept[max_side] = proxy  # used last
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return proxy


def at_scale(preparation: Preparation, scale: Matrix) -> Preparation:
    """The same for a page of another size."""
    corners = preparation.perspective
    return replace(
        preparation,
        seals=tuple(map_quad(seal, scale) for seal in preparation.seals),
        perspective=corners and map_quad(corners, scale),
    )
