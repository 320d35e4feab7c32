"""What can be typed on the command line. Imports nothing heavy, so that `--help` answers at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from paddlescan import __version__

COMMANDS = ("scan", "prepare", "doctor", "models")

EPILOG = """commands:
  paddlescan scan PATH...            read files and folders without a window
  paddlescan prepare IN... OUT       straighten and clean pages, write them as PNG
  paddlescan doctor                  test device, engine, models, folders
  paddlescan models list|verify      the reading models

Each has its own --help. Nothing leaves this computer."""


def wants_command_line(argv: Sequence[str]) -> bool:
    """Whether these arguments name a command; otherwise they are paths for the window."""
    rest = list(argv)
    while rest[:1] == ["--lang"] or (rest and rest[0].startswith("--lang=")):
        rest = rest[1:] if "=" in rest[0] else rest[2:]
    return bool(rest) and rest[0] in COMMANDS


def window_parser() -> argparse.ArgumentParser:
    """`paddlescan [PATH...]`: the window, with these files and folders queued."""
    parser = argparse.ArgumentParser(
        prog="paddlescan",
        description="Scanned receipts, invoices and tickets to a checked spreadsheet.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders to open in the window")
    parser.add_argument("--version", action="version", version=f"PaddleScan {__version__}")
    parser.add_argument("--samples-if-empty", action="store_true", help=argparse.SUPPRESS)
    _language(parser)
    return parser


def command_parser() -> argparse.ArgumentParser:
    """The parser of all commands; the result's `command` says which."""
    parser = argparse.ArgumentParser(prog="paddlescan")
    _language(parser)
    commands = parser.add_subparsers(dest="command", required=True)
    _scan(commands.add_parser("scan", help="read files and folders without a window"))
    _prepare(commands.add_parser("prepare", help="straighten and clean pages, write them as PNG"))
    doctor = commands.add_parser("doctor", help="test device, engine, models, folders")
    doctor.add_argument("--json", action="store_true", help="print the findings as JSON")
    _engine(doctor)
    models = commands.add_parser("models", help="the reading models")
    models.add_argument("action", choices=("list", "verify"))
    for command in commands.choices.values():
        _language(command, default=argparse.SUPPRESS)
    return parser


def _language(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    parser.add_argument("--lang", choices=("en", "zh"), default=default, help="language (default: the system's)")


def _engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=("auto", "cpu", "gpu"), default="auto")
    parser.add_argument("--engine", choices=("auto", "onnxruntime", "openvino", "paddle"), default="auto")


def _preparation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keep-seals", action="store_true", help="leave seals (印章) on the page")
    parser.add_argument("--seal-strength", type=_share, default=50, metavar="N", help="0 to 100, default 50")
    parser.add_argument("--no-split", action="store_true", help="never take one page for several receipts")
    parser.add_argument("--no-deskew", action="store_true", help="leave slanted pages as they are")
    parser.add_argument("--no-orient", action="store_true", help="leave pages that lie on their side as they are")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def _scan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument("--json", metavar="F", help="write all that was read (schema paddlescan/1)")
    parser.add_argument("--csv", metavar="F", help="write a table, a row a receipt")
    parser.add_argument("--items", metavar="F", help="write a second table, a row a line item")
    parser.add_argument("--beside", action="store_true", help="write the CSV beside the files, never replacing one")
    parser.add_argument("--overwrite", action="store_true", help="replace export files that exist")
    _engine(parser)
    parser.add_argument("--workers", type=_count, default=None, metavar="N", help="pages read at the same time")
    _preparation(parser)
    parser.add_argument("--resume", action="store_true", help="go on with the unfinished scan of the same paths")


def _prepare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="IN", help="files and folders")
    parser.add_argument("out", metavar="OUT", help="folder for the PNG files")
    parser.add_argument("--json", metavar="F", help="write what was done to each page (schema paddlescan/1)")
    parser.add_argument("--overwrite", action="store_true", help="replace files that exist")
    _preparation(parser)


def _share(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError("0 to 100")
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 64:
        raise argparse.ArgumentTypeError("1 to 64")
    return value
