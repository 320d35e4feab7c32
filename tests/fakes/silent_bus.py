"""A message bus that hangs: it takes every connection and never says a word. Argument: the path of its socket."""

from __future__ import annotations

import socket
import sys


def main() -> None:
    """Listen until ended from outside."""
    kept: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(sys.argv[1])
        listening.listen(64)
        print("ready", flush=True)
        while True:
            kept.append(listening.accept()[0])


if __name__ == "__main__":
    main()
