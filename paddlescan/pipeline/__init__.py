"""Pages through processes: the page function, the children that run it, their supervisor and the batch.

Must not know: windows, settings, where folders are. Nothing heavy is imported with the room; numpy,
OpenCV and the engine live in the children only.
"""
