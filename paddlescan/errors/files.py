"""What can be wrong with a source file or with reading a page of it."""

from __future__ import annotations

from paddlescan.errors.base import PaddleScanError


class UnreadableFile(PaddleScanError):
    code = "unreadable_file"
    message_template = "{file} could not be read: it is damaged or not what its name says."
    remedy_template = "Open it in another program; if that fails too, scan or download it again."


class UnsupportedFormat(PaddleScanError):
    code = "unsupported_format"
    message_template = "{file} is not a kind of file that PaddleScan reads."
    remedy_template = "Save it as PDF, JPEG or PNG and add that."


class PackedFile(UnsupportedFormat):
    code = "packed_file"
    message_template = "{file} is a packed file (ZIP, RAR, 7z or the like), which PaddleScan does not open."
    remedy_template = "Unpack it first, then add the folder that comes of it."


class PackedLeft(PaddleScanError):
    code = "packed_left"
    message_template = "Packed files (ZIP, RAR, 7z or the like) that were left out: {count} ({file})."
    remedy_template = "Unpack them first, then add the folder that comes of it."


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


class DiskSilent(PaddleScanError):
    code = "disk_silent"
    message_template = "{file} could not be opened: its disk does not answer."
    remedy_template = "See whether the network or the disk is connected, then read it again."


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


class PathMissing(PaddleScanError):
    code = "path_missing"
    message_template = "No such file or folder: {file}."
    remedy_template = "Check the name, and the folder you are in."


class NothingToScan(PaddleScanError):
    code = "nothing_to_scan"
    message_template = "There is nothing to scan in {file}."
    remedy_template = "Give files or folders with images or PDFs."
