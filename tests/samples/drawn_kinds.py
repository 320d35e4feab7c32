"""Which kinds of receipts can be drawn from a seed. A new kind is one entry here."""

from __future__ import annotations

from collections.abc import Callable

from paddlescan.document.pixels import Pixels
from tests.samples import (
    forms,
    invoices_digital,
    invoices_vat,
    receipts_hk,
    receipts_nontax,
    receipts_shop_zh,
    receipts_tw,
    tickets_air,
    tickets_coach,
    tickets_quota,
    tickets_taxi,
    tickets_toll,
    tickets_train,
)
from tests.samples.ticket_forms import Draw, Drawn


def _in_turn(*draws: Callable[[int], tuple[Pixels, forms.Truth]]) -> Draw:
    """Layouts of one kind, one after another."""

    def draw(seed: int) -> Drawn:
        pixels, truth = draws[seed % len(draws)](seed // len(draws))
        return Drawn(pixels, truth.kind, dict(truth.fields), truth.layout)

    return draw


KINDS: dict[str, Draw] = {
    "taxi_receipt": tickets_taxi.draw,
    "train_ticket": tickets_train.draw,
    "bus_ticket": tickets_coach.draw,
    "toll_receipt": tickets_toll.draw,
    "quota_invoice": tickets_quota.draw,
    "flight_itinerary": tickets_air.draw,
    "vat_invoice": _in_turn(invoices_vat.draw, invoices_digital.draw),
    "nontax_receipt": _in_turn(receipts_nontax.draw),
    "receipt": _in_turn(receipts_shop_zh.draw, receipts_hk.draw, receipts_tw.draw),
}
