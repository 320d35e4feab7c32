"""What the installer's script is told about this build: a file of definitions, and the list of what is packed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PureWindowsPath

from installers.windows import explorer
from installers.windows.version_info import COPYRIGHT, PUBLISHER, numbers
from paddlescan.document import Language

LANGUAGES: dict[str, Language] = {"ENGLISH": "en", "SIMPCHINESE": "zh"}
"""NSIS's names of the languages, and ours."""
PROGRAM = f"$INSTDIR\\{explorer.GUI}"
LIST = "installed-files.txt"
"""The installer puts it beside the files that it names, so that the next version, or the removal, finds them."""


def list_of_files(payload: Path) -> str:
    """Every file of the payload, then every folder (with a backslash at its end), the deepest first."""
    found = sorted(payload.rglob("*"), key=lambda path: path.relative_to(payload).parts)
    names = [(path, str(PureWindowsPath(path.relative_to(payload)))) for path in found]
    files = [name for path, name in names if not path.is_dir()]
    folders = [f"{name}\\" for path, name in reversed(names) if path.is_dir()]
    return "".join(f"{name}\r\n" for name in (*files, *folders))


def kilobytes(payload: Path) -> int:
    """What the payload takes on the disk, as Windows shows it in its list of programs."""
    return sum(path.stat().st_size for path in payload.rglob("*") if path.is_file()) // 1024 + 1


def definitions(version: str, payload: Path, out: Path, sign: str | None = None) -> str:
    """The text of made.nsh. sign: a command that signs the file whose name is added to it."""
    lines = [
        *_defines(version, payload, out, sign),
        *_macro("InstallMenus", "ROOT", _by_language(_writes)),
        *_macro("RemoveMenus", "ROOT", _removals()),
        *_macro("InstallSendTo", "", _by_language(_shortcuts)),
        *_macro("RemoveSendTo", "", _no_shortcuts()),
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """As NSIS reads it; its variables stay what they are."""
    escaped = text.replace("`", "$\\`").replace("\r", "").replace("\n", "")
    return f"`{escaped}`"


def _defines(version: str, payload: Path, out: Path, sign: str | None) -> Iterator[str]:
    values = {
        "VERSION": version,
        "NUMBERS": ".".join(map(str, numbers(version))),
        "SIZE_KB": str(kilobytes(payload)),
        "PUBLISHER": PUBLISHER,
        "COPYRIGHT": COPYRIGHT,
        "PAYLOAD": str(payload.absolute()),
        "OUT": str(out.absolute()),
        **({"SIGN": sign} if sign else {}),
    }
    for name, value in values.items():
        yield f"!define {name} {quoted(value)}"


def _macro(name: str, parameter: str, body: Iterator[str]) -> Iterator[str]:
    yield f"!macro {name} {parameter}".rstrip()
    yield from (f"  {line}" for line in body)
    yield "!macroend"


def _by_language(lines: Callable[[Language], Iterator[str]]) -> Iterator[str]:
    """The installer knows the language when it runs."""
    for word, (name, language) in zip(("If", "ElseIf"), LANGUAGES.items(), strict=True):
        yield f"${{{word}}} $LANGUAGE = ${{LANG_{name}}}"
        yield from (f"  {line}" for line in lines(language))
    yield "${EndIf}"


def _writes(language: Language) -> Iterator[str]:
    for one in explorer.values(PROGRAM, language):
        yield f"WriteRegStr ${{ROOT}} {quoted(one.key)} {quoted(one.name)} {quoted(one.value)}"


def _removals() -> Iterator[str]:
    for path in explorer.own_keys():
        yield f"DeleteRegKey ${{ROOT}} {quoted(path)}"
    for path in explorer.shared_keys():
        yield f"DeleteRegKey /ifempty ${{ROOT}} {quoted(path)}"


def _shortcuts(language: Language) -> Iterator[str]:
    for shortcut in explorer.send_to(language):
        yield f"CreateShortcut {_place(shortcut)} {quoted(PROGRAM)} {quoted(shortcut.arguments)}"


def _no_shortcuts() -> Iterator[str]:
    """In every language: who removes them may have another than who installed."""
    for language in LANGUAGES.values():
        for shortcut in explorer.send_to(language):
            yield f"Delete {_place(shortcut)}"


def _place(shortcut: explorer.Shortcut) -> str:
    return quoted(f"$SENDTO\\{shortcut.name}.lnk")
