"""The window: the only room with Qt. Widgets hold nothing; the store does."""
