import os
import plistlib
import shutil
import subprocess
import sys

import pytest

from oma.cli.service_unit import launchd_agent, systemd_unit, unit_name


def test_each_tmux_server_has_a_unit_of_its_own():
    assert unit_name(None) == "oma-serve"
    assert unit_name("work") == "oma-serve-work"


def test_nothing_in_a_systemd_unit_is_expanded():
    text = systemd_unit(["/opt/py thon", "-S", '/tmp/50%$HOME"\\x'], {"A": "1 %h"})

    lines = text.splitlines()
    assert 'ExecStart="/opt/py thon" "-S" "/tmp/50%%$$HOME\\"\\\\x"' in lines
    assert 'Environment="A=1 %%h"' in lines
    assert "WantedBy=default.target" in lines


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
    told = plistlib.loads(launchd_agent(["/opt/py", "a<b&c"], {"A": "1"}, "x").encode())

    assert told["ProgramArguments"] == ["/opt/py", "a<b&c"]
    assert (told["Label"], told["RunAtLoad"]) == ("x", True)
