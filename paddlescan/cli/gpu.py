"""`paddlescan gpu [show|install|remove]`: the GPU package of the packed program."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from paddlescan.cli.printable import printable
from paddlescan.desktop.diagnosis import Speaker
from paddlescan.desktop.gpu_packing import fetch_command, make_package, remove_package
from paddlescan.desktop.graphics import card_words
from paddlescan.document import EngineOptions, Language
from paddlescan.errors import OptionAlone
from paddlescan.ocr.cards import cards
from paddlescan.ocr.devices import choose_device
from paddlescan.ocr.gpu_package import fits, lock_file
from paddlescan.ocr.reasons import Reason
from paddlescan.paths import Paths, user_paths
from paddlescan.words import reason, say, size_words

WHEELS = "paddlescan-gpu-wheels"


def run_gpu(options: argparse.Namespace, language: Language) -> int:
    """Say what is there and how to get the rest, or make or remove the package."""
    paths = user_paths()
    if options.action == "show":
        return _show(paths, language)
    if options.action == "install":
        if options.wheels is None:
            raise OptionAlone(file="install", detail="FOLDER")
        place = Path(options.into).absolute() if options.into else paths.data / "gpu"
        size = make_package(Path(options.wheels), place)
        print(say("gpu_made", language, place=printable(str(place)), size=size_words(size)))
        return 0
    place = Path(options.into).absolute() if options.into else paths.data / "gpu"
    gone = remove_package(place)
    print(say("gpu_gone" if gone else "gpu_none", language, place=printable(str(place))))
    return 0


def _show(paths: Paths, language: Language) -> int:
    found = paths.gpu_package
    info = choose_device(EngineOptions(gpu_dir=found))
    print(say("gpu_now", language, device=info.device.upper(), reason=reason(info.reason, language)))
    for card in cards():
        print(printable(card_words(card, Speaker(language))))
    if info.reason == Reason.NO_GPU:
        print(say("gpu_driver", language))
    if not getattr(sys, "frozen", False):
        print(say("gpu_by_pip", language))
        return 0
    if found and fits(Path(found)):
        print(say("gpu_fits", language, place=printable(found)))
        return 0
    if found:
        print(say("gpu_other", language, place=printable(found)))
    print(say("gpu_how", language))
    print(f"  {fetch_command(lock_file(), WHEELS)}")
    print(f"  paddlescan gpu install {WHEELS}")
    print(say("gpu_for_all", language, place=printable(str(paths.gpu_places[0]))))
    return 0
