"""A part of the desktop that only says what it has: `desktop_service.py NAME INTERFACE.PROPERTY=NUMBER...`."""

from __future__ import annotations

import sys

from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection


def main() -> None:
    """Answer until ended from outside."""
    name, *told = sys.argv[1:]
    has = {key: int(number) for key, _, number in (each.partition("=") for each in told)}
    with open_dbus_connection() as connection:
        assert Proxy(message_bus, connection).RequestName(name) == (1,)
        print("ready", flush=True)
        while True:
            call = connection.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            key = ".".join(call.body) if call.header.fields[HeaderFields.member] == "Get" else ""
            if key in has:
                connection.send(new_method_return(call, "v", (("u", has[key]),)))
            else:
                connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownInterface"))


if __name__ == "__main__":
    main()
