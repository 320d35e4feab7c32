"""Caja (of MATE): an extension, which wants the package python3-caja."""

from paddlescan.desktop.menus.python_extension import extended

CAJA = extended(
    "Caja",
    "caja-python/extensions",
    "caja/scripts",
    scripts_in_config=True,
    binding="caja/extensions-*/libcaja-python.so",
)
