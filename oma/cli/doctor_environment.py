"""What `oma doctor` says of what the caller's shell gives us: locale, terminal, directories, git."""

import locale
import os
import shutil
import sys
from collections.abc import Iterator

from oma.cli.finding import Finding, warning
from oma.errors import OmaError
from oma.runtime.client.runtime_directory import VARIABLE, runtime_directory, unusable_runtime
from oma.runtime.client.working_directory import working_directory
from oma.runtime.git.git_process import NO_GIT
from oma.tui.locales import asked_locale, settle_locale
from oma.tui.painter import settle_terminal_type


def examine_environment() -> Iterator[Finding]:
    """Yield one finding for each of them. `TERM` and the locale are settled afterwards."""
    yield _locale()
    yield _terminal()
    yield _working_directory()
    yield _runtime_directory()
    yield _git()


def _locale() -> Finding:
    installed = settle_locale()
    encoding = locale.nl_langinfo(locale.CODESET)
    utf8 = encoding.upper().replace("-", "") == "UTF8"
    if not installed:
        taken = "characters are taken to be UTF-8" if utf8 else "text is drawn in ASCII"
        asked = asked_locale(os.environ)
        return warning("locale", f"{asked} is not installed: {taken}; 'locale -a' lists what is")
    text = encoding if utf8 else f"{encoding}: not UTF-8; agents' text is shown with replacements"
    return Finding("locale", ok=utf8, text=text)


def _terminal() -> Finding:
    try:
        unknown = settle_terminal_type()
    except OmaError as error:
        if sys.stdout.isatty():
            return Finding("terminal", ok=False, text=str(error))
        return Finding("terminal", ok=True, text="none, and lines need none")
    if unknown is None:
        return Finding("terminal", ok=True, text=os.environ["TERM"])
    taken = os.environ["TERM"]
    text = f"TERM={unknown!r} is not described on this machine (terminfo): taken for {taken}"
    return warning("terminal", text)


def _working_directory() -> Finding:
    try:
        return Finding("directory", ok=True, text=str(working_directory()))
    except OmaError as error:
        return warning("directory", f"{error}; oma new needs --cwd")


def _runtime_directory() -> Finding:
    try:
        place = runtime_directory(os.environ)
    except OmaError as error:
        return Finding("runtime", ok=False, text=str(error))
    why = unusable_runtime(os.environ)
    if why is None or not os.environ.get(VARIABLE):
        return Finding("runtime", ok=True, text=str(place))
    return warning("runtime", f"{VARIABLE}={os.environ[VARIABLE]!r} {why}: {place} is used")


def _git() -> Finding:
    path = shutil.which("git")
    if path is None:
        return warning("git", NO_GIT)
    return Finding("git", ok=True, text=path)
