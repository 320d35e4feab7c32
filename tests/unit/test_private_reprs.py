"""What a log could print by accident: a dataclass shows no content of a receipt, no file's name and no password."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import paddlescan

HOUSE = Path(paddlescan.__file__).parent
PRIVATE = {"amounts", "merchant", "password", "raw_path", "search", "seen", "text", "value", "values"}
"""Names of attributes that hold such things wherever they stand."""


def dataclasses_of_the_house() -> Iterator[tuple[str, ast.ClassDef]]:
    """Those that make a repr of their attributes. Read, not imported: nothing shall come with them."""
    for module in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                said = " ".join(ast.unparse(one) for one in node.decorator_list)
                own = any(isinstance(one, ast.FunctionDef) and one.name == "__repr__" for one in node.body)
                if "dataclass" in said and "repr=False" not in said and not own:
                    yield f"{module.relative_to(HOUSE)} {node.name}", node


def test_private_attributes_stay_out_of_reprs() -> None:
    found = dict(dataclasses_of_the_house())
    assert len(found) > 100, "the house was not looked at"
    shown = [
        f"{where}.{one.target.id}"
        for where, node in found.items()
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.target.id in PRIVATE
        if "repr=False" not in ast.unparse(one)
    ]
    assert shown == []
