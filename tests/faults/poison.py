"""Texts of strangers that would do harm where somebody took them for more than text: names of files, words on receipts.

Each is a text that a file's name, a QR code, the text within a PDF or a person's typing can really hold.
"""

from __future__ import annotations

IMAGE = "<img src=x>"
"""Where this is found in a text that is shown as rich text, it was not made harmless."""

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    '=HYPERLINK("http://example.invalid","pay")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "'=1+1",
    "＝1+1",
    '";=1+1;"',
    "=DDE(server;item)",
)
MARKUP = (
    IMAGE,
    "<b>bold</b> <a href=file:///etc/passwd>here</a>",
    "<script>alert(1)</script>",
    "&amp; &lt; A&B",
    "<!-- --><table><tr><td>x",
    "<r>rich</r>",
    "[red]red[/red] [link=file:///etc]x[/link]",
)
TEMPLATES = (
    "%n",
    "%1 %L1",
    "{0} {file} {detail!r}",
    "%s %(file)s",
    "[*]",
    "$HOME `id` $(id)",
    "'; DROP TABLE pages;--",
)
TERMINAL = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://example.invalid\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31m",
    "a\rb",
    "line\nline",
    "\x00nul",
    "a\x08\x08b\x7f",
    "invoice\u202egpj.exe",
    "\u2066a\u2069",
    "a\u2028b\u2029c\x85d",
)
NAMES = (
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\Windows\\x",
    "\\\\server\\share\\x",
    "CON",
    "nul.txt",
    "com1.tar.gz",
    "LPT9 .x",
    "ends with dots...",
    "ends with spaces   ",
    " begins with one",
    "a:b",
    "a::$DATA",
    "-rf",
    "~root",
    "...",
    ".",
    "..",
    "",
)
LETTERS = (
    "\ud800 half",
    "half \udcff byte",
    "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "Z" + "\u0351" * 500,
    "\ufeffmark \ufffe \uffff",
    "e\u0301 and \u00e9, \uac00 and \u1100\u1161",
    "十" * 10_000,
    "W" * 10_000,
)
KEPT = ("-12.00", "+86 10 8888 8888", "+44 113 496 0000", "-", "1.10", "007", "12E3", "March 1", "011002100311")
"""What looks like a formula or a number and is what it is."""

ALL: tuple[str, ...] = (*FORMULAS, *MARKUP, *TEMPLATES, *TERMINAL, *NAMES, *LETTERS, *KEPT)

STEERING = frozenset(
    [chr(n) for n in (*range(32), *range(127, 160))] + list("\u2028\u2029\u202a\u202b\u202c\u202d\u202e")
) - {"\n"}
"""What may move a terminal's cursor, colour its words or turn them round."""


def file_names() -> list[bytes]:
    """Names that a Linux folder really takes, each with the ending of a picture."""
    found = []
    for text in (*FORMULAS, *MARKUP, *TEMPLATES, *TERMINAL, *NAMES, *LETTERS):
        raw = text.encode("utf-8", "surrogateescape" if "\udcff" in text else "replace")
        name = raw.replace(b"/", b"\\").replace(b"\0", b"")[:251]
        if name not in (b"", b".", b"..") and not name.startswith(b"."):
            found.append(name + b".jpg")
    return [*dict.fromkeys(found)]
