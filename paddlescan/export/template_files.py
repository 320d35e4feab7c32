"""Templates on the disk: those that come with PaddleScan, and an office's own in a folder, a file each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from paddlescan.disk import folder_trouble
from paddlescan.document import Language
from paddlescan.document.codec import BadData, decode, encode
from paddlescan.document.source import printable_name
from paddlescan.errors import Failure, TemplateUnknown, TemplateWrong
from paddlescan.export.atomic import write_atomically
from paddlescan.export.templates import Column, Fault, Only, Problem, Template, folded
from paddlescan.resources_dir import resource

MAX_BYTES = 64 * 1024
MOST_BRACKETS = 6
"""Within each other; a template has three."""
ENDING = ".yaml"
DEFAULT = "all"
"""The name of the template with every column."""

_BUILT_IN = (DEFAULT, "reimbursement", "expenses")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder of templates holds."""

    templates: tuple[Template, ...]
    """Those that come with PaddleScan first, then one's own by name."""
    damaged: tuple[Failure, ...]
    """Why the other files cannot be used."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A template as it stands in its file; a column may be its key alone."""

    name: str
    columns: tuple[str | Column, ...]
    titles: dict[Language, str] | None = None
    language: Language | None = None
    totals: bool = False
    only: Only = "all"


class Templates:
    """An office's own templates in a folder, which need not exist, besides those that come with PaddleScan.

    The files are read anew each time: they are few and small, and somebody may edit them by hand.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def listed(self) -> Listing:
        """All templates that can be used, and what is wrong with the others."""
        own: dict[str, Template] = {}
        damaged: list[Failure] = []
        for file in self._files():
            try:
                template = _read(file)
                if is_built_in(template.name) or folded(template.name) in own:
                    raise TemplateWrong(file=printable_name(file.name), detail=Fault.NAME_TAKEN)
            except TemplateWrong as error:
                damaged.append(error.failure)
            else:
                own[folded(template.name)] = template
        return Listing((*built_in(), *(own[name] for name in sorted(own))), tuple(damaged))

    def find(self, name: str) -> Template:
        """The template of that name or title; capitals do not count.

        Raises TemplateWrong where the file of that name is damaged, and TemplateUnknown with the names there are.
        """
        listing = self.listed()
        for template in listing.templates:
            if template.is_called(name):
                return template
        for failure in listing.damaged:
            if folded(dict(failure.parameters)["file"]) in (folded(name), folded(name + ENDING)):
                raise failure.error()
        raise TemplateUnknown(file=name, detail=", ".join(map(_called, listing.templates)))

    def save(self, template: Template) -> Path:
        """Keep a template in the place of one of the same name; returns its file, written whole or not at all.

        Raises TemplateWrong for a name that comes with PaddleScan; FolderUnwritable, ExportFailed, DiskFull.
        """
        if is_built_in(template.name):
            raise TemplateWrong(file=template.name, detail=Fault.NAME_TAKEN)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise folder_trouble(error, self.folder) from error
        file = self._file_of(template.name) or self._free_file(template.name)
        write_atomically(file, _yaml(template), overwrite=True, private=True)
        return file

    def delete(self, name: str) -> None:
        """Forget one's own template of that name; none is no error. Raises FolderUnwritable, DiskFull."""
        file = self._file_of(name)
        if file is not None:
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                raise folder_trouble(error, self.folder) from error

    def _files(self) -> list[Path]:
        try:
            return sorted(file for file in self.folder.iterdir() if file.suffix.lower() in (ENDING, ".yml"))
        except OSError:  # no folder: no own templates
            return []

    def _file_of(self, name: str) -> Path | None:
        for file in self._files():
            try:
                if folded(_read(file).name) == folded(name):
                    return file
            except TemplateWrong:
                continue
        return None

    def _free_file(self, name: str) -> Path:
        stem, number = safe_stem(name), 1
        taken = {file.name.casefold() for file in self._files()}
        wanted = f"{stem}{ENDING}"
        while wanted.casefold() in taken:
            number += 1
            wanted = f"{stem} {number}{ENDING}"
        return self.folder / wanted


def built_in() -> tuple[Template, ...]:
    """The templates that come with PaddleScan."""
    return tuple(_bundled(name) for name in _BUILT_IN)


def _called(template: Template) -> str:
    """By which short names it may be asked for: `reimbursement (报销汇总表)`."""
    title = template.title("zh")
    return template.name if title == template.name else f"{template.name} ({title})"


def default_template() -> Template:
    """The template with every column."""
    return _bundled(DEFAULT)


def is_built_in(name: str) -> bool:
    """Whether a template that comes with PaddleScan is called so."""
    return any(template.is_called(name) for template in built_in())


def safe_stem(name: str) -> str:
    """A file name without ending that every system takes: of the letters, digits and dashes of a name."""
    kept = "".join(c if c.isalnum() or c in " -_()" else "_" for c in unicodedata.normalize("NFC", name))
    short = kept.encode("utf-8")[:120].decode("utf-8", "ignore").strip()
    return f"_{short}" if not short or _RESERVED.match(short) else short


@cache
def _bundled(name: str) -> Template:
    return _read(resource("templates", f"{name}{ENDING}"))


def _read(file: Path) -> Template:
    """The template in a file. Raises TemplateWrong."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
        return _template(data)
    except Problem as problem:
        detail, about = str(problem.fault), problem.about
    except OSError as error:
        detail, about = error.strerror or type(error).__name__, ""
    extra = f" ({about})" if about else ""
    raise TemplateWrong(file=printable_name(file.name), detail=detail, extra=extra)


def _template(data: bytes) -> Template:
    """The template that stands in the bytes of a file. Raises Problem."""
    if len(data) > MAX_BYTES:
        raise Problem(Fault.LARGE)
    try:
        written = decode(encode(_plain(data.decode("utf-8-sig"))), _Written)
    except (BadData, UnicodeDecodeError, TypeError):  # the last: keys that are no text
        raise Problem(Fault.NO_TEMPLATE) from None
    columns = tuple(Column(column) if isinstance(column, str) else column for column in written.columns)
    titles = tuple((written.titles or {}).items())
    return Template(written.name, columns, written.language, written.totals, written.only, titles)


def _plain(text: str) -> Any:
    """The values of a YAML text, without references and with few brackets within each other. Raises Problem."""
    import yaml

    try:
        depth = 0
        for token in yaml.scan(text):
            if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
                depth += 1
            elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)):
                depth -= 1
            # References: a few bytes could become millions. Brackets: reading takes the longer the more are open.
            if isinstance(token, yaml.AliasToken) or depth > MOST_BRACKETS:
                raise Problem(Fault.NO_TEMPLATE)
        return yaml.safe_load(text)
    except Problem:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: a day like 2026-13-45
        mark = getattr(error, "problem_mark", None)
        raise Problem(Fault.NO_YAML, f"{mark.line + 1}:{mark.column + 1}" if mark else "") from None


def _yaml(template: Template) -> bytes:
    """The text of a template's file."""
    import yaml

    written: dict[str, Any] = {"name": template.name}
    if template.titles:
        written["titles"] = dict(template.titles)
    if template.language is not None:
        written["language"] = template.language
    written |= {"totals": template.totals, "only": template.only}
    written["columns"] = [{"key": c.key, "header": c.header} if c.header else c.key for c in template.columns]
    text: str = yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=120)
    return text.encode("utf-8")
