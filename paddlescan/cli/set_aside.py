"""What a silent scan that was told to end has not read: it waits in the store, and the person is told.

A click on the menu of a file manager is not made again by itself, so nothing of what was chosen may be forgotten.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Collection, Sequence

from paddlescan.cli.opening import queue_only
from paddlescan.desktop.notifying import notify
from paddlescan.document import Language
from paddlescan.errors import PaddleScanError
from paddlescan.words import say

log = logging.getLogger(__name__)


def set_aside(left: Collection[Sequence[str]], options: argparse.Namespace, language: Language) -> None:
    """Enter each selection into the store, and tell it. left: may be empty where what was being read is there already.

    Being told to end once more, it only says how much there was.
    """
    lost = sum(len(paths) for paths in left)
    try:
        for paths in left:
            if _entered(paths, options, language):
                lost -= len(paths)
    finally:
        log.info("stopped: %d selections were left, %d paths are not in the store", len(left), lost)
        sentences = [say("silent_unread", language, count=lost)] if lost else []
        if not lost or lost < sum(len(paths) for paths in left):
            sentences.append(say("silent_waits", language))
        notify(say("silent_stopped", language), "\n".join(sentences))


def _entered(paths: Sequence[str], options: argparse.Namespace, language: Language) -> bool:
    try:
        queue_only(argparse.Namespace(**(vars(options) | {"paths": list(paths)})), language)
    except PaddleScanError as error:
        log.warning("not set aside: %s", error.code)
        return False
    return True
