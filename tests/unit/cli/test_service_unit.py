import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from oma.cli.service_unit import launchd_agent, systemd_unit, unit_name

DEFAULT = Path("/tmp/tmux-7/default")


def test_each_tmux_server_has_a_unit_of_its_own():
    sockets = ("default", "work", "a b", "a/b", "../x/default", "../x/work", "%h", "x" * 90)
    names = [unit_name(DEFAULT.parent / name, DEFAULT) for name in sockets]

    assert names[:2] == ["oma-serve", "oma-serve-work"]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[A-Za-z0-9_.-]{1,80}", name) for name in names)


def test_nothing_in_a_systemd_unit_is_expanded():
    text = systemd_unit(["/opt/py $thon", "-S", '/tmp/50%$HOME"\\x'], {"A": "1 %h$B"})

    lines = text.splitlines()
    assert 'ExecStart="/opt/py $thon" "-S" "/tmp/50%%$$HOME\\"\\\\x"' in lines
    assert 'Environment="A=1 %%h$B"' in lines  # where systemd expands no variables
    assert "WantedBy=default.target" in lines


def test_systemd_knows_that_a_stop_is_no_failure():
    assert "SuccessExitStatus=143" in systemd_unit(["/x"], {}).splitlines()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_unit(tmp_path):
    unit = tmp_path / "oma-serve.service"
    argv = [sys.executable, "-P", "-m", "oma", "-S", "/tmp/50%$HOME and \\ more", "serve"]
    unit.write_text(systemd_unit(argv, {"XDG_STATE_HOME": "/tmp/a b%h"}))

    told = subprocess.run(
        ["systemd-analyze", "--user", "verify", str(unit)],
        capture_output=True,
        text=True,
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
    )

    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_a_launchd_agent_holds_the_words_as_they_are():
    text = launchd_agent(["/opt/py", "a<b&c"], {"A": "1"}, "x", Path("/l/x.log"))

    assert plistlib.loads(text.encode()) == {
        "Label": "x",
        "ProgramArguments": ["/opt/py", "a<b&c"],
        "EnvironmentVariables": {"A": "1"},
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "StandardErrorPath": "/l/x.log",
    }
