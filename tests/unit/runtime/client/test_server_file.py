import subprocess
import sys

import pytest

from oma.errors import OmaError
from oma.runtime.client.server_file import held_file, server_file

_HOLD = """
import fcntl, sys
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("h", end="", flush=True)
sys.stdin.read()
"""


def test_each_server_has_its_own_file_whatever_link_leads_to_its_socket(tmp_path):
    tmp_path.chmod(0o700)
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    (tmp_path / "link").symlink_to(tmp_path / "socket")

    name = server_file(tmp_path / "socket", environ, "serve", ".sock").name
    assert name == server_file(tmp_path / "link", environ, "serve", ".sock").name
    assert name != server_file(tmp_path / "other", environ, "serve", ".sock").name
    assert name.startswith("serve-")
    assert name.endswith(".sock")


def test_one_holds_it_at_a_time_and_it_is_for_this_user_alone(tmp_path):
    path = tmp_path / "file"
    with held_file(path, str):
        assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(OmaError, match="taken"), held_file(path, lambda descriptor: "taken"):
            pass
    with held_file(path, str):
        pass


def test_who_waits_gets_it_when_the_other_process_has_ended(tmp_path):
    path, told = tmp_path / "file", []
    holder = subprocess.Popen([sys.executable, "-c", _HOLD, path], stdin=-1, stdout=-1)
    assert holder.stdout.read(1) == b"h"

    def waiting(why):
        told.append(why)
        holder.communicate(b"end")

    with held_file(path, lambda descriptor: "taken", waiting):
        assert told == ["taken"]
        with pytest.raises(OmaError, match="taken"), held_file(path, lambda descriptor: "taken"):
            pass


def test_a_file_that_cannot_be_made_is_said(tmp_path):
    with pytest.raises(OmaError, match="cannot open"), held_file(tmp_path / "no" / "file", str):
        pass
