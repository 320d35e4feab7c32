"""What goes into the registry of Windows, as the data that the program and its installer share."""

from __future__ import annotations

from paddlescan.desktop.menus.entries import CSV, EXTENSIONS, OPEN
from paddlescan.desktop.menus.windows import CLASSES, registry_roots, registry_values

PROGRAM = r"C:\Program Files\PaddleScan\paddlescan-gui.exe"


def split(line: str) -> list[str]:
    """A command line as a Windows program takes it apart: backslashes count only before a quote."""
    arguments, current, quoted, slashes = [], "", False, 0
    for letter in f"{line} ":
        if letter == "\\":
            slashes += 1
            continue
        if letter == '"':
            current += "\\" * (slashes // 2)
            if slashes % 2:
                current += '"'
            else:
                quoted = not quoted
        elif letter == " " and not quoted:
            arguments.append(current + "\\" * slashes)
            current = ""
        else:
            current += "\\" * slashes + letter
        slashes = 0
    return arguments


def test_each_kind_of_file_and_folders_have_both_verbs() -> None:
    commands = {one.key: one.value for one in registry_values(PROGRAM, "en") if one.key.endswith("command")}
    assert len(commands) == 2 * (len(EXTENSIONS) + 3)
    opening = commands[rf"{CLASSES}\SystemFileAssociations\.pdf\shell\PaddleScan.1-open\command"]
    assert split(opening.replace("%1", r"D:\it's\a b.pdf")) == [PROGRAM, *OPEN.arguments, r"D:\it's\a b.pdf"]
    quiet = commands[rf"{CLASSES}\Directory\shell\PaddleScan.2-csv\command"]
    assert split(quiet.replace("%1", r"D:\receipts")) == [PROGRAM, *CSV.arguments, r"D:\receipts"]


def test_the_ground_of_a_drive_is_that_drive() -> None:
    (ground,) = (
        one.value
        for one in registry_values(PROGRAM, "en")
        if one.key == rf"{CLASSES}\Directory\Background\shell\PaddleScan.1-open\command"
    )
    assert split(ground.replace("%V", "D:\\")) == [PROGRAM, "--", "D:\\\\."], "the quote was swallowed"


def test_labels_are_in_the_language_of_the_person() -> None:
    labels = {one.value for one in registry_values(PROGRAM, "zh") if one.name == "" and "command" not in one.key}
    assert labels == {"用 Paddle 扫描", "用 Paddle 扫描为 CSV"}


def test_nothing_is_left_when_the_roots_are_deleted() -> None:
    roots = registry_roots()
    values = registry_values(PROGRAM, "en")
    assert len({(one.key, one.name) for one in values}) == len(values)
    assert {one.key.removesuffix(r"\command") for one in values} == set(roots)
    assert all(root.rpartition("\\")[2].startswith("PaddleScan.") for root in roots), "another's key would go"
