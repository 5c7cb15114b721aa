import os
import subprocess
import sys

import pytest

from oma.runtime.client.fd_limits import KEPT_FREE, server_has_room

_RAISED = """
import resource
from oma.runtime.client.fd_limits import make_room
_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (100, min(hard, 400)))
make_room()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def test_the_limit_is_raised_as_far_as_a_user_may():
    done = subprocess.run(
        [sys.executable, "-c", _RAISED], check=True, capture_output=True, text=True
    )

    soft, hard = done.stdout.split()
    assert soft == hard


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="the system does not tell")
@pytest.mark.parametrize(
    ("limit", "room"), [(KEPT_FREE, False), (KEPT_FREE + 32, True), (4096, True)]
)
def test_a_server_keeps_descriptors_for_itself(limit, room):
    line = f"ulimit -n {limit} && echo up && exec cat"
    process = subprocess.Popen(
        ["sh", "-c", line], stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=True
    )
    try:
        process.stdout.readline()
        assert server_has_room(process.pid) is room
    finally:
        process.communicate()


def test_a_server_that_nothing_is_told_of_is_taken_to_have_room():
    assert server_has_room(None)
    assert server_has_room(2**22 + 1)
