"""`paddlescan models list|verify`."""

from __future__ import annotations

import argparse

from paddlescan.cli.printable import printable
from paddlescan.document import Language
from paddlescan.errors import ModelDamaged, ModelMissing
from paddlescan.ocr.models import find_models, verify
from paddlescan.words import error_sentence, say


def run_models(options: argparse.Namespace, language: Language) -> int:
    """Print the models, or compare them with their SHA-256. Status 3 if one is missing or damaged."""
    try:
        models = find_models()
        if options.action == "list":
            for path in models.files:
                print(f"{path.name}\t{path.stat().st_size}\t{path}")
            return 0
        checks = verify(models)
    except ModelMissing as error:
        print(*map(printable, error_sentence(error.failure, language)), sep="\n")
        return 3
    for check in checks:
        state = say("ok" if check.intact else "problem", language)
        print(f"{check.name}\t{check.size}\t{check.sha256}\t{state}")
    damaged = [check.name for check in checks if not check.intact]
    if damaged:
        print(*error_sentence(ModelDamaged(detail=", ".join(damaged)).failure, language), sep="\n")
        return 3
    print(say("models_good", language))
    return 0
