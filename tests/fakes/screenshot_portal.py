"""A desktop's portal for pictures of the screen. Arguments: the picture, then how each wish ends, one after another.

`taken`, `left` (the person gave it up), `broken` (no picture came of it), `gone` (it dies with the wish in its hands),
`late` (it says nothing until the next wish comes, and then answers this one first). It says which wishes were taken
back, and at the end of the list it goes.
"""

from __future__ import annotations

import sys
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
REQUEST = "org.freedesktop.portal.Request"


class Portal:
    """Answers one wish after another."""

    def __init__(self, connection: DBusConnection, picture: str, ends: list[str]) -> None:
        self._connection, self._picture, self._ends = connection, picture, ends
        self._late = ""

    def serve(self) -> None:
        """Until all have ended."""
        while self._ends:
            call = self._connection.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            member = call.header.fields[HeaderFields.member]
            if member == "Screenshot":
                self._answer(call, self._ends.pop(0))
            elif member == "Close":
                print("taken back", call.header.fields[HeaderFields.path] == self._late, flush=True)
            else:
                self._connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))

    def _answer(self, call: Message, end: str) -> None:
        _window, options = call.body
        assert options["interactive"][1] is True
        sender = call.header.fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
        where = f"{PATH}/request/{sender}/{options['handle_token'][1]}"
        if self._late:
            self._respond(self._late, "taken")
            self._late = ""
        if end == "late":
            self._late = where
            return
        self._connection.send(new_method_return(call, "o", (where,)))
        if end == "gone":
            raise SystemExit
        self._respond(where, end)

    def _respond(self, where: str, end: str) -> None:
        told: dict[str, Any] = {"uri": ("s", self._picture)} if end == "taken" else {}
        code = {"left": 1, "broken": 2}.get(end, 0)
        signal = new_signal(DBusAddress(where, interface=REQUEST), "Response", "ua{sv}", (code, told))
        self._connection.send(signal)


def main() -> None:
    """Answer what is asked for."""
    picture, *ends = sys.argv[1:]
    with open_dbus_connection() as connection:
        assert Proxy(message_bus, connection).RequestName(SERVICE) == (1,)
        print("ready", flush=True)
        Portal(connection, picture, ends).serve()


if __name__ == "__main__":
    main()
