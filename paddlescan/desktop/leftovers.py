"""What a program that was killed left half made is removed at the next start."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager

from paddlescan.export.leftovers import places_remembered
from paddlescan.paths import Paths
from paddlescan.pipeline.scratch import sweep_once


def leftovers_swept(paths: Paths) -> AbstractContextManager[None]:
    """Sweep up, in the background, what dead programs left in their own folders and in those they exported into; and
    while this lasts, remember the folders that this program exports into."""
    threading.Thread(target=sweep_once, args=(paths.scratch,), name="sweep scratch", daemon=True).start()
    store = paths.store
    beside = (store.with_name(f"{store.name}.{name}") for name in ("drops", "edits"))
    pictures = (paths.pasted, paths.scanned, paths.thumbnails)
    own = (paths.config, paths.templates, paths.data, *beside, paths.cache, *pictures)
    return places_remembered(store.with_name(f"{store.name}.exports"), own)
