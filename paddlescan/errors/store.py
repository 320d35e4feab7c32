"""What can be wrong with the disk and the list of receipts on it."""

from __future__ import annotations

from paddlescan.errors.base import PaddleScanError


class DiskFull(PaddleScanError):
    code = "disk_full"
    message_template = "The disk is full: {detail} could not be saved in {file}."
    remedy_template = (
        "Make room on that disk, then try again; what was read is kept, and what was typed is saved when there is room."
    )


class DiskShort(PaddleScanError):
    code = "disk_short"
    message_template = "Reading the pages that wait ({pages}) will take about {needed}; {free} are free on the disk."
    remedy_template = "Make room there; reading stops in time, and goes on when there is room."


class StoreDamaged(PaddleScanError):
    code = "store_damaged"
    message_template = "The list of receipts is damaged: {detail}."
    remedy_template = "Close every PaddleScan and start it again: it then saves what can be saved."


class StoreSetAside(PaddleScanError):
    code = "store_set_aside"
    message_template = "The list of receipts was damaged. {detail} receipts were saved into a new list."
    remedy_template = "You can go on working; look whether something is missing. The damaged list is kept: {file}"


class EditsSetAside(PaddleScanError):
    code = "edits_set_aside"
    message_template = "{detail} edits that could not be saved the last time were made in another list of receipts."
    remedy_template = "They are not in this list: its receipts are others. See whether something must be typed again."


class StoreRestored(PaddleScanError):
    code = "store_restored"
    message_template = "The list of receipts was missing. {detail} receipts were taken from its copy of {extra}."
    remedy_template = "They are among the earlier batches. Add the files again that came later."


class StoreMended(PaddleScanError):
    code = "store_mended"
    message_template = "PaddleScan did not end properly the last time. Its list of receipts was mended."
    remedy_template = "Nothing was lost; you need do nothing."


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
    remedy_template = "See that it is there and that you may write to it, or ask whoever looks after this computer."


class StoreUnwritable(PaddleScanError):
    code = "store_unwritable"
    message_template = "The list of receipts cannot be opened or written: {detail}."
    remedy_template = "Check the folder {file}: it must be there, be yours, and let you write."


class RowGone(PaddleScanError):
    code = "row_gone"
    message_template = "What you changed is no longer in the list of receipts."
    remedy_template = "It was deleted in another window; add the file again if you need it."


class BatchGone(RowGone):
    code = "batch_gone"
    message_template = "This batch was deleted in another window."
    remedy_template = "Open another one, or add its files again if you need them."


class BatchNotBegun(PaddleScanError):
    code = "batch_not_begun"
    message_template = "A new batch could not be begun: {detail}."
    remedy_template = "The batch in front stays. See to that first, then begin the new one again."


class EraseIncomplete(PaddleScanError):
    code = "erase_incomplete"
    message_template = "Not everything could be erased; {file} is in use."
    remedy_template = "Close other programs and erase again."
