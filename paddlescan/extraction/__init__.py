"""From recognised lines to a typed receipt. Knows nothing of pixels, engines, stores or windows.

Every field module proposes candidates with evidence (label, position, neighbours, format); `ranking` picks.
Labels, keywords and weights are data in `resources/patterns/`.
"""
