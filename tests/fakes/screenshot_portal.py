"""A desktop's portal for pictures of the screen. Arguments: the picture, then how each wish ends, one after another.

`taken`, `left` (the person gave it up), `broken` (no picture came of it), `gone` (it dies with the wish in its hands).
At the end of the list it goes.
"""

from __future__ import annotations

import sys
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
REQUEST = "org.freedesktop.portal.Request"


def answer(connection: DBusConnection, call: Message, end: str, picture: str) -> None:
    """One wish, and how it ends."""
    _window, options = call.body
    assert options["interactive"][1] is True
    sender = call.header.fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
    where = f"{PATH}/request/{sender}/{options['handle_token'][1]}"
    connection.send(new_method_return(call, "o", (where,)))
    if end == "gone":
        raise SystemExit
    told: dict[str, Any] = {"uri": ("s", picture)} if end == "taken" else {}
    code = {"left": 1, "broken": 2}.get(end, 0)
    connection.send(new_signal(DBusAddress(where, interface=REQUEST), "Response", "ua{sv}", (code, told)))


def main() -> None:
    """Answer what is asked for."""
    picture, *ends = sys.argv[1:]
    with open_dbus_connection() as connection:
        assert Proxy(message_bus, connection).RequestName(SERVICE) == (1,)
        print("ready", flush=True)
        while ends:
            call = connection.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            if call.header.fields[HeaderFields.member] == "Screenshot":
                answer(connection, call, ends.pop(0), picture)
            else:
                connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))


if __name__ == "__main__":
    main()
