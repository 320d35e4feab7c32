"""What can be wrong with exports, their templates and patterns, with tables that are read back, with the menus of file
managers, and with pictures of the screen."""

from __future__ import annotations

from paddlescan.errors.base import PaddleScanError


class TableUnknown(PaddleScanError):
    code = "table_unknown"
    message_template = "{file} has no columns of an export."
    remedy_template = "Choose a CSV, XLSX or JSON that PaddleScan exported, with the headers it wrote."


class TableMissing(PaddleScanError):
    code = "table_missing"
    message_template = "{file} was not found."
    remedy_template = "Look whether its name and folder are right."


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
    remedy_template = "Give its number, or its name as the window shows it among the earlier batches."


class PageUnknown(PaddleScanError):
    code = "page_unknown"
    message_template = "Batch {detail} has no such page."
    remedy_template = "Give the file's name as the list shows it, and a page number that it has."


class ExportExists(PaddleScanError):
    code = "export_exists"
    message_template = "{file} exists already."
    remedy_template = "Choose another name, or give --overwrite to replace it."


class ExportFailed(PaddleScanError):
    code = "export_failed"
    message_template = "{file} could not be written: {detail}."
    remedy_template = (
        "Close the file where it is open, see that its folder is there and may be written, and export again."
    )


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


class EndingWrong(PaddleScanError):
    code = "ending_wrong"
    message_template = "{file} has the ending of another kind of file: no program would open it."
    remedy_template = "Give it a name that ends in {detail}."


class OptionAlone(PaddleScanError):
    code = "option_alone"
    message_template = "{file} does nothing without {detail}."
    remedy_template = "Add {detail}, or leave {file} out."


class CopiesFailed(PaddleScanError):
    code = "copies_failed"
    message_template = "Some files could not be copied into {file}: {detail}. The others were."
    remedy_template = "See above why, then do it again: copies that are there already are not made twice."


class NothingToExport(PaddleScanError):
    code = "nothing_to_export"
    message_template = "There is no page that could be put into {file}, so it was not written."
    remedy_template = "Scan some receipts first, or see why the pages cannot be drawn."


class MenuFileBroken(PaddleScanError):
    code = "menu_file_broken"
    message_template = "{file} is damaged, so it was left as it is."
    remedy_template = "Mend it or move it away (the file manager then makes a new one), and try again."


class MenuUnwritable(PaddleScanError):
    code = "menu_unwritable"
    message_template = "{file} could not be changed: {detail}."
    remedy_template = "See that you may write there and that the disk has room, then try again."


class ScreenUnseen(PaddleScanError):
    code = "screen_unseen"
    message_template = "PaddleScan cannot take a picture of the screen here."
    remedy_template = "Take it with the desktop's own key (often Print), copy it there, and paste it here with Ctrl+V."
