"""The words in `resources/patterns/`, read once when first needed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from paddlescan.extraction.text import fold
from paddlescan.resources_dir import resource


def read(name: str) -> Any:
    """The data of `resources/patterns/<name>.yaml`."""
    import yaml  # only where pages are read: the window never needs it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resource("patterns", f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=loader)


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


@cache
def names() -> Vocabulary:
    """The words of merchants.yaml: company, trade, address."""
    return vocabulary({group: words for group, words in read("merchants").items() if group != "misreads"})


@cache
def company_misreads() -> tuple[tuple[str, str], ...]:
    """(misread, meant) endings of company names, in capitals."""
    return tuple((str(wrong), str(right)) for right, many in read("merchants")["misreads"].items() for wrong in many)


@cache
def kind_words() -> dict[str, tuple[tuple[str, int], ...]]:
    """Per kind its folded words with their weights."""
    return {kind: tuple((fold(str(w)).text, int(n)) for w, n in words.items()) for kind, words in read("kinds").items()}


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
def country_words() -> Vocabulary:
    """The words that tell a country, by country."""
    return vocabulary({str(name): c["words"] for name, c in read("currencies")["countries"].items()})


@cache
def weights() -> dict[str, dict[str, float]]:
    """Per field the weights of its candidates' features."""
    return {str(f): {str(k): float(v) for k, v in w.items()} for f, w in read("weights").items()}
