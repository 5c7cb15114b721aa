"""The locale that text is drawn in: the one that the environment asks for, where that is installed."""

import locale
from collections.abc import Mapping
from contextlib import suppress

_WITH_UTF8 = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8")
"""Names under which systems have one that is there without being installed."""


def settle_locale() -> bool:
    """Take on the locale that the environment asks for; say whether it is installed.

    Where it is not, the characters of UTF-8 are taken on alone, if some locale has them.
    """
    try:
        locale.setlocale(locale.LC_ALL, "")
    except locale.Error:
        for name in _WITH_UTF8:
            with suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                break
        return False
    return True


def asked_locale(environ: Mapping[str, str]) -> str:
    """Return the variable that chooses the characters, as `NAME=VALUE`; empty when none is set."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if environ.get(name):
            return f"{name}={environ[name]}"
    return ""


def utf8_terminal() -> bool:
    """Say whether the locale in force has the characters of UTF-8."""
    settle_locale()
    return locale.nl_langinfo(locale.CODESET).upper() in {"UTF-8", "UTF8"}
