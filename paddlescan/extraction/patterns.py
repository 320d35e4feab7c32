"""The words in `resources/patterns/`, and an office's own, read once when first needed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from paddlescan.document import FIELD_NAMES
from paddlescan.extraction.text import fold, letters_and_digits
from paddlescan.resources_dir import resource

MAX_BYTES = 1_000_000
"""No file of words is larger."""


class BadPatterns(ValueError):
    """A file of words that cannot be understood; says which and why, for the person who wrote it."""


_own: list[Path] = []


def use(folder: Path | None) -> None:
    """Let a folder laid out like `resources/patterns/` add to what is bundled: its words come on top, its numbers win.

    None: the bundled ones only. For the start of a process, before any page is read.
    """
    _own[:] = [] if folder is None else [folder]
    for made in tuple(globals().values()):
        if hasattr(made, "cache_clear"):
            made.cache_clear()


def _load(path: Path) -> Any:
    """The data of a YAML file. Raises BadPatterns, OSError."""
    import yaml  # only where pages are read: the window never needs it

    if path.stat().st_size > MAX_BYTES:
        raise BadPatterns(f"{path.name} is too large")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 1}" if where else ""
        raise BadPatterns(f"{path.name} is no YAML{line}") from None
    except UnicodeDecodeError:
        raise BadPatterns(f"{path.name} is not in UTF-8") from None


def _merged(bundled: Any, own: Any, name: str) -> Any:
    """Mappings with the keys of both, lists one after another; else the own value. Raises BadPatterns."""
    if isinstance(bundled, dict) and isinstance(own, dict):
        both = {key: _merged(value, own[key], name) if key in own else value for key, value in bundled.items()}
        return both | {key: value for key, value in own.items() if key not in bundled}
    if isinstance(bundled, list) and isinstance(own, list):
        return bundled + own
    if isinstance(bundled, (dict, list)):
        raise BadPatterns(f"{name}: a {'mapping' if isinstance(bundled, dict) else 'list'} is wanted there")
    return own


def read(name: str) -> Any:
    """The data of `resources/patterns/<name>.yaml`, with an office's own on top. Raises BadPatterns."""
    data = _load(resource("patterns", f"{name}.yaml"))
    for folder in _own:
        path = folder / f"{name}.yaml"
        if path.is_file():
            data = _merged(data, _load(path), path.name)
    return data


@cache
def kinds() -> dict[str, Any]:
    """The data of each file in `resources/patterns/kinds/` by its name; an office's file of that name replaces it."""
    folders = [resource("patterns"), *_own]
    return {path.stem: _load(path) for folder in folders for path in sorted(folder.glob("kinds/*.yaml"))}


@dataclass(frozen=True, slots=True)
class Word:
    """One label word: its folded form and the tokens it stands for."""

    folded: str
    tokens: frozenset[str]
    wants_edges: bool
    """Short Latin words must not be part of a longer one."""


@dataclass(frozen=True)
class Vocabulary:
    """Words by their first two folded characters, the longest first."""

    by_start: dict[str, tuple[Word, ...]]


def vocabulary(groups: dict[str, list[str]]) -> Vocabulary:
    """Index words by group name; a word in several groups carries all their names."""
    tokens: dict[str, set[str]] = {}
    for token, words in groups.items():
        for word in words:
            folded = fold(str(word)).text
            if folded:
                tokens.setdefault(folded, set()).add(token)
    starts: dict[str, list[Word]] = {}
    for folded, names in tokens.items():
        edges = folded.isascii() and len(folded) <= 4
        starts.setdefault(folded[:2], []).append(Word(folded, frozenset(names), edges))
    return Vocabulary({k: tuple(sorted(v, key=lambda w: -len(w.folded))) for k, v in starts.items()})


@cache
def labels() -> Vocabulary:
    """The words of labels.yaml."""
    return vocabulary(read("labels")["tokens"])


@cache
def roles() -> tuple[tuple[str, frozenset[str]], ...]:
    """What an amount is by the tokens of its label: (role, tokens wanted), the first that fits wins."""
    return tuple((str(role), frozenset(wanted)) for role, wanted in read("labels")["roles"])


_NAME_GROUPS = ("company", "trade", "address", "city")


@cache
def names() -> Vocabulary:
    """The words of merchants.yaml: company, trade, address, city."""
    data = read("merchants")
    return vocabulary({group: data[group] for group in _NAME_GROUPS})


@cache
def spelling(*groups: str) -> dict[int, tuple[str, ...]]:
    """Single words of these groups of merchants.yaml, of five Latin letters and more, by length, in capitals."""
    data = read("merchants")
    words = {w.upper() for group in groups for line in data[group] for w in str(line).split()}
    kept = {w for w in words if len(w) >= 5 and w.isascii() and w.isalpha()}
    return {size: tuple(sorted(w for w in kept if len(w) == size)) for size in {len(w) for w in kept}}


