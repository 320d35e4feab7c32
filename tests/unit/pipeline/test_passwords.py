from __future__ import annotations

from paddlescan.document import SourceFile
from paddlescan.pipeline.passwords import Passwords

A, B = SourceFile(b"/a.pdf", "a.pdf"), SourceFile(b"/b.pdf", "b.pdf")


def test_each_file_has_its_own_and_the_others_the_common_one() -> None:
    passwords = Passwords("common")
    passwords.give(A, "own")
    assert (passwords.get(A), passwords.get(B)) == ("own", "common")
    passwords.forget(A)
    assert passwords.get(A) == "common"


def test_a_password_is_not_shown() -> None:
    passwords = Passwords("Rosebud")
    passwords.give(A, "Xanadu")
    assert repr(passwords) == str(passwords) == "<Passwords>"


def test_without_any() -> None:
    assert Passwords().get(A) is None


def test_passwords_go_by_path() -> None:
    """Passwords go by path: a copy elsewhere may be locked differently."""
    passwords = Passwords()
    passwords.give(A, "one")
    passwords.give(SourceFile(b"/other/a.pdf", "a.pdf"), "two")
    assert passwords.get(A) == "one"
