"""What an edited export changes: its rows found among the receipts of a batch, its cells compared with their fields.

`export.read_back` reads the file, `store` keeps the receipts; here the two meet. Nothing is written: whoever asked
decides which changes are made.
"""

from paddlescan.pipeline.returning.changes import Change, Comparison, Stranger, edits_of, remark
from paddlescan.pipeline.returning.comparing import best_batch, compare

__all__ = ["Change", "Comparison", "Stranger", "best_batch", "compare", "edits_of", "remark"]
