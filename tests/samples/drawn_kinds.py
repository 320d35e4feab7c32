"""Which kinds of receipts can be drawn from a seed. A new kind is one entry here."""

from __future__ import annotations

from tests.samples import tickets_air, tickets_coach, tickets_quota, tickets_taxi, tickets_toll, tickets_train
from tests.samples.ticket_forms import Draw

KINDS: dict[str, Draw] = {
    "taxi_receipt": tickets_taxi.draw,
    "train_ticket": tickets_train.draw,
    "bus_ticket": tickets_coach.draw,
    "toll_receipt": tickets_toll.draw,
    "quota_invoice": tickets_quota.draw,
    "flight_itinerary": tickets_air.draw,
}
