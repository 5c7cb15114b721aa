"""Hosts behind a real sshd: what ssh itself decides, and what is told where it refuses."""

import json
import shlex
import sys

import pytest

from tests.support.oma_process import oma, running_oma
from tests.support.patience import look_until
from tests.support.sshd import running_sshd, why_not

pytestmark = [pytest.mark.tmux, pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not())]  # fmt: skip


async def test_what_ssh_refuses_is_told_and_hosts_that_let_us_in_are_followed(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    far = shlex.join([sys.executable, "-m", "oma", "-S", tmux.socket_path])
    config = tmp_path / "c.toml"
    config.write_text(f"[fleet]\ncommand = {json.dumps(f'env -u TMUX {far}')}\n")
    with running_sshd(tmp_path / "ssh") as sshd:
        assert await sshd.is_there()
        (sshd.folder / ".bashrc").write_text("echo 'Welcome to {this machine}'\n")
        hosts = ("--ssh", "box,closed,stranger,away,asking,behind", "--json")
        askpass = tmp_path / "askpass"  # what opens a window to ask in
        askpass.write_text(f"#!/bin/sh\necho asked >> {tmp_path}/asked; exit 1\n")
        askpass.chmod(0o700)
        window = {"DISPLAY": ":0", "SSH_ASKPASS": str(askpass)}
        done = await oma("--config", config, "status", *hosts, PATH=sshd.path, **window)

        told = json.loads(done.stdout)
        assert [agent["agent"] for agent in told["agents"]] == ["box/oma-agent-a"], done.stderr
        unreached = told["unreached"]
        assert unreached["closed"].startswith("it asks for a password, or knows none of your keys")
        assert unreached["asking"].startswith("it asks for a password, or knows none of your keys")
        assert unreached["behind"].startswith("it asks for a password, or knows none of your keys")
        assert "(password)" in unreached["asking"]
        assert not (tmp_path / "asked").exists()
        assert unreached["stranger"].startswith("its host key is not known, or another")
        assert "Connection refused" in unreached["away"]

        missing = await oma("status", "--ssh", "box", PATH=f"{sshd.path}", OMA_CONFIG=str(nothing(tmp_path)))  # fmt: skip
        assert b"no 'no-such-oma' there that can be run" in missing.stderr

        async with running_oma("--config", config, "watch", "--ssh", "box", "--json", PATH=sshd.path) as watch:  # fmt: skip
            await watch.transition(agent="box/oma-agent-a")
            sent = await oma("--config", config, "status", "--ssh", "box", PATH=sshd.path)
            assert b"box/oma-agent-a" in sent.stdout
            tmux.run("kill-session", "-t", "=oma-agent-a:")
            await watch.transition(agent="box/oma-agent-a", to="exited")
        clients = "#{client_control_mode}"
        tmux.run("new-session", "-d", "-s", "oma-agent-b", "cat")
        assert await look_until(lambda: tmux.run("list-clients", "-F", clients) == "")


def nothing(folder):
    """A configuration by which there is no `oma` on the far side."""
    config = folder / "missing.toml"
    config.write_text('[fleet]\ncommand = "no-such-oma"\n')
    return config
