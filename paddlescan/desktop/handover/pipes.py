"""Windows: the same by a named pipe. Nobody but this user, the administrators and the system may write to a pipe that
is made with the default rights, and its name is drawn anew for each window and told in a file of the user's profile, so
nobody can have made one in its place. Written for Windows, where the tests of sockets do not run.
"""

from __future__ import annotations

import os
import secrets
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from paddlescan.desktop.handover.inbox import Inbox
from paddlescan.desktop.handover.wire import (
    LARGEST,
    LENGTH,
    LONGEST_ANSWER,
    Answer,
    BadMessage,
    Message,
    answer_bytes,
    read_answer,
    read_message,
)

if TYPE_CHECKING:
    from multiprocessing.connection import PipeConnection  # type: ignore[attr-defined,unused-ignore]

PATIENCE_S = 5.0
MOST_OPEN = 64

if sys.platform == "win32":
    import msvcrt
    from multiprocessing.connection import Client, Listener

    class PipePlace:
        """The meeting points of one store, in a folder of the profile."""

        def __init__(self, folder: Path) -> None:
            """Make the folder if it is not there. Raises OSError."""
            folder.mkdir(exist_ok=True)
            self._folder = folder

        def name_file(self, slot: int) -> Path:
            """Where a slot's window says what its pipe is called."""
            return self._folder / f"{slot}.pipe"

        def lock(self, slot: int) -> int | None:
            """The descriptor of a slot's lock, held while it is open; None if another process holds it."""
            lock = os.open(self._folder / f"{slot}.lock", os.O_RDWR | os.O_CREAT)
            try:
                msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
            except OSError:
                os.close(lock)
                return None
            return lock

        def send(self, slot: int, data: bytes, timeout_s: float) -> Answer | None:
            """Say a message (framed) to a slot's window; None if nobody answered in time, or not in our words."""
            try:
                with Client(self.name_file(slot).read_text("ascii"), "AF_PIPE") as connection:
                    connection.send_bytes(data[LENGTH:])  # a pipe knows where a message ends
                    if connection.poll(timeout_s):
                        return read_answer(connection.recv_bytes(LONGEST_ANSWER)[LENGTH:])
            except (OSError, EOFError, BadMessage, ValueError):
                pass
            return None

        def close(self) -> None:
            """Nothing is held."""

    class PipeReception:
        """Listens from the start until `close`; holds the lock until `leave`. Any thread may call."""

        def __init__(self, place: PipePlace, slot: int, lock: int, first: Message | None = None) -> None:
            """lock: the descriptor of the slot's lock, which is held. first: what this start brings itself. Raises
            OSError."""
            self.inbox = Inbox(first)
            self._place, self._slot, self._hold = place, slot, lock
            self._name = rf"\\.\pipe\paddlescan-{secrets.token_hex(16)}"
            self._listener = Listener(self._name, "AF_PIPE")
            self._free = threading.Semaphore(MOST_OPEN)
            part = place.name_file(slot).with_suffix(".part")
            part.write_text(self._name, "ascii")
            part.replace(place.name_file(slot))
            self._thread = threading.Thread(target=self._run, name="reception", daemon=True)
            self._thread.start()

        def close_if_idle(self) -> bool:
            """Close if nothing waits to be taken; else stay as it is, and say False."""
            if not self.inbox.shut_if_idle():
                return False
            self.close()
            return True

        def close(self) -> tuple[Message, ...]:
            """Take nothing more. Says what was promised to be taken and was not: nothing of that may be lost."""
            self.inbox.shut()
            with suppress(OSError):
                self._place.name_file(self._slot).unlink(missing_ok=True)
            if self._thread.is_alive():
                with suppress(OSError):
                    Client(self._name, "AF_PIPE").close()  # wakes the thread up
                self._thread.join(PATIENCE_S)
            return self.inbox.take()

        def leave(self) -> None:
            """The window is gone: another start may be the next. Once."""
            self.close()
            os.close(self._hold)

        def _run(self) -> None:
            while self.inbox.is_open:
                try:
                    connection = self._listener.accept()
                except OSError:  # the other end has left already
                    time.sleep(0.01)
                    continue
                if self._free.acquire(timeout=PATIENCE_S):
                    threading.Thread(target=self._hear, args=(connection,), daemon=True).start()
                else:
                    connection.close()
            self._listener.close()

        def _hear(self, connection: PipeConnection) -> None:
            def answer(word: Answer) -> bool:
                try:
                    connection.send_bytes(answer_bytes(word))
                except OSError:
                    return False
                return True

            try:
                if connection.poll(PATIENCE_S):
                    message = read_message(connection.recv_bytes(LARGEST))
                    if not self.inbox.offer(message, lambda: answer("taken")):
                        answer("closing")
            except BadMessage:
                answer("refused")
            except (OSError, EOFError):
                pass
            finally:
                connection.close()
                self._free.release()

    def find_place(data: Path) -> PipePlace | None:
        """The place where the starts of one store's folder meet; None where there is none."""
        with suppress(OSError):
            return PipePlace(data / "meeting")
        return None
