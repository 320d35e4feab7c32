"""The names in a page's own web and mail addresses."""

from __future__ import annotations

import pytest

from paddlescan.extraction.websites import is_of_site, site_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("www.blueheron.co.uk", {"BLUEHERON"}),
        ("visit https://shop.blue-heron.com/help", {"BLUEHERON"}),
        ("mail: hello@blueheron.com.my", {"BLUEHERON"}),
        ("Blueheron.com Customer Care", {"BLUEHERON"}),
        ("someone@gmail.com", set()),
        ("www.facebook.com/blueheron", set()),
        ("RM 12.50 for 1.5 kg", set()),
        ("", set()),
    ],
)
def test_hosts(text: str, names: set[str]) -> None:
    assert site_names([text]) == names


def test_a_site_is_named_after_a_shop() -> None:
    sites = frozenset({"BLUEHERON"})
    assert is_of_site("Blue Heron Diner", sites)
    assert is_of_site("BLUE", sites)
    assert not is_of_site("RED", sites)
    assert not is_of_site("Grey Heron", sites)
