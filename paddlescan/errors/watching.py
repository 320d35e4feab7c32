"""What can be wrong with a watched folder."""

from __future__ import annotations

from paddlescan.errors.base import PaddleScanError


class WatchedFolderGone(PaddleScanError):
    code = "watched_folder_gone"
    message_template = "The folder {file} is not there now."
    remedy_template = "Connect its disk or network drive; PaddleScan goes on by itself when it is back."


class AlreadyWatched(PaddleScanError):
    code = "already_watched"
    message_template = "Another PaddleScan watches the folder {file} already."
    remedy_template = "Nothing is read twice: close that one (a window, or paddlescan watch) if this one shall watch."


class NotMoved(PaddleScanError):
    code = "not_moved"
    message_template = "What was read could not be moved to {file}: {detail}."
    remedy_template = "See that the folder is there and may be written to; it is tried again by itself."


class FolderWithin(PaddleScanError):
    code = "folder_within"
    message_template = (
        "{file} lies in the watched folder, and what is written there would be read as if it had arrived."
    )
    remedy_template = "Name a place outside of the watched folder."


class ServiceNotInstalled(PaddleScanError):
    code = "service_not_installed"
    message_template = "The service could not be installed or removed: {detail}."
    remedy_template = "Run paddlescan watch without --install, or from the start-up programs of your desktop."
