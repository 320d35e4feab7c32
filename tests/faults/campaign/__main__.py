"""`python -m tests.faults.campaign`: see the package."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import ROOT
from tests.faults.campaign.ground import make_ground
from tests.faults.campaign.killing import build_killer
from tests.faults.campaign.plans import plan
from tests.faults.campaign.report import table
from tests.faults.campaign.rounds import Outcome, Round, sentences


def campaign(folder: Path, seed: int, numbers: list[int], kills: int | None, keep: bool) -> list[Outcome]:
    """Run rounds: these, or as many as bring so many kills."""
    library = build_killer(folder)
    ground = make_ground(folder, library)
    print(f"system calls: {ground.counts if library else 'no C compiler, so nobody dies at one'}", flush=True)
    outcomes: list[Outcome] = []
    queue = iter(numbers) if kills is None else iter(range(1, 10 * kills))
    for number in queue:
        if kills is not None and sum(outcome.kills for outcome in outcomes) >= kills:
            break
        one = plan(seed, number, calls=library is not None)
        outcome = Round(ground, one, library).run()
        outcomes.append(outcome)
        state = "killed" if outcome.hit else "ended before"
        print(
            f"{number:4} {'+'.join(one.programs):15} {one.victim:8} {one.moment:10} {one.start:11} {state:12}"
            f" {outcome.pages_left:2} waited, {outcome.typed:2} typed, {outcome.saved:2} edits saved,"
            f" {outcome.seconds:5.1f} s",
            flush=True,
        )
        for sentence in sentences(outcome.findings):
            print(f"     ! {sentence}", flush=True)
        if not outcome.findings and not keep:
            shutil.rmtree(ground.folder / f"round-{number}", ignore_errors=True)
    return outcomes


def main() -> int:
    """Exit status: 0 if all held, else 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.campaign", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="go on until so many programs were killed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="*", help="these rounds of the seed")
    parser.add_argument("--folder", type=Path, help="where to work, kept afterwards (a new folder)")
    parser.add_argument("--keep", action="store_true", help="keep the folders of good rounds, too")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="paddlescan-campaign-"))
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)
    began = time.monotonic()
    print(f"seed {options.seed}, in {folder}", flush=True)
    outcomes = campaign(folder, options.seed, options.only or [], None if options.only else options.kills, options.keep)
    bad = [outcome for outcome in outcomes if outcome.findings]
    print(f"\nSeed {options.seed}, {len(outcomes)} rounds in {(time.monotonic() - began) / 60:.0f} minutes.\n")
    print(table(outcomes))
    if bad:
        again = " ".join(str(outcome.plan.number) for outcome in bad)
        print(f"\nAgain: python -m tests.faults.campaign --seed {options.seed} --only {again}")
    elif options.folder is None:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
