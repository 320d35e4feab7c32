"""A piece of the screen becomes a page: pointed at with the mouse, or taken by the desktop itself."""
