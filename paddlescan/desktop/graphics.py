"""What the doctor says of the device: which one reads and why, the graphics cards, their driver and libraries."""

from __future__ import annotations

from paddlescan.desktop.diagnosis import Diagnosis, Speaker
from paddlescan.document import EngineOptions
from paddlescan.ocr.cards import Card, cards
from paddlescan.ocr.devices import choose_device
from paddlescan.ocr.gpu_fitness import libraries
from paddlescan.ocr.reasons import LACKS_PACKAGE, Reason
from paddlescan.words import reason

GIB = 1 << 30


def diagnose_device(engine: EngineOptions, say: Speaker) -> Diagnosis:
    """Which engine reads on which device, and why. Raises GpuUnavailable where a card is demanded and there is none."""
    info = choose_device(engine)
    detail = say(
        "device_detail", engine=info.name, device=info.device.upper(), reason=reason(info.reason, say.language)
    )
    told = [detail, *(card_words(card, say) for card in cards())]
    if len(told) > 1:
        packages = libraries(packed=engine.gpu_dir is not None)
        told += [say("device_libraries", libraries=", ".join(" ".join(one) for one in packages))] if packages else []
    remedy = ""
    if info.reason in LACKS_PACKAGE:
        remedy = say("device_remedy")
    elif info.reason == Reason.DRIVER_OLD:
        remedy = say("device_driver_remedy")
    return Diagnosis("device", "note" if remedy else "ok", say("device_and").join(told), remedy)


def card_words(card: Card, say: Speaker) -> str:
    """A graphics card as its driver tells of it; what the driver does not tell is left out."""
    parts = [say("device_memory", memory=f"{card.memory / GIB:.1f}")]
    if card.free is not None:
        parts.append(say("device_free", free=f"{card.free / GIB:.1f}"))
    parts.append(say("device_capability", capability=_dotted(card.capability)))
    if card.driver:
        parts.append(say("device_driver", driver=card.driver))
    parts.append(say("device_cuda", cuda=_dotted(card.cuda)))
    return say("device_card", number=card.number, name=card.name, facts=say("device_comma").join(parts))


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"
