"""Scanners, by SANE's own program `scanimage`. Qt-free; nothing of it runs before a person asks for it.

Nothing is compiled and nothing native is loaded into this process: what drives the device is a program of its own, with
a bounded environment and deadlines, and what it says is data. Looking for scanners may look around in the network, as
far as SANE's backends do that; that is why it happens when a person opens the dialog, and at no other time.
"""
