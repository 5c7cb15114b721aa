import os
import socket

from oma.runtime.service.peer import peer_uid


def test_the_user_at_the_other_end_is_told():
    one, other = socket.socketpair(socket.AF_UNIX)
    with one, other:
        assert peer_uid(one) == os.getuid()
