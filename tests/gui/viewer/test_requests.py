"""In which order pictures are drawn."""

from __future__ import annotations

import threading

from paddlescan.document import PageRef, PrepareOptions, SourceFile
from paddlescan.gui.viewer.requests import (
    MOST_THUMBNAILS,
    CutoutRequest,
    PictureQueue,
    PreviewRequest,
    ThumbnailRequest,
)

REF = PageRef(SourceFile(b"/a", "a"))
QUAD = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def preview(page: int) -> PreviewRequest:
    return PreviewRequest(page, REF, PrepareOptions(), 1024)


def test_cutouts_before_previews_before_thumbnails_the_newest_first() -> None:
    queue = PictureQueue()
    thumbnails = [ThumbnailRequest(n, REF, 96) for n in range(3)]
    cutout = CutoutRequest(("total", 1), REF, QUAD, 300)
    for request in (*thumbnails, preview(1), preview(2), cutout):
        queue.put(request)
    assert [queue.take() for _ in range(5)] == [cutout, preview(2), *reversed(thumbnails)]


def test_a_thumbnail_asked_for_again_comes_first() -> None:
    queue = PictureQueue()
    for n in (1, 2, 3, 1):
        queue.put(ThumbnailRequest(n, REF, 96))
    taken = [queue.take() for _ in range(3)]
    assert [r.page_id for r in taken if isinstance(r, ThumbnailRequest)] == [1, 3, 2]


def test_thumbnails_scrolled_away_are_not_drawn() -> None:
    queue = PictureQueue()
    for n in range(MOST_THUMBNAILS + 50):
        queue.put(ThumbnailRequest(n, REF, 96))
    queue.keep_thumbnails({10, 60, 61})  # 10 was dropped: too many waited
    taken = [queue.take(), queue.take()]
    queue.close()
    assert [r.page_id for r in taken if isinstance(r, ThumbnailRequest)] == [61, 60]
    assert queue.take() is None


def test_what_is_cancelled_is_not_served() -> None:
    queue = PictureQueue()
    queue.put(preview(1))
    queue.put(ThumbnailRequest(1, REF, 96))
    queue.put(CutoutRequest(1, REF, QUAD, 300))
    queue.cancel()
    queue.put(preview(2))
    assert queue.take() == preview(2)


def test_whoever_waits_is_woken_by_a_request_and_by_the_end() -> None:
    queue = PictureQueue()
    taken: list[object] = []
    first = threading.Event()

    def take_two() -> None:
        taken.append(queue.take())
        first.set()
        taken.append(queue.take())

    thread = threading.Thread(target=take_two)
    thread.start()
    queue.put(preview(1))
    assert first.wait(10)
    queue.close()
    thread.join(10)
    assert taken == [preview(1), None]
