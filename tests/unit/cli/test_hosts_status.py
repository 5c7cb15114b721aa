"""One look at the agents of several machines."""

import json

import pytest

from oma.cli.hosts_status import ask_hosts, hosts_status
from oma.config.schema import Config
from oma.errors import ConfigError
from oma.runtime.fleet import connection_turns
from tests.support.fake_ssh import make_ssh

AGENT = {
    "agent": "oma-agent-a\u202e",
    "id": "$1",
    "health": "waiting",
    "reason": "question",
    "evidence": "go\x1b on?",
    "idle_s": 61.5,
    "profile": "claude",
    "until": None,
}


@pytest.fixture
def ssh(tmp_path, monkeypatch):
    """Make a host that has one agent, or is a script."""
    made = make_ssh(tmp_path / "ssh")
    monkeypatch.setenv("PATH", made.path)

    def says(host, script=None, waits_for=1, **changes):
        if script is not None:
            made.host(host, script)
            return
        file = tmp_path / f"{host}.json"
        file.write_text(json.dumps({"agents": [AGENT | changes]}))
        made.host(host, f"{made.until_asked(waits_for)}; echo 'welcome {{you}}'; cat {file}")

    return says


def test_each_host_is_asked_and_its_agents_are_rows_under_its_name(ssh, capsys):
    ssh("box")
    ssh("gpu1", health="ok", idle_s=None, until={"text": "3:45pm", "at": None})

    assert hosts_status(None, "box,gpu1", as_json=False) == 0

    head, first, second = capsys.readouterr().out.splitlines()
    assert head.split() == ["AGENT", "HEALTH", "ACTIVE", "PROFILE", "WHY"]
    assert first.split()[:4] == ["box/oma-agent-a", "WAITING", "1m", "claude"]
    assert first.endswith("question: go␛ on?")
    assert second.split()[:5] == ["gpu1/oma-agent-a", "OK", "-", "claude", "question"]
    assert "question 3:45pm: " in second


def test_hosts_that_hang_keep_no_other_from_being_asked(ssh, monkeypatch):
    monkeypatch.setattr(connection_turns, "PASSED_ON_S", 0.01)
    hosts = [f"h{n}" for n in range(connection_turns.AT_ONCE + 1)]
    for host in hosts:
        ssh(host, waits_for=len(hosts))

    found = ask_hosts(Config(), ",".join(hosts), None)

    assert [each.words for each in found] == [""] * len(hosts)
    assert [each.agents[0]["host"] for each in found] == hosts


def test_a_host_that_is_not_reached_is_said_and_the_rest_is_told(ssh, capsys):
    ssh("box")
    ssh("odd", "echo '[1]'")

    assert hosts_status(None, "box,nowhere,odd", as_json=True) == 1

    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["hosts"] == ["box", "nowhere", "odd"]
    assert set(told["unreached"]) == {"nowhere", "odd"}
    assert [(each["agent"], each["host"]) for each in told["agents"]] == [
        ("box/oma-agent-a\u202e", "box")
    ]
    assert "oma: nowhere: ssh: connect to host nowhere port 22: No route to host" in said.err
    assert "oma: odd: what it says cannot be read: another version of oma?" in said.err


def test_no_agents_anywhere_is_said(ssh, tmp_path, capsys):
    ssh("box", """echo '{"agents": []}'""")
    config = tmp_path / "c.toml"
    config.write_text('[fleet]\nhosts = ["box"]\n')

    assert hosts_status(str(config), None, as_json=False) == 0

    assert capsys.readouterr().out == "no agents\n"
    with pytest.raises(ConfigError):
        hosts_status(str(config), " ", as_json=False)