@cache
def known_merchants() -> dict[int, tuple[tuple[str, str], ...]]:
    """(its letters and digits, the name as printed) of each chain, by how many letters and digits it has."""
    keyed = [(letters_and_digits(str(name)), str(name)) for name in read("merchants")["known"]]
    return {size: tuple(k for k in keyed if len(k[0]) == size) for size in {len(key) for key, _ in keyed}}


@cache
def site_endings() -> frozenset[str]:
    """Parts of a web address that are no name: www, com, my."""
    return frozenset(str(part).lower() for part in read("merchants")["site_endings"])


@cache
def mail_services() -> frozenset[str]:
    """Hosts that many shops use, by their letters and digits in capitals: their names are no shop's."""
    return frozenset(letters_and_digits(str(host)) for host in read("merchants")["mail_services"])


@cache
def item_columns() -> Vocabulary:
    """The column headings of items.yaml."""
    return vocabulary(read("items")["columns"])


@cache
def item_units() -> frozenset[str]:
    """Words beside a figure of an item, casefolded."""
    return frozenset(str(word).casefold() for word in read("items")["units"])


@cache
def company_misreads() -> tuple[tuple[str, str], ...]:
    """(misread, meant) endings of company names, in capitals."""
    return tuple((str(wrong), str(right)) for right, many in read("merchants")["misreads"].items() for wrong in many)


@dataclass(frozen=True)
class Categories:
    """categories.yaml: what a receipt is for by its kind, and the words that say it."""

    kinds: dict[str, str]
    words: Vocabulary
    """Tokens are `meals strong`, `meals some`, ..."""


@cache
def categories() -> Categories:
    """The words of categories.yaml."""
    data = read("categories")
    groups = {f"{name} {weight}": words for weight in ("strong", "some") for name, words in data[weight].items()}
    return Categories({str(kind): str(name) for kind, name in data["kinds"].items()}, vocabulary(groups))


@cache
def months() -> dict[str, int]:
    """Month names and short forms to 1..12."""
    found: dict[str, int] = {}
    for number, words in read("months").items():
        for word in words:
            stripped = "".join(c for c in unicodedata.normalize("NFKD", str(word)) if not unicodedata.combining(c))
            found[str(word)] = found[stripped] = int(number)
    return found


@dataclass(frozen=True)
class Money:
    """currencies.yaml: signs longest first, and what tells the country."""

    signs: tuple[tuple[str, str], ...]
    """(sign as printed, ISO 4217)."""
    dollar: dict[str, str]
    countries: dict[str, tuple[str, str]]
    """Country to (currency, date order)."""


@cache
def money() -> Money:
    """The words of currencies.yaml."""
    data = read("currencies")
    signs = [(str(sign), str(code)) for code, printed in data["signs"].items() for sign in printed]
    countries = {str(name): (str(c["currency"]), str(c["order"])) for name, c in data["countries"].items()}
    return Money(tuple(sorted(signs, key=lambda s: -len(s[0]))), dict(data["dollar"]), countries)


@cache
def country_shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(country, what only it prints) of currencies.yaml. Raises BadPatterns for an unknown country or a bad one."""
    found = []
    data = read("currencies")
    for country, shapes in data.get("shapes", {}).items():
        if country not in data["countries"]:
            raise BadPatterns(f"currencies.yaml: shapes of {country}, which is none of the countries")
        for shape in shapes:
            try:
                found.append((str(country), re.compile(str(shape))))
            except re.error as error:
                raise BadPatterns(f"currencies.yaml: {shape!r}: {error}") from error
    return tuple(found)


@cache
def country_words() -> Vocabulary:
    """The words that tell a country, by country."""
    return vocabulary({str(name): c["words"] for name, c in read("currencies")["countries"].items()})


@cache
def weights() -> dict[str, dict[str, float]]:
    """Per field the weights of features: those of weights.yaml and of the layouts. Raises BadPatterns."""
    read_in = {str(f): {str(k): float(v) for k, v in w.items()} for f, w in read("weights").items()}
    every = read_in.pop("any", {})
    found = {f: every | read_in.get(f, {}) for f in (*FIELD_NAMES, *read_in)}
    for name, layout in kinds().items():
        try:
            for f, own in (layout.get("weights") or {}).items():
                found.setdefault(str(f), {}).update({str(k): float(v) for k, v in own.items()})
        except (AttributeError, TypeError, ValueError):
            raise BadPatterns(f"{name}: `weights` are numbers by feature, by field") from None
    return found


@cache
def words() -> tuple[str, ...]:
    """The words of words.txt, in capitals: what names and addresses on receipts are made of."""
    lines = resource("patterns", "words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def doubt() -> dict[str, dict[str, float]]:
    """The weights of doubt.yaml: of evidence, for `all` fields and what a family of fields adds to them."""
    return {str(f): {str(k): float(v) for k, v in w.items()} for f, w in read("doubt").items()}
