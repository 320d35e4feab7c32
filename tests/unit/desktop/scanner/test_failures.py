from __future__ import annotations

import pytest

from paddlescan.desktop.scanner.failures import DETAILS, failure_of, said_status
from paddlescan.words import reason


def test_every_reason_has_chinese_words() -> None:
    assert [detail for detail in DETAILS if reason(detail, "zh") == detail] == []


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        (1, "scanimage: open of device fujitsu:1 failed: Device busy", "scanner_busy"),
        (1, "scanimage: open of device fujitsu:1 failed: Access to resource has been denied", "scanner_denied"),
        (1, "scanimage: open of device fujitsu:1 failed: Invalid argument", "scanner_gone"),
        (1, "scanimage: open of device fujitsu:1 failed: Error during device I/O", "scanner_gone"),
        (1, "scanimage: setting of option --source failed (Invalid argument)", "scanner_failed"),
        (1, "", "scanner_failed"),
        (6, "", "scanner_jammed"),
        (7, "", "scanner_empty"),
        (8, "scanimage: sane_start: Scanner cover is open", "scanner_cover_open"),
        (-6, "libpng error: No IDATs written into file", "scanner_failed"),
    ],
)
def test_what_an_end_means(status: int, said: str, code: str) -> None:
    error = failure_of(status, ["scanimage: rounded value of resolution from 9999 to 1200", said], "Fujitsu fi-7160")
    assert error.code == code
    assert "Fujitsu fi-7160" in error.message


def test_no_permission_names_the_group() -> None:
    assert "group scanner" in failure_of(11, [], "Fujitsu").remedy


def test_a_run_that_did_not_come_to_its_end_told_its_status() -> None:
    assert said_status(["scanimage: sane_read: Document feeder jammed", "Scanned page 2. (scanner status = 6)"]) == 6
    assert said_status(["Scanned page 1. (scanner status = 5)"]) == 0
