"""A folder that a scanner writes into, and what arrives in it is read. Knows no Qt.

The folder is looked at again and again (`listing`), which works on network drives, too. A file is whole when it has not
changed for a while and nobody writes it (`settling`, `whole`); it is then taken into the store (`watcher`), read by the
batch runner, found to have been read (`outcome`), and moved away where that is wanted (`moving`). `loop` does all this
until it is told to stop.
"""
