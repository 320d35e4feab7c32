"""A module per kind of document whose layout says more than its labels. Each only proposes candidates.

To add a kind: its words in `resources/patterns/kinds.yaml`, one module here with `propose(page)`, an entry in
`PROPOSERS`, and the weights of its new features in `weights.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from paddlescan.document import Kind
from paddlescan.extraction.candidates import Candidate
from paddlescan.extraction.documents import nontax, taxi, train, vat
from paddlescan.extraction.page import Page

PROPOSERS: dict[Kind, Callable[[Page], Iterator[Candidate]]] = {
    "taxi_receipt": taxi.propose,
    "train_ticket": train.propose,
    "vat_invoice": vat.propose,
    "nontax_receipt": nontax.propose,
}
