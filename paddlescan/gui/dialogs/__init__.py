"""The few questions the window asks, and the strip on which it says that something stands still."""
