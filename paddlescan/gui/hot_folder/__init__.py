"""The watched folder in the window: what arrives in it goes into a batch of its own, one a day."""
