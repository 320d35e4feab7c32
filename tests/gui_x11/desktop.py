"""A screen of its own with a window manager, a mouse and a keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

NEEDED = ("Xvfb", "openbox", "xdotool")
WIDTH, HEIGHT = 1440, 900


def missing() -> list[str]:
    """The programs that are not installed."""
    return [name for name in NEEDED if shutil.which(name) is None]


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    """Look ten times a second until it is so. AssertionError when the time is over."""
    pause = threading.Event()
    for _ in range(round(seconds * 10)):
        if condition():
            return
        pause.wait(0.1)
    raise AssertionError(f"waited in vain for {what}")


class Desktop:
    """Xvfb and openbox; end it with `close`."""

    def __init__(self) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
        self._processes.append(subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL))
        os.close(writing)
        with os.fdopen(reading, "rb") as number:
            self.display = f":{number.readline().decode().strip()}"
        self.environment = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        self.start(["openbox", "--sm-disable"])

    def start(self, command: list[str], **variables: str) -> subprocess.Popen[bytes]:
        """Start a program on this screen."""
        process = subprocess.Popen(command, env={**self.environment, **variables}, stderr=subprocess.DEVNULL)
        self._processes.append(process)
        return process

    def do(self, *words: str | int) -> str:
        """One xdotool command; what it prints."""
        command = ["xdotool", *map(str, words)]
        return subprocess.run(command, env=self.environment, check=False, capture_output=True, text=True).stdout.strip()

    def find(self, title: str) -> str:
        """The id of a window that is seen, the empty string if there is none."""
        return self.do("search", "--onlyvisible", "--name", title).split("\n")[0]

    def place(self, window: str) -> Mapping[str, int]:
        """X, Y, WIDTH, HEIGHT of a window."""
        lines = self.do("getwindowgeometry", "--shell", window).split("\n")
        return {key: int(value) for key, value in (line.split("=") for line in lines if "=" in line)}

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in steps as a hand does, let go."""
        self.do("mousemove", *start, "mousedown", 1)
        for step in range(1, 21):
            x, y = (round(a + (b - a) * step / 20) for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y)
        self.do("mousemove", end[0] + 3, end[1] + 3)
        self.do("mousemove", *end)

    def let_go(self) -> None:
        """Release the button."""
        self.do("mouseup", 1)

    def photograph(self, file: Path) -> None:
        """Keep the screen as a picture, where a program for that is installed."""
        if shutil.which("scrot"):
            subprocess.run(["scrot", "-o", str(file)], env=self.environment, check=False)

    def close(self) -> None:
        """End every program, the screen last."""
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


PYTHON = sys.executable
