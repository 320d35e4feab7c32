"""PaddleScan: scanned receipts to checked spreadsheets, on your own machine."""

__version__ = "0.1.0"
