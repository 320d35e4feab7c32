"""Benchmarks run seldom, and some only where there is a graphics card: that each can start at all is seen here."""

from __future__ import annotations

import importlib
import os
import pkgutil
from unittest.mock import patch

import pytest

import tests.benchmarks

MODULES = [one.name for one in pkgutil.walk_packages(tests.benchmarks.__path__, "tests.benchmarks.")]


@pytest.mark.parametrize("name", MODULES)
def test_every_module_can_be_imported(name: str) -> None:
    try:
        with patch.dict(os.environ):  # the workers of other programs set what is meant for a process of their own
            importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in ("tests", "paddlescan"):
            raise
        pytest.skip(f"{missing} is not installed here")
