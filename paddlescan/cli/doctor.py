"""`paddlescan doctor`: every part tested, each with a remedy."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from paddlescan.cli.terminal import printable
from paddlescan.desktop.doctor import Diagnosis, examine
from paddlescan.document import EngineOptions, Language
from paddlescan.paths import user_paths
from paddlescan.words import say
from paddlescan.words.sentences import doctor_words


def run_doctor(options: argparse.Namespace, language: Language) -> int:
    """Print each finding as it comes; status 3 if any part has a problem."""
    paths = user_paths()
    engine = EngineOptions(device=options.device, engine=options.engine, patterns_dir=paths.patterns)
    findings: list[Diagnosis] = []
    for finding in examine(paths, engine, language):
        findings.append(finding)
        if not options.json:
            _print(finding, language)
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    return 3 if any(finding.state == "problem" for finding in findings) else 0


def _print(finding: Diagnosis, language: Language) -> None:
    name = doctor_words(finding.name, language)
    colon = "：" if language == "zh" else ": "
    print(f"[{say(finding.state, language)}] {name}{colon}{printable(finding.detail)}", flush=True)
    if finding.remedy:
        print(f"    {printable(finding.remedy)}", flush=True)
