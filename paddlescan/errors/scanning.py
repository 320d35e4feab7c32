"""What can be wrong with a scanner: the program that speaks with it, the device, its paper."""

from __future__ import annotations

from paddlescan.errors.base import PaddleScanError


class ScannerProgramMissing(PaddleScanError):
    code = "scanner_program_missing"
    message_template = "Nothing here speaks with scanners: the program scanimage is not installed."
    remedy_template = (
        "Install it: sudo apt-get install sane-utils (Debian, Ubuntu), sudo dnf install sane-backends (Fedora), or the"
        " package sane. Or scan into a folder with the program that came with the scanner, and let PaddleScan watch"
        " that folder."
    )


class ScannerNotOnWindows(PaddleScanError):
    code = "scanner_not_on_windows"
    message_template = "On Windows, PaddleScan does not speak with scanners itself."
    remedy_template = (
        "Scan with the app Windows Scan or with the scanner's own program into one folder, and let PaddleScan watch"
        " that folder; or drop the files here."
    )


class ScannerNotOnMac(PaddleScanError):
    code = "scanner_not_on_mac"
    message_template = "On a Mac, PaddleScan speaks with scanners only by the program scanimage, which is not here."
    remedy_template = (
        "Scan with Image Capture or Preview into one folder, and let PaddleScan watch that folder; or drop the files"
        " here."
    )


class ScannerNotInFlatpak(PaddleScanError):
    code = "scanner_not_in_flatpak"
    message_template = "In its Flatpak, PaddleScan does not reach scanners."
    remedy_template = (
        "Scan with the desktop's own program (Document Scanner, Skanlite) into one folder, and let PaddleScan watch"
        " that folder; or install PaddleScan's .deb or portable package."
    )


class ScannerNone(PaddleScanError):
    code = "scanner_none"
    message_template = "No scanner was found."
    remedy_template = (
        "Switch it on, connect it and look again; it may take half a minute to start. One in the network may want the"
        " package sane-airscan, an older one its maker's driver."
    )


class ScannerBusy(PaddleScanError):
    code = "scanner_busy"
    message_template = "The scanner {file} is in use."
    remedy_template = "Close the other program that scans, or wait until somebody else is done, then scan again."


class ScannerJammed(PaddleScanError):
    code = "scanner_jammed"
    message_template = "Paper is stuck in the feeder of {file}."
    remedy_template = "Take it out, put the pages that are not scanned yet into the feeder, and scan again."


class ScannerCoverOpen(PaddleScanError):
    code = "scanner_cover_open"
    message_template = "The cover of {file} is open."
    remedy_template = "Close it, and scan again."


class ScannerEmpty(PaddleScanError):
    code = "scanner_empty"
    message_template = "There is no paper in the feeder of {file}."
    remedy_template = "Put the pages in until the scanner notices them, and scan again; or choose the glass."


class ScannerDenied(PaddleScanError):
    code = "scanner_denied"
    message_template = "You may not use the scanner {file}."
    remedy_template = (
        "Ask whoever looks after this computer to put you into the group scanner"
        " (sudo usermod -aG scanner YOUR-NAME); then log out and in again."
    )


class ScannerGone(PaddleScanError):
    code = "scanner_gone"
    message_template = "The scanner {file} can no longer be reached."
    remedy_template = "See whether it is switched on and connected, then look for scanners again."


class ScannerFailed(PaddleScanError):
    code = "scanner_failed"
    message_template = "The scanner {file} gave up: {detail}."
    remedy_template = (
        "Switch it off and on, wait until it is ready, and scan again; if it stays so, try another choice."
    )


class ScannerSilent(PaddleScanError):
    code = "scanner_silent"
    message_template = "The scanner {file} does not answer."
    remedy_template = "Switch it off and on, see whether its cable or the network is connected, and try again."


class ScannerPageDamaged(PaddleScanError):
    code = "scanner_page_damaged"
    message_template = "A page of {file} did not arrive whole, and is not kept."
    remedy_template = "Put that page in once more, and scan again; the pages before it are kept."
