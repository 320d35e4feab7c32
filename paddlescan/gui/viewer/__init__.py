"""The page viewer: the page before and after, its lines, and the switches it is prepared with."""

from paddlescan.gui.viewer.page_viewer import PageViewer
from paddlescan.gui.viewer.scene import Preview

__all__ = ["PageViewer", "Preview"]
