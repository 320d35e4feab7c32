"""Whether a card and its driver suit the CUDA libraries that are installed; asked before anything is loaded."""

from __future__ import annotations

from paddlescan.ocr.cards import Card
from paddlescan.ocr.gpu_package import locked
from paddlescan.ocr.reasons import Reason

RUNTIMES = ("nvidia-cuda-runtime", "nvidia-cuda-runtime-cu12")
"""NVIDIA's packages of the CUDA runtime: of CUDA 13 and later, and of CUDA 12."""
PACKAGES = ("onnxruntime-gpu", "paddlepaddle-gpu", *RUNTIMES, "nvidia-cudnn-cu13", "nvidia-cudnn-cu12")
"""What matters to reading on a card."""
OLDEST = {13: (7, 5)}
"""The oldest compute capability that a CUDA of this major version still has code for. Source: its release notes."""


def too_old(card: Card, packed: bool = False) -> Reason | None:
    """What of a card is too old for the libraries; None where nothing is, or where nobody knows which CUDA they are of.

    packed: the libraries are those of the packed program's GPU package.
    """
    cuda = _locked_cuda() if packed else _installed_cuda()
    if cuda is None:
        return None
    if card.cuda[0] and card.cuda[0] < cuda:
        return Reason.DRIVER_OLD
    oldest = max((needed for major, needed in OLDEST.items() if major <= cuda), default=(0, 0))
    return Reason.CARD_OLD if card.capability < oldest else None


def libraries(packed: bool = False) -> tuple[tuple[str, str], ...]:
    """Name and version of the packages that read on a card, as far as they are there. packed: as for `too_old`."""
    from importlib.metadata import PackageNotFoundError, version

    if packed:
        return tuple((one.name, one.version) for one in locked() if one.name in PACKAGES)
    found = []
    for name in PACKAGES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def _installed_cuda() -> int | None:
    from importlib.metadata import PackageNotFoundError, version  # a window that opens need not wait for it

    for name in RUNTIMES:
        try:
            return _major(version(name))
        except PackageNotFoundError:
            continue
    return None


def _locked_cuda() -> int | None:
    return next((_major(one.version) for one in locked() if one.name in RUNTIMES), None)


def _major(version: str) -> int | None:
    first = version.partition(".")[0]
    return int(first) if first.isdigit() else None
