"""Dates and amounts by libraries, in an environment of their own: JSON lines in, answers and microseconds out."""

import json
import sys
import time
from datetime import datetime

import babel.numbers
import dateparser.search
import dateutil.parser
from price_parser import Price

TODAY = datetime(2026, 11, 23)


def by_dateutil(text):
    found = dateutil.parser.parse(text, dayfirst=True, fuzzy=True, default=TODAY)
    return found.date().isoformat()


def by_dateparser(text):
    settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "RELATIVE_BASE": TODAY}
    found = dateparser.search.search_dates(text, languages=["en"], settings=settings)
    return found[0][1].date().isoformat() if found else None


def by_price_parser(text):
    price = Price.fromstring(text)
    return None if price.amount is None else f"{price.amount:.2f}"


def by_babel(text):
    return f"{babel.numbers.parse_decimal(text.strip(), locale='en'):.2f}"


CALLS = {
    "dateutil": by_dateutil,
    "dateparser": by_dateparser,
    "price_parser": by_price_parser,
    "babel": by_babel,
}


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        call, answers = CALLS[asked["library"]], []
        call_safely(call, asked["texts"][0])  # loads its data
        start = time.perf_counter()
        for text in asked["texts"]:
            answers.append(call_safely(call, text))
        micros = (time.perf_counter() - start) / len(asked["texts"]) * 1e6
        print(json.dumps({"answers": answers, "micros": micros}), flush=True)


def call_safely(call, text):
    try:
        return call(text)
    except (ValueError, OverflowError, TypeError, ArithmeticError):  # what cannot be read is no answer
        return None


if __name__ == "__main__":
    main()
