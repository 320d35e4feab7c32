"""`paddlescan watch`: what arrives in a folder is read, exported and put away, until the program is told to stop."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from dataclasses import replace
from datetime import datetime
from types import FrameType

from paddlescan.cli.counts import scanned
from paddlescan.cli.engine import engine_options
from paddlescan.cli.named_paths import refuse_missing
from paddlescan.cli.opening import scan_options
from paddlescan.cli.rounds import Exports
from paddlescan.cli.scan import INTERRUPTED
from paddlescan.cli.terminal import Terminal
from paddlescan.desktop.discretion import ending_politely
from paddlescan.desktop.hot_folder.loop import Loop, News
from paddlescan.desktop.hot_folder.plan import Plan, Watch
from paddlescan.desktop.notifying import notify
from paddlescan.document import EngineOptions, Language
from paddlescan.errors import Failure, NothingToScan
from paddlescan.ocr.devices import choose_device
from paddlescan.paths import Paths, user_paths
from paddlescan.pipeline.batch import run_batch
from paddlescan.pipeline.events import EngineReady, EngineStorm, EngineTrouble, Event
from paddlescan.pipeline.keeping import after_work, begun
from paddlescan.pipeline.passwords import Passwords
from paddlescan.settings import load_settings, threads_for
from paddlescan.store import BatchOwner, HotRound, Store
from paddlescan.words import why_there


def run_watch(options: argparse.Namespace, language: Language) -> int:
    """Watch a folder; returns the exit status: with --once 1 if a page failed, 130 when told to stop."""
    if options.install or options.remove:
        from paddlescan.cli.service import run_service

        return run_service(options, language)
    terminal = Terminal(language, options.quiet)
    plan = plan_of(options)
    if options.once and not plan.folder.is_dir():
        refuse_missing([options.folder])
        raise NothingToScan(file=options.folder)
    exports = Exports.asked_for(options, plan)
    paths = user_paths().make()
    engine = engine_options(options, paths)
    choose_device(engine)  # an engine or a GPU that is not there is told before anything else happens
    watch = Watch(paths.store, plan.folder)
    watch.acquire()
    try:
        with begun(paths.store, terminal.checking_store) as found:
            terminal.store_news(found)
            terminal.say("watching", folder=str(plan.folder))
            host = _CommandLine(paths, plan, engine, options, terminal, exports)
            return host.run()
    finally:
        watch.release()


def plan_of(options: argparse.Namespace) -> Plan:
    """How the command line says that a folder is to be watched."""
    times = {"every_s": float(options.every), "settle_s": float(options.settle)}
    return Plan.of(options.folder, options.recursive, options.move_to or "", **times)


class _CommandLine:
    """The host of the loop: reads with engines of its own, exports, tells. A round is a batch."""

    owner: BatchOwner = "cli"

    def __init__(
        self,
        paths: Paths,
        plan: Plan,
        engine: EngineOptions,
        options: argparse.Namespace,
        terminal: Terminal,
        exports: Exports,
    ) -> None:
        self._paths, self._plan, self._engine = paths, plan, engine
        self._options, self._terminal, self._exports = options, terminal, exports
        self._stop = threading.Event()
        self._passwords = Passwords(os.environ.get("PADDLESCAN_PASSWORD"))
        self._trouble: Failure | None = None
        self._said_device = ("", "")
        self._failed = 0

    def run(self) -> int:
        """Until told to stop, or with --once until all is read."""
        loop = Loop(self._plan, self._paths.store, self)
        with ending_politely(self._interrupted, signal.SIGINT):
            loop.run(self._stop, self._options.once)
        if self._stop.is_set():
            self._terminal.say("watch_stopped")
            return INTERRUPTED
        return 1 if self._failed else 0

    def batch_for(self, store: Store, rounds: tuple[HotRound, ...]) -> int:
        """The round that is open and not being exported, or a new one."""
        open_ = [each.batch for each in rounds if not each.number]
        if open_:
            return open_[-1]
        now = datetime.now().astimezone().replace(microsecond=0)
        name = f"{self._plan.name} {now:%Y-%m-%d %H:%M}"
        return store.begin_hot_round(self._plan.key, now.isoformat(), name, "cli", scan_options(self._options))

    def read(self, batch: int) -> bool:
        """Read what waits. False: another program reads this batch. Raises what keeps the engines from reading."""
        with Store(self._paths.store) as store:
            lease = store.lease(batch)
            summary = store.summary(batch)
        if not lease.acquire():
            return False
        self._trouble = None
        wanted = self._options.workers or load_settings(self._paths.settings).worker_count()
        workers = max(1, min(wanted, summary.waiting + summary.reading))
        try:
            run_batch(
                self._paths.store,
                batch,
                replace(self._engine, threads=threads_for(workers)),
                scan_options(self._options),
                workers,
                self._event,
                self._stop,
                passwords=self._passwords,
                log_folder=self._paths.logs,
                scratch_root=self._paths.scratch,
            )
        finally:
            lease.release()
        if self._trouble is not None and not self._stop.is_set():
            raise self._trouble.error()
        return True

    def close(self, store: Store, round_: HotRound) -> bool:
        """Export a round, and tell what it held; one that nothing is left of goes."""
        summary = store.summary(round_.batch)
        if not (summary.pages or summary.receipts):  # a person may have added rows by hand, in the window
            store.delete_batch(round_.batch)
            return True
        self._exports.write(store, self._paths, round_, self._terminal, self._passwords)
        self._failed += summary.failed
        counts = {"pages": summary.pages, "review": summary.needs_review, "failed": summary.failed}
        if not self._options.quiet:
            self._tell_failed(store, round_.batch)
        self._terminal.say("scanned", **scanned(summary, store.receipt_rows(round_.batch)))
        if self._options.notify:
            notify("PaddleScan", self._terminal.sentence("watch_round", **counts))
        after_work(self._paths.store, self._stop.is_set)
        return True

    def news(self, news: News) -> None:
        """Say what a person should know; counts of rounds are told when they are over."""
        if news.copies:
            self._terminal.say("watch_copies", files=news.copies)
        for failure in news.told:
            self._complain(failure)

    def trouble(self, failure: Failure | None) -> None:
        """It waits, or goes on."""
        if failure is None:
            self._terminal.say("watch_goes_on")
        else:
            self._complain(failure)

    def _event(self, event: Event) -> None:
        """Called from the workers' threads, never by two at once."""
        if isinstance(event, EngineReady) and (event.engine.device, event.engine.reason) != self._said_device:
            engine = event.engine
            self._said_device = (engine.device, engine.reason)
            because = why_there(engine, self._terminal.language)
            self._terminal.say("device", device=engine.device.upper(), engine=engine.name, reason=because)
        elif isinstance(event, EngineTrouble):
            self._trouble = event.failure
        elif isinstance(event, EngineStorm):
            self._complain(event.failure)

    def _tell_failed(self, store: Store, batch: int) -> None:
        for row in store.receipt_rows(batch):
            if row.failure is not None:
                self._complain(row.failure)

    def _complain(self, failure: Failure) -> None:
        self._terminal.fail(failure)

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-C, or the system wants the program to end: stop gently; a second time: at once."""
        if self._stop.is_set():
            raise KeyboardInterrupt
        self._stop.set()
