import subprocess
import sys

import pytest

from oma.errors import OmaError
from oma.runtime.background import READY, start_in_background

_PROGRAM = """
from oma.runtime.background import say_ready
say_ready()
print("nobody hears this")
"""


def test_who_is_ready_says_so_and_nothing_more():
    done = subprocess.run([sys.executable, "-c", _PROGRAM], check=True, capture_output=True)

    assert (done.stdout, done.stderr) == (READY, b"")


async def test_what_the_other_process_complains_of_is_the_error():
    with pytest.raises(OmaError, match="--no-such-option"):
        await start_in_background(["--no-such-option"])
