"""Nautilus (Files of GNOME): an extension, which wants the package python3-nautilus."""

from paddlescan.desktop.menus.python_extension import extended

NAUTILUS = extended(
    "Nautilus",
    "nautilus-python/extensions",
    "nautilus/scripts",
    scripts_in_config=False,
    binding="nautilus/extensions-*/libnautilus-python.so",
)
