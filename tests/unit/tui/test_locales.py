import os
import subprocess
import sys

import pytest

from oma.tui.locales import asked_locale

ASK = """
import locale
from oma.tui.locales import settle_locale, utf8_terminal
print(settle_locale(), utf8_terminal(), locale.getlocale(locale.LC_CTYPE)[1])
"""


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"LC_ALL": "C.UTF-8"}, "True True UTF-8"),
        ({"LC_ALL": "xx_YY.UTF-8"}, "False True UTF-8"),
        ({"LANG": "xx_YY"}, "False True UTF-8"),
        ({"LC_ALL": "C"}, "True False None"),
    ],
)
def test_a_locale_that_is_not_installed_leaves_the_characters_of_utf_8(environ, said):
    left = {n: v for n, v in os.environ.items() if not n.startswith(("LC_", "LANG", "PYTHON"))}
    asked = left | {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"} | environ
    done = subprocess.run([sys.executable, "-c", ASK], env=asked, capture_output=True, check=True)

    assert done.stdout.decode().strip() == said


@pytest.mark.parametrize(
    ("environ", "asked"),
    [
        ({}, ""),
        ({"LANG": "a", "LC_CTYPE": "b", "LC_ALL": "c"}, "LC_ALL=c"),
        ({"LANG": "a", "LC_CTYPE": "b", "LC_ALL": ""}, "LC_CTYPE=b"),
        ({"LANG": "a", "LC_TIME": "b"}, "LANG=a"),
    ],
)
def test_the_variable_that_counts_is_named(environ, asked):
    assert asked_locale(environ) == asked
