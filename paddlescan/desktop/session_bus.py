"""The desktop's message bus (D-Bus), asked without Qt and never for long.

A bus that takes a connection and then says nothing (a daemon that hangs, a stale socket of a container) holds whoever
asks it for ever, Qt too. So every question here has an end, and the window is shielded from such a bus.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE_S: Final = 3.0
"""How long the bus has to answer, which takes a thousandth of that, or a service, which may have to be started."""
ADDRESS: Final = "DBUS_SESSION_BUS_ADDRESS"
NOWHERE: Final = "disabled:"
"""An address that every D-Bus library refuses at once."""


class BusTrouble(Exception):
    """The bus, or whom it was asked for, gave no answer."""


class BusAbsent(BusTrouble):
    """There is no bus, or nobody listens at its address."""


class BusSilent(BusTrouble):
    """It did not answer in time."""


class BusRefused(BusTrouble):
    """There is no such service, or it knows no such question."""


class Bus:
    """A connection, for the time of one question to `ask`."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection

    def call(
        self, whom: tuple[str, str, str], method: str, kinds: str = "", values: tuple[Any, ...] = ()
    ) -> tuple[Any, ...]:
        """What a method answers. whom: service, path, interface. Raises BusRefused; BusSilent after the patience."""
        from jeepney import DBusAddress, DBusErrorResponse, new_method_call
        from jeepney.wrappers import unwrap_msg

        service, path, interface = whom
        call = new_method_call(DBusAddress(path, service, interface), method, kinds or None, values)
        try:
            return tuple(unwrap_msg(self._connection.send_and_get_reply(call, timeout=PATIENCE_S)))
        except DBusErrorResponse as error:
            raise BusRefused(error.name) from None
        except TimeoutError:
            raise BusSilent from None

    def tell(self, whom: tuple[str, str, str], method: str, kinds: str, values: tuple[Any, ...]) -> None:
        """Call a method and want no answer; from any thread. A bus that is gone is no error."""
        from jeepney import DBusAddress, MessageFlag, new_method_call

        service, path, interface = whom
        call = new_method_call(DBusAddress(path, service, interface), method, kinds, values)
        call.header.flags = MessageFlag.no_reply_expected
        with suppress(OSError):
            self._connection.send(call)

    def next_signal(self) -> tuple[str, tuple[Any, ...]]:
        """The next signal that comes: its name and what it says. Waits for it. Raises BusAbsent when the bus goes."""
        from jeepney import HeaderFields, MessageType

        while True:
            message = self._connection.receive()
            if message.header.message_type is MessageType.signal:
                return str(message.header.fields[HeaderFields.member]), tuple(message.body)

    def property(self, whom: tuple[str, str, str], name: str) -> Any:
        """What a service says of itself under a name; otherwise as `call`."""
        service, path, interface = whom
        answer = self.call((service, path, "org.freedesktop.DBus.Properties"), "Get", "ss", (interface, name))
        return answer[0][1]


def address() -> str:
    """Where the bus of this person's session is; the empty string where nothing tells of one."""
    told, runtime = os.environ.get(ADDRESS, ""), os.environ.get("XDG_RUNTIME_DIR", "")
    if told or not runtime.startswith("/"):
        return told
    return f"unix:path={runtime}/bus" if Path(runtime, "bus").exists() else ""


def ask(question: Callable[[Bus], T], patience_s: float = PATIENCE_S) -> T:
    """What a question comes to that is asked over a connection of its own. Raises BusTrouble of one kind or another.

    The whole has the patience; it is asked in a thread, since connecting to a bus that hangs has no end of its own.
    """
    answers: list[T] = []
    troubles: list[BusTrouble] = []

    def asking() -> None:
        try:
            answers.append(connected(question))
        except BusTrouble as error:
            troubles.append(error)

    thread = threading.Thread(target=asking, name="session bus", daemon=True)
    thread.start()
    thread.join(patience_s)
    if answers:
        return answers[0]
    raise troubles[0] if troubles else BusSilent


def connected(question: Callable[[Bus], T]) -> T:
    """The same in this thread, however long it takes; with a bus that hangs, for ever."""
    from jeepney import DBusErrorResponse
    from jeepney.io.blocking import open_dbus_connection

    where = address()
    if not where:
        raise BusAbsent
    try:
        with open_dbus_connection(where, auth_timeout=PATIENCE_S) as connection:
            return question(Bus(connection))
    except TimeoutError:
        raise BusSilent from None
    except (OSError, RuntimeError, ValueError, KeyError, DBusErrorResponse) as error:  # KeyError: an odd address
        raise BusAbsent(type(error).__name__) from None


def shield() -> Callable[[], bool]:
    """Begin to look whether the bus answers. What is returned waits for that, and takes a silent bus out of this
    process's environment, so that Qt does not wait for it for ever; it says whether it did.

    To be waited for before Qt first asks for the bus, which may be when the first window is made.
    """
    if sys.platform != "linux" or not address():
        return lambda: False
    silent: list[bool] = []

    def looking() -> None:
        import jeepney.io.blocking  # noqa: F401 - a slow disk is no silent bus

        try:
            ask(lambda bus: None)
        except BusSilent:
            silent.append(True)
        except BusTrouble:
            pass  # Qt's library is refused at once, too

    thread = threading.Thread(target=looking, name="session bus at the start", daemon=True)
    thread.start()

    def shielded() -> bool:
        thread.join()
        if silent:
            log.warning("the session bus does not answer: going on without it")
            os.environ[ADDRESS] = NOWHERE
        return bool(silent)

    return shielded
