"""What the terminal says of trouble."""

from __future__ import annotations

import pytest

from paddlescan.cli.terminal import Terminal
from paddlescan.document import Language
from paddlescan.errors import NoPermission, PaddleScanError, PasswordNeeded, WrongPassword


@pytest.mark.parametrize("kind", [PasswordNeeded, WrongPassword])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_opens_a_locked_file_at_a_terminal_is_named(
    kind: type[PaddleScanError], language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    Terminal(language, quiet=True).fail(kind(file="a.pdf").failure)
    told = capsys.readouterr().err
    assert "a.pdf" in told
    assert "PADDLESCAN_PASSWORD" in told


def test_other_trouble_is_told_as_everywhere(capsys: pytest.CaptureFixture[str]) -> None:
    error = NoPermission(file="a.pdf")
    Terminal("en").fail(error.failure)
    assert capsys.readouterr().err.strip() == str(error)
