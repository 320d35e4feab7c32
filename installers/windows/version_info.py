"""The version resource of the packed programs: what Explorer shows of them under Properties.

PyInstaller takes it as a text (`EXE(..., version=FILE)`) that it evaluates on Windows; `version_info` writes that text
anywhere, so that it can be tested anywhere.
"""

from __future__ import annotations

import re

PUBLISHER = "The PaddleScan authors"
COPYRIGHT = "Copyright 2026 the PaddleScan authors. Apache License 2.0"
_ENGLISH, _CHINESE, _UNICODE = 0x0409, 0x0804, 1200
_DESCRIPTIONS = {_ENGLISH: "PaddleScan", _CHINESE: "PaddleScan 票据扫描"}


def numbers(version: str) -> tuple[int, int, int, int]:
    """A version as the four numbers that Windows compares: 0.1.0 is 0.1.0.0; what is not a number in it is dropped."""
    found = [min(int(part), 0xFFFF) for part in re.match(r"[\d.]*", version).group().split(".") if part]  # type: ignore[union-attr]
    first, second, third, fourth, *_ = [*found, 0, 0, 0, 0]
    return first, second, third, fourth


def version_info(version: str, program: str) -> str:
    """The text for PyInstaller. program: the file's name, with `.exe`."""
    four = numbers(version)
    tables = ",\n      ".join(_table(language, version, program) for language in _DESCRIPTIONS)
    languages = ", ".join(f"{language}, {_UNICODE}" for language in _DESCRIPTIONS)
    return f"""# UTF-8
VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={four}, prodvers={four}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)
  ),
  kids=[
    StringFileInfo([
      {tables}
    ]),
    VarFileInfo([VarStruct('Translation', [{languages}])])
  ]
)
"""


def _table(language: int, version: str, program: str) -> str:
    rows = {
        "CompanyName": PUBLISHER,
        "FileDescription": _DESCRIPTIONS[language],
        "FileVersion": version,
        "InternalName": program.removesuffix(".exe"),
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": program,
        "ProductName": "PaddleScan",
        "ProductVersion": version,
    }
    texts = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in rows.items())
    return f"StringTable('{language:04X}{_UNICODE:04X}', [{texts}])"
