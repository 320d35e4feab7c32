"""What the switches under a page mean: turns, angle, seals, and whether the page should be read again. Without Qt."""

from __future__ import annotations

from dataclasses import replace

from paddlescan.document import PageResult, Preparation, PrepareOptions, Quad, Receipt

LARGEST_ANGLE = 45.0
"""Degrees either way that can be typed."""
SAME_ANGLE = 0.05
"""Two angles closer than this show as the same figure."""


def receipt_of(result: PageResult | None, number: int = 1) -> Receipt | None:
    """The receipt of that number on a page; its first where there is no such one, None where it was not read."""
    receipts = result.receipts if result is not None else ()
    return next((receipt for receipt in receipts if receipt.number == number), receipts[0] if receipts else None)


def preparation_of(result: PageResult | None, number: int = 1) -> Preparation | None:
    """What was done to the receipt of that number before it was read; None if it was not read."""
    receipt = receipt_of(result, number)
    return receipt.preparation if receipt is not None else None


def turned(options: PrepareOptions, quarter_turns: int, found: int) -> PrepareOptions:
    """The options after the page on the stage is turned clockwise by that many quarter turns.

    found: the rotation in force where none was set by hand. `rotation_degrees` says how far the content lies turned
    counter-clockwise in the source, and preparing takes that back; so a clockwise turn makes it larger.
    """
    now = found if options.rotation_degrees is None else options.rotation_degrees
    return replace(options, rotation_degrees=(now + 90 * quarter_turns) % 360)


def with_deskew(options: PrepareOptions, on: bool) -> PrepareOptions:
    """Deskew switched on (as measured) or off; an angle set by hand goes with it."""
    return replace(options, deskew=on, skew_degrees=None)


def with_angle(options: PrepareOptions, degrees: float) -> PrepareOptions:
    """The angle set by hand, to a tenth of a degree; this also switches deskew on."""
    kept = max(-LARGEST_ANGLE, min(LARGEST_ANGLE, degrees))
    return replace(options, deskew=True, skew_degrees=round(kept, 1) + 0.0)


def with_seals(options: PrepareOptions, remove: bool) -> PrepareOptions:
    """Seal removal switched on or off; its strength stays."""
    return replace(options, remove_seals=remove)


def with_strength(options: PrepareOptions, strength: int) -> PrepareOptions:
    """Seals taken off that strongly, 0 to 100."""
    return replace(options, remove_seals=True, seal_strength=strength)


def with_regions(options: PrepareOptions, regions: tuple[Quad, ...]) -> PrepareOptions:
    """The receipts of the page as a person drew them."""
    return replace(options, regions=regions, find_regions=True)


def with_one_receipt(options: PrepareOptions) -> PrepareOptions:
    """The whole page is one receipt."""
    return replace(options, regions=(), find_regions=False)


def with_found_regions(options: PrepareOptions) -> PrepareOptions:
    """The receipts of the page as they are found."""
    return replace(options, regions=(), find_regions=True)


def of_one_receipt(options: PrepareOptions) -> PrepareOptions:
    """The switches as they hold for one receipt of several: a turn by hand is the page's, and passes it by."""
    return replace(options, rotation_degrees=None, skew_degrees=None)


def angle_shown(options: PrepareOptions, found: Preparation | None) -> float | None:
    """The angle in force, degrees; None while it is not yet known (deskew is on and nothing has measured it)."""
    if not options.deskew:
        return 0.0
    if options.skew_degrees is not None:
        return options.skew_degrees
    return found.skew_degrees if found is not None else None


def same_angle(made: PrepareOptions | None, now: PrepareOptions) -> bool:
    """Whether a picture was made with the angle switches as they stand."""
    return made is None or (made.deskew, made.skew_degrees) == (now.deskew, now.skew_degrees)


def for_preview(
    options: PrepareOptions, found: Preparation | None, read_with: PrepareOptions | None
) -> tuple[PrepareOptions, Preparation | None]:
    """What to ask the light process for: the switches, and what it need not find again.

    So the preview shows what was read. The rotation always comes from the reading, whose models can judge it; the
    rest only if the reading looked for it: with deskew off nobody looked for a photographed sheet, and nobody measured
    an angle that was set by hand.
    """
    if found is None:
        return options, None
    if options.orient and options.rotation_degrees is None:
        options = replace(options, rotation_degrees=found.rotation_degrees)
    looked = found.skew_degrees != 0.0 or found.perspective is not None
    if (looked if read_with is None else read_with.deskew) != options.deskew:
        return options, None
    measured = read_with is None or read_with.skew_degrees is None
    by_hand = not options.deskew or options.skew_degrees is not None
    return options, found if measured or by_hand else None


def wants_reading(options: PrepareOptions, found: Preparation | None, read_with: PrepareOptions | None) -> bool:
    """Whether the page would be prepared differently from how it was read.

    read_with: the switches of the reading where they are known; then they decide. Without them only what contradicts
    the reading counts: seals still there, another turn, another angle.
    """
    if found is None:
        return False
    if read_with is not None:
        return not _same(options, read_with, found)
    turn = options.rotation_degrees
    if turn is not None and turn != found.rotation_degrees:
        return True
    angle = angle_shown(options, found)
    if angle is not None and abs(angle - found.skew_degrees) >= SAME_ANGLE:
        return True
    if not options.deskew and found.perspective is not None:
        return True
    return not options.remove_seals and found.seal_removed


def _same(options: PrepareOptions, read_with: PrepareOptions, found: Preparation) -> bool:
    """Whether two sets of switches come to the same preparation, given what the reading found."""

    def plain(o: PrepareOptions) -> tuple[object, ...]:
        turn = found.rotation_degrees if o.rotation_degrees is None and o.orient else o.rotation_degrees or 0
        return turn, o.seal_strength if o.remove_seals else None, o.find_regions, o.regions

    def measures(o: PrepareOptions) -> bool:
        return o.deskew and o.skew_degrees is None

    if plain(options) != plain(read_with):
        return False
    if options.deskew != read_with.deskew and (options.deskew or found.perspective is not None):
        return False  # without deskew nobody looks for a photographed sheet
    if measures(options):
        return measures(read_with)  # else nobody has measured it yet
    ours, theirs = angle_shown(options, found), angle_shown(read_with, found)
    return ours is not None and theirs is not None and abs(ours - theirs) < SAME_ANGLE
