"""What the command line shows on standard error while it works. Names are data: control characters are made visible."""

from __future__ import annotations

import getpass
import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from paddlescan.cli.printable import printable
from paddlescan.document import Language
from paddlescan.errors import LOCKED_CODES, Failure
from paddlescan.store.care import Found
from paddlescan.words import error_sentence, say, together


class Terminal:
    """Progress and messages on standard error; silent but for trouble when quiet."""

    def __init__(self, language: Language, quiet: bool = False) -> None:
        self.language = language
        self.quiet = quiet
        self.console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def say(self, key: str, **parameters: object) -> None:
        """A sentence of words/, unless quiet."""
        self.tell(self.sentence(key, **parameters))

    def tell(self, text: str) -> None:
        """A text, unless quiet."""
        if not self.quiet:
            self.complain(text)

    def sentence(self, key: str, **parameters: object) -> str:
        """A sentence of words/, harmless in a terminal."""
        return printable(say(key, self.language, **parameters))

    def complain(self, text: str) -> None:
        """Something that must be seen even when quiet."""
        self.console.print(printable(text), soft_wrap=True)

    def fail(self, failure: Failure) -> None:
        """What went wrong and what helps, seen even when quiet; of a locked file, what helps at a terminal."""
        message, remedy = error_sentence(failure, self.language)
        if failure.code in LOCKED_CODES:
            remedy = say(f"remedy_{failure.code}", self.language)
        self.complain(together(message, remedy))

    def checking_store(self) -> None:
        """The last end was not clean: looking at the store takes a moment."""
        self.say("checking_store")

    def store_news(self, found: Found) -> None:
        """What a start put right, also when quiet."""
        if found.news is not None:
            self.fail(found.news)

    @property
    def can_ask(self) -> bool:
        """Whether somebody is there to answer a question."""
        return not self.quiet and sys.stdin.isatty()

    def ask_password(self, name: str) -> str:
        """The password of a file of that name; empty where none is given. Raises KeyboardInterrupt after Ctrl-C."""
        if self._progress is not None:
            self._progress.stop()
        try:
            return getpass.getpass(self.sentence("password", file=name), stream=sys.stderr)
        except EOFError:
            return ""
        finally:
            if self._progress is not None:
                self._progress.start()

    def start(self, key: str, total: int) -> Terminal:
        """Show a bar for this many pages."""
        if not self.quiet and sys.stderr.isatty():
            self._progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[pace]}"),
                TimeRemainingColumn(),
                console=self.console,
            )
            self._task = self._progress.add_task(say(key, self.language), total=total, pace="")
            self._progress.start()
        return self

    def advance(self, done: int, total: int, pages_a_minute: float | None = None) -> None:
        """So many pages are done of so many; more may have been found since."""
        if self._progress is not None and self._task is not None:
            pace = "" if pages_a_minute is None else f"{pages_a_minute:.0f}/min"
            self._progress.update(self._task, completed=done, total=total, pace=pace)

    def stop(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
