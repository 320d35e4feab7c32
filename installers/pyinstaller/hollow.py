"""Replaces libraries that OpenCV is linked to and never calls here by hollow ones, on Linux.

OpenCV's wheel holds Qt 5, FFmpeg and an OpenSSL that nobody cares for any more, for windows and films; we open none.
Its module names them as needed, so they must be there; a hollow library has the same names in it, and nothing behind
them. Every function answers 0 (OpenCV registers pictures for its windows when it is loaded), every datum is empty.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

HOLLOW = re.compile(r"lib(Qt5|av|sw)\w+-.*\.so.*")
"""What becomes hollow, as far as OpenCV's module names it."""
ONLY_THEIRS = re.compile(r"lib(Qt5|av|sw|vpx|crypto|ssl|xcb-|xkbcommon|X11-xcb|Xau).*-[0-9a-f]{8}\.so.*")
"""What only those need, and goes."""
_ANSWER = {"x86_64": "xorl %eax, %eax\n ret", "aarch64": "mov x0, xzr\n ret"}


@dataclass(frozen=True)
class Symbol:
    """A name that one library wants of another."""

    name: str
    version: str
    is_function: bool
    size: int


def hollow_out(module: Path, libraries: Path, machine: str) -> int:
    """Make hollow in the folder `libraries` what `module` is linked to in vain; returns the bytes won."""
    if machine not in _ANSWER or not module.is_file():
        return 0
    before = sum(file.stat().st_size for file in libraries.iterdir())
    named = _needed(module)
    wanted = _symbols(module, defined=False)
    for file in sorted(libraries.iterdir()):
        if file.name in named and HOLLOW.fullmatch(file.name):
            defined = {symbol.name: symbol for symbol in _symbols(file, defined=True)}
            _make(file, [defined[symbol.name] for symbol in wanted if symbol.name in defined], machine)
        elif file.name not in named and ONLY_THEIRS.fullmatch(file.name):
            file.unlink()
    return before - sum(file.stat().st_size for file in libraries.iterdir())


def _make(file: Path, symbols: Iterable[Symbol], machine: str) -> None:
    """Write a library of the same name with these symbols in it."""
    by_version: dict[str, list[str]] = defaultdict(list)
    lines = [".text", "nothing:", _ANSWER[machine]]
    for symbol in sorted(symbols, key=lambda symbol: symbol.name):
        by_version[symbol.version].append(symbol.name)
        kind = "function" if symbol.is_function else "object"
        lines += [f'.globl "{symbol.name}"', f'.type "{symbol.name}", %{kind}']
        if symbol.is_function:
            lines.append(f'.set "{symbol.name}", nothing')
        else:
            size = max(symbol.size, 8)
            lines += [".bss", ".balign 32", f'.size "{symbol.name}", {size}', f'"{symbol.name}": .zero {size}', ".text"]
    lines.append('.section .note.GNU-stack,"",%progbits')
    with tempfile.TemporaryDirectory() as folder:
        source, versions = Path(folder, "hollow.s"), Path(folder, "versions")
        source.write_text("\n".join([*lines, ""]))
        versions.write_text(_script(by_version))
        options = ["-shared", "-nostdlib", f"-Wl,-soname,{file.name}", "-Wl,--build-id=none", "-Wl,-s"]
        script = [] if set(by_version) <= {""} else [f"-Wl,--version-script={versions}"]
        subprocess.run(["cc", *options, *script, "-o", str(file), str(source)], check=True)


def _script(by_version: Mapping[str, list[str]]) -> str:
    """The linker's list of which name has which version."""
    parts = []
    for version, names in sorted(by_version.items()):
        listed = "".join(f'  "{name}";\n' for name in names)
        parts.append(f"{version or 'anonymous'} {{ global:\n{listed}}};\n")
    return "".join(parts)


def _needed(module: Path) -> frozenset[str]:
    return frozenset(re.findall(r"\(NEEDED\).*\[(.+)\]", _readelf("-d", module)))


def _symbols(library: Path, defined: bool) -> list[Symbol]:
    """What a library offers, or what it wants of others."""
    found = []
    for line in _readelf("--dyn-syms", library).splitlines():
        parts = line.split()
        if len(parts) < 8 or not parts[0].rstrip(":").isdigit() or (parts[6] != "UND") != defined:
            continue
        name, _, version = parts[7].partition("@")
        size = int(parts[2], 0)
        found.append(Symbol(name, version.lstrip("@"), parts[3] in ("FUNC", "NOTYPE", "IFUNC"), size))
    return found


def _readelf(option: str, file: Path) -> str:
    return subprocess.run(["readelf", "-W", option, str(file)], check=True, capture_output=True, text=True).stdout
