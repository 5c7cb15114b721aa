"""Hosts behind a real sshd: what is told of each is what its own recording says, to the byte, also where something is wrong."""

import re
import shlex
import socket
import sys

import pytest

from oma.tmux.escape import argv_argument, quote_format
from tests.support import older_oma, wrong_clock
from tests.support.oma_process import running_oma
from tests.support.patience import look_until
from tests.support.sshd import running_sshd, why_not
from tests.support.told_lines import replayed, seen_of, without_clock

pytestmark = [pytest.mark.tmux, pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not())]  # fmt: skip

ASKS = "read -p 'Go on? [y/N] ' x; exec cat"
HOSTILE = "oma-agent-$(id) #{pid};\"'\u202e"


def far(server, *wrapped):
    return shlex.join([*wrapped, sys.executable, "-m", "oma", "-S", server.socket_path])


def recorded(program, folder, host, through="cat"):
    """A script that runs what was asked for, and keeps what that says, each run for itself."""
    return f'eval "env -u TMUX {program} ${{SSH_ORIGINAL_COMMAND#exec * }}" | {through} | tee {folder}/{host}.$$\n'


def records(folder, host):
    """What a host recorded, a file for each run."""
    return sorted(folder.glob(f"{host}.*"))


async def test_what_is_told_over_ssh_is_what_the_recording_of_each_host_says_to_the_byte(
    tmux, terminals, tmp_path
):
    """Ids are equal, clocks are hours apart, names are hostile, one `oma` is older, and others are not there."""
    for server in (tmux, terminals):
        server.run("new-session", "-d", "-s", argv_argument(quote_format(HOSTILE)), "cat")
    skewed = (sys.executable, wrong_clock.__file__, "-7200")
    older = shlex.join([sys.executable, older_oma.__file__])
    hosts = {
        "one": recorded(far(tmux), tmp_path, "one"),
        "late": recorded(far(terminals, *skewed), tmp_path, "late"),
        "old": recorded(far(tmux), tmp_path, "old", older),
        "newer": 'echo \'{"format":"oma-recording","version":99}\'\n',
    }
    config = tmp_path / "c.toml"
    config.write_text('[fleet]\ncommand = "no-such-oma"\n')
    follow = ("--config", config, "watch", "--json", "--ssh", ",".join(["asking", "box", *hosts]))
    with running_sshd(tmp_path / "ssh", hosts) as sshd:
        assert await sshd.is_there()
        async with running_oma(*follow, PATH=sshd.path) as watch:
            await watch.said(b"oma: newer not reached: what it says cannot be read: ")
            await watch.said(b"oma: asking not reached: it asks for a password, or knows none of ")
            await watch.said(b"oma: box not reached: no 'no-such-oma' there that can be run: ")
            for host in ("one", "late", "old"):
                told = await watch.transition(id=f"$0@{host}")
                assert told["agent"].startswith(f"{host}/oma-agent-$(id) #{{pid}}")
            for server in (tmux, terminals):
                server.run("new-session", "-d", "-s", "oma-agent-b", ASKS)
            for host in ("one", "late", "old"):
                await watch.transition(agent=f"{host}/oma-agent-b", to="waiting")
            for server in (tmux, terminals):
                server.run("kill-session", "-t", "=oma-agent-b:")
            for host in ("one", "late", "old"):
                await watch.transition(agent=f"{host}/oma-agent-b", to="exited")

    for host in ("one", "late", "old"):
        [record] = records(tmp_path, host)
        told = seen_of(watch, host)
        assert without_clock(told) == without_clock((await replayed(record))[: len(told)]), host
    assert b'"config"' not in records(tmp_path, "old")[0].read_bytes()
    began = [records(tmp_path, host)[0].read_text()[:200] for host in ("one", "late")]
    assert began[0].partition("T")[2][:2] != began[1].partition("T")[2][:2]


async def test_an_sshd_that_hangs_is_given_up_and_the_host_is_followed_again(
    tmux, terminals, tmp_path
):
    for server in (tmux, terminals):
        server.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    hosts = {
        "box1": recorded(far(tmux), tmp_path, "box1"),
        "box2": f'eval "exec env -u TMUX {far(terminals)} ${{SSH_ORIGINAL_COMMAND#exec * }}"\n',
    }
    with socket.socket() as mute:  # takes connections, and says nothing
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        ports = {"mute": mute.getsockname()[1]}
        with running_sshd(tmp_path / "ssh", hosts, ports) as sshd:
            assert await sshd.is_there()
            follow = ("watch", "--ssh", "box1,box2,mute", "--json")
            async with running_oma(*follow, PATH=sshd.path) as watch:
                for host in hosts:
                    await watch.transition(agent=f"{host}/oma-agent-a")
                frozen = sshd.freeze()
                tmux.run("new-session", "-d", "-s", "oma-agent-b", ASKS)
                await watch.said(b"oma: mute not reached: Connection ")
                for host in hosts:
                    words = f"oma: {host} lost: Timeout, server 127.0.0.1 not responding"
                    await watch.said(words.encode())
                    await watch.said(f"oma: {host} live\n".encode())
                await watch.transition(agent="box1/oma-agent-b", to="waiting")
                for each in frozen:
                    each.kill()
                tmux.run("kill-session", "-t", "=oma-agent-a:")
                await watch.transition(agent="box1/oma-agent-a", to="exited")
            clients = ("list-clients", "-F", "#{client_control_mode}")
            assert await look_until(lambda: terminals.run(*clients) == "")

    found, *told = seen_of(watch, "box1")
    assert '"agent": "oma-agent-a"' in found
    assert len(told) == 2  # who was known is not told again
    # The run that was cut off is one that goes on: its far side writes to `tee`. Both say the same.
    runs = [await replayed(record) for record in records(tmp_path, "box1")]
    for run in runs:
        assert of_later_agent(run) in (of_later_agent(told), [])
    assert any(map(of_later_agent, runs))


def of_later_agent(lines):
    found = [line for line in lines if '"agent": "oma-agent-b"' in line]
    return unnumbered(without_clock(found))


def unnumbered(lines):
    return [re.sub(r'"seq": \d+', '"seq": 0', line) for line in lines]
