"""The one function that a cluster is asked to call. Imported by the scheduler, too, so nothing heavy comes with it."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from paddlescan.pipeline.cluster.talk import Lost, order_from
from paddlescan.pipeline.wire import to_bytes

if TYPE_CHECKING:
    from paddlescan.pipeline.cluster.service import Service

log = logging.getLogger(__name__)

_making = threading.Lock()
_services: list[Service] = []


def answer(order: bytes) -> bytes:
    """The reply to an order, both JSON (`talk`). Never raises: what Dask logs of a call that does, quotes it."""
    try:
        return to_bytes(_service().answer(order_from(order)))
    except Exception as error:  # noqa: BLE001 our bug, or bytes that are no order
        log.error("an order failed: %s", type(error).__name__)
        return to_bytes(Lost("bad_answer"))


def _service() -> Service:
    """The one of this process, made when it is first wanted."""
    with _making:
        if not _services:
            from paddlescan.pipeline.cluster.service import Service

            _services.append(Service())
        return _services[0]
