import plistlib

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


def test_a_launchd_agent_holds_the_words_as_they_are():
    told = plistlib.loads(launchd_agent(["/opt/py", "a<b&c"], {"A": "1"}, "x").encode())

    assert told["ProgramArguments"] == ["/opt/py", "a<b&c"]
    assert (told["Label"], told["RunAtLoad"]) == ("x", True)
