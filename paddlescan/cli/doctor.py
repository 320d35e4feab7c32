"""`paddlescan doctor`: every part tested, each with a remedy; and the support file."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from paddlescan.cli.engine import engine_of
from paddlescan.cli.printable import printable
from paddlescan.cli.terminal import Terminal
from paddlescan.desktop.bundle import Wanted, write_bundle
from paddlescan.desktop.diagnosis import Diagnosis
from paddlescan.desktop.doctor import examine
from paddlescan.document import Language
from paddlescan.errors import OptionAlone
from paddlescan.export.atomic import check_target
from paddlescan.paths import user_paths
from paddlescan.words import say
from paddlescan.words.bundle import contents, listed
from paddlescan.words.sentences import doctor_words


def run_doctor(options: argparse.Namespace, language: Language) -> int:
    """Print each finding as it comes, write a support file if one is asked for; status 3 if any part has a problem."""
    bundle, wanted = _bundle(options)
    paths = user_paths()
    terminal = Terminal(language)
    if bundle is not None:
        check_target(bundle, options.overwrite)
        for line in listed(contents(wanted.names, wanted.receipts), language).splitlines():
            terminal.complain(line)
    engine = engine_of(options, paths)
    findings: list[Diagnosis] = []
    for finding in examine(paths, engine, language):
        findings.append(finding)
        if not options.json:
            _print(finding, language)
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    if bundle is not None:
        write_bundle(bundle, paths, findings, wanted, options.overwrite, language)
        terminal.say("wrote", file=str(bundle))
    return 3 if any(finding.state == "problem" for finding in findings) else 0


def _bundle(options: argparse.Namespace) -> tuple[Path | None, Wanted]:
    """The support file that is asked for, and what shall be in it. Raises OptionAlone for what needs one."""
    wanted = Wanted(options.with_names, options.with_receipts)
    if options.bundle is not None:
        return Path(options.bundle), wanted
    if wanted.with_names or options.overwrite:
        alone = "--with-receipts" if wanted.receipts else "--with-names" if wanted.names else "--overwrite"
        raise OptionAlone(file=alone, detail="--bundle")
    return None, wanted


def _print(finding: Diagnosis, language: Language) -> None:
    name = doctor_words(finding.name, language)
    colon = "：" if language == "zh" else ": "
    print(f"[{say(finding.state, language)}] {name}{colon}{printable(finding.detail)}", flush=True)
    if finding.remedy:
        print(f"    {printable(finding.remedy)}", flush=True)
