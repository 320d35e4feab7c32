"""A desktop's notification service: it prints what it is told. `click` clicks each of them, `markup` knows markup."""

from __future__ import annotations

import sys

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


def signal(connection: DBusConnection, member: str, kinds: str, *said: object) -> None:
    connection.send(new_signal(DBusAddress(PATH, interface=NAME), member, kinds, said))


def main() -> None:
    """Answer until ended from outside."""
    click, markup = "click" in sys.argv, "markup" in sys.argv
    with open_dbus_connection() as connection:
        assert Proxy(message_bus, connection).RequestName(NAME) == (1,)
        print("ready", flush=True)
        number = 6
        while True:
            call = connection.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            member = call.header.fields[HeaderFields.member]
            if member == "GetCapabilities":
                able = ["body", "actions", *(["body-markup"] if markup else [])]
                connection.send(new_method_return(call, "as", (able,)))
            elif member == "GetServerInformation":
                connection.send(new_method_return(call, "ssss", ("fake", "of ours", "7", "1.2")))
            elif member == "Notify":
                number += 1
                program, _replaces, icon, title, body, actions, hints, _time = call.body
                action = next(iter(actions), "")
                print(program, icon, title, body, action, hints["desktop-entry"][1], sep="|", flush=True)
                connection.send(new_method_return(call, "u", (number,)))
                if click:
                    signal(connection, "ActivationToken", "us", number, "token-7")
                    signal(connection, "ActionInvoked", "us", number - 1, "default")  # somebody else's
                    signal(connection, "ActionInvoked", "us", number, "default")
            elif member == "CloseNotification":
                print("closed", call.body[0], flush=True)
                signal(connection, "NotificationClosed", "uu", call.body[0], 3)
            else:
                connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))


if __name__ == "__main__":
    main()
