"""From a file's bytes to pixels that can be read: loading, orientation, deskew, seal removal, quality.

Knows nothing of engines, fields, the store or windows. Runs in engine processes, because it decodes strangers' files.
"""
