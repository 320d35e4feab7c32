"""The review side of the window: the batch as a table, the receipt in front as fields, undo, export.

`sheet`, `arrange`, `values` and `checks` know no Qt; the models and widgets over them hold nothing of
their own. The store is read here and written by `StoreWriter` only.
"""
