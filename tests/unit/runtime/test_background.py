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


_WATCHED = """
import os
from oma.runtime import background
write = os.write
def watched(descriptor, data):
    assert os.path.sameopenfile(1, os.open(os.devnull, os.O_RDWR)), "it can still be heard"
    assert os.path.sameopenfile(2, os.open(os.devnull, os.O_RDWR)), "it can still be heard"
    return write(descriptor, data)
os.write = watched
background.say_ready()
"""


def test_what_is_printed_in_that_moment_finds_no_closed_pipe():
    done = subprocess.run([sys.executable, "-c", _WATCHED], check=True, capture_output=True)

    assert (done.stdout, done.stderr) == (READY, b"")


async def test_what_the_other_process_complains_of_is_the_error():
    with pytest.raises(OmaError, match="--no-such-option"):
        await start_in_background(["--no-such-option"])
