"""Who needs the user, on whatever machine."""

import json

import pytest

from oma.cli.hosts_next import next_of_hosts
from oma.cli.option_values import HostOptions
from oma.errors import ConfigError, OmaError
from tests.support.fake_ssh import make_ssh


def agent(name, health, since, **more):
    facts = {"agent": name, "id": f"%{name}", "health": health, "since": since, "reason": "r"}
    return facts | {"evidence": "e\x1b", "dialog": None} | more


@pytest.fixture
def ssh(tmp_path, monkeypatch):
    """Make hosts that have agents."""
    made = make_ssh(tmp_path / "ssh")
    monkeypatch.setenv("PATH", made.path)

    def has(host, *agents):
        file = tmp_path / f"{host}.json"
        file.write_text(json.dumps({"agents": agents}))
        made.host(host, f'echo "$1" >> {tmp_path}/asked; cat {file}')

    return has


def printed(hosts, capsys):
    code = next_of_hosts(HostOptions(ssh=hosts), only_print=True, client=None)
    return code, capsys.readouterr()


def test_who_waits_comes_before_who_is_stuck_and_the_longest_first(ssh, capsys):
    ssh("box", agent("a", "stuck", "2026-01-01"), agent("b", "waiting", "2026-01-03"))
    ssh("gpu1", agent("c", "waiting", "2026-01-02"), agent("d", "ok", "2025-01-01"))

    code, said = printed("box,gpu1,nowhere", capsys)

    assert (code, said.out) == (0, "gpu1/c  WAITING  r: e␛\n")
    assert "oma: nowhere: " in said.err


def test_what_is_asked_is_said(ssh, capsys):
    ssh("box", agent("a", "waiting", "x", dialog={"question": "Go on?"}))

    assert printed("box", capsys)[1].out == "box/a  WAITING  r: Go on?\n"


def test_where_none_needs_the_user_that_is_said(ssh, capsys):
    ssh("box", agent("d", "idle", "x"))

    code, said = printed("box", capsys)
    assert (code, said.out, said.err) == (1, "", "oma: no agent waits or is stuck\n")


def test_the_terminal_is_lent_to_it(ssh, monkeypatch, tmp_path):
    ssh("box", agent("a", "waiting", "x"))
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)

    assert next_of_hosts(HostOptions(ssh="box"), only_print=False, client=None) == 0

    assert (tmp_path / "asked").read_text().splitlines()[-1] == "exec oma attach %a"


def test_what_it_cannot_do_is_refused(ssh):
    with pytest.raises(ConfigError, match="--client"):
        next_of_hosts(HostOptions(ssh="box"), only_print=True, client="/dev/pts/1")
    with pytest.raises(OmaError, match="no terminal to attach in"):
        next_of_hosts(HostOptions(ssh="box"), only_print=False, client=None)
