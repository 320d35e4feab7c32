"""A web server for a folder, which stands for shared storage of the kinds that nobody has at hand."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Quiet(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *words: Any, broken: str = "", **more: Any) -> None:
        self._broken = broken.rstrip("/")
        super().__init__(*words, **more)

    def log_message(self, *_: object) -> None:
        pass

    def send_head(self) -> Any:
        if self._broken and self.path.rstrip("/") == self._broken:
            self.send_error(500)
            return None
        return super().send_head()


@contextmanager
def served(folder: Path, broken: str = "") -> Iterator[str]:
    """A web server for a folder; gives its address. broken: a place of which it gives an error."""
    handler = functools.partial(Quiet, directory=str(folder), broken=broken)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
