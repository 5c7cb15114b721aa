"""The log of one host, over and over."""

import os
import signal
import subprocess

import attrs
import pytest
import trio

from oma.errors import OmaError
from oma.model.events import PaneOutput, Record, ServerConnected, SessionOpened
from oma.model.hosts import LinkState
from oma.model.standing import WatchBegan
from oma.recording.recording_format import Header, encode_header, encode_record
from oma.runtime.fleet import host_feed
from oma.runtime.fleet.connection_turns import ConnectionTurns
from oma.runtime.fleet.host_feed import HostFeed
from oma.runtime.fleet.ssh_command import ended_with_us, far_argv
from oma.store.fleets import Fleets
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen
from tests.support.patience import look_until

HEADER = Header(1, "2026-11-20T20:03:58.123456Z", "3.3a", "0.2.0", {}, {})
EVENTS = (
    ServerConnected("3.3a"),
    SessionOpened(SESSION, "oma-agent-1"),
    seen(idle_s=0.0),
    captured(),
    sampled(),
)


@attrs.define
class Watched:
    fleets: Fleets
    feed: HostFeed
    stores: list
    told: list
    links: list
    """How it was reached, one after the other."""

    @property
    def link(self):
        return self.fleets.hosts["box"].link

    async def reached(self):
        assert await look_until(
            lambda: self.link.state is LinkState.LIVE and self.fleets.state.agents
        )

    async def lost(self, words):
        # Not the link as it is: it may be live again before anybody looks.
        assert await look_until(lambda: any(words in link.words for link in self.links)), self.link


@pytest.fixture
def log(tmp_path):
    """Write the log of a host to a file, and return its name."""

    def log(*events, header=HEADER, name="log", whole=True):
        lines = [encode_record(Record(n, 0.0, event)) for n, event in enumerate(events, start=1)]
        data = encode_header(header) + b"".join(lines)
        (tmp_path / name).write_bytes(data if whole else data[:-3])
        return tmp_path / name

    return log


@pytest.fixture
async def watched(ssh, nursery, monkeypatch):
    monkeypatch.setattr(host_feed, "WAITS_S", (0.01,))
    fleets, stores, told = Fleets(trio.current_time, ["box"]), [], []
    links = []
    fleets.told.append(told.append)
    fleets.told.append(lambda news: news.event or links.append(fleets.hosts["box"].link))

    def make_store(header):
        if header.profiles == {"bad": 1}:
            raise OmaError("bad profiles")
        stores.append(Store(empty().fleet, fleets.clock))
        return stores[-1]

    feed = HostFeed("box", "oma", fleets, make_store, ConnectionTurns())
    return Watched(fleets, feed, stores, told, links)


async def test_what_the_host_says_is_known_and_nothing_runs_when_nobody_follows(
    watched, ssh, log, tmp_path
):
    ssh.host("box", f"echo $$ > {tmp_path}/pid; cat {log(*EVENTS)}; exec sleep 1000")

    async with trio.open_nursery() as following:
        following.start_soon(watched.feed.run)
        await watched.reached()
        assert watched.feed.turns.held == []
        following.cancel_scope.cancel()

    assert [agent.name for agent in watched.fleets.state.agents] == ["box/oma-agent-1"]
    assert ssh.asked[0].endswith("-- box exec oma record -o -")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


async def test_what_a_shell_says_to_all_is_not_of_the_log(watched, ssh, log, nursery):
    ssh.host("box", f"echo welcome; echo; cat {log(*EVENTS)}; exec sleep 1000")
    nursery.start_soon(watched.feed.run)
    await watched.reached()
    assert [link.state for link in watched.links] == [LinkState.LIVE]


async def test_a_host_that_cannot_be_reached_is_tried_again(watched, ssh, log, nursery):
    nursery.start_soon(watched.feed.run)
    await watched.lost("No route to host")
    assert {link.state for link in watched.links} == {LinkState.UNREACHED}

    ssh.host("box", f"cat {log(*EVENTS)}; exec sleep 1000")
    await watched.reached()
    assert watched.feed.turns.held == []


async def test_a_link_that_ends_is_taken_up_in_the_same_log(watched, ssh, log, nursery, tmp_path):
    """What was told is not told again."""
    ssh.host("box", f"cat {log(*EVENTS)}; read x < {tmp_path}/fifo; echo over >&2; exit 3")
    os.mkfifo(tmp_path / "fifo")
    nursery.start_soon(watched.feed.run)
    await watched.reached()
    told = [each for news in watched.told for each in news.transitions]
    assert len(told) == 1

    (store,) = watched.stores
    ssh.host("box", f"cat {log(*EVENTS, PaneOutput(PANE, b'x'))}; exec sleep 1000")
    (tmp_path / "fifo").write_text("\n")
    await watched.lost("over")
    await watched.reached()
    assert await look_until(lambda: len(watched.links) == 3)

    assert watched.stores == [store]
    assert [each for news in watched.told for each in news.transitions] == told
    states = [LinkState.LIVE, LinkState.LOST, LinkState.LIVE]
    assert [link.state for link in watched.links] == states


async def test_who_ended_meanwhile_is_told(watched, ssh, log, nursery, tmp_path, monkeypatch):
    monkeypatch.setattr(host_feed, "SETTLE_S", 0.0)
    ssh.host("box", f"cat {log(*EVENTS)}; read x < {tmp_path}/fifo")
    os.mkfifo(tmp_path / "fifo")
    nursery.start_soon(watched.feed.run)
    await watched.reached()

    ssh.host("box", f"cat {log(ServerConnected('3.3a'))}; exec sleep 1000")
    (tmp_path / "fifo").write_text("\n")

    def ended():
        told = [each for news in watched.told for each in news.transitions]
        return [each.agent for each in told if each.verdict.reason == "ended-unseen"]

    assert await look_until(lambda: ended() == ["box/oma-agent-1"])


async def test_nothing_of_a_host_is_left_when_we_are_killed(ssh, tmp_path):
    """Its agents may say nothing for hours, and ssh notices only when it writes."""
    ssh.host("box", f"echo $$ > {tmp_path}/pid; exec sleep 1000")
    argv = ended_with_us(far_argv("box", "oma", ["record", "-o", "-"]))
    process = await trio.lowlevel.open_process(argv, stdin=subprocess.PIPE)
    assert await look_until(
        lambda: (tmp_path / "pid").is_file() and (tmp_path / "pid").read_text()
    )

    await process.stdin.aclose()  # as the kernel does for whoever is killed

    assert await process.wait() == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


async def test_a_log_by_other_rules_is_another_log(watched, ssh, log, nursery, tmp_path):
    os.mkfifo(tmp_path / "fifo")
    ssh.host("box", f"cat {log(*EVENTS)}; read x < {tmp_path}/fifo")
    nursery.start_soon(watched.feed.run)
    await watched.reached()

    other = attrs.evolve(HEADER, config={"health": {"idle_warning": 9}})
    ssh.host("box", f"cat {log(WatchBegan(), *EVENTS, header=other)}; exec sleep 1000")
    (tmp_path / "fifo").write_text("\n")

    assert await look_until(lambda: len(watched.stores) == 2)
    await watched.reached()


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo hello; exec sleep 1000", "it has said nothing for 0 seconds but 'hello'"),
        ("echo '{{}}'; exec sleep 1000", "what it says cannot be read: box: not a recording"),
        ("cat {log}; echo nonsense; exec sleep 1000", "what it says cannot be read: expected one JSON"),
        ("cat {bad}; exec sleep 1000", "what it says cannot be read: bad profiles"),
        ("exec sleep 1000", "it has said nothing for 0 seconds"),
        ("exit 127", "no 'oma' there that can be run"),
        ("echo 'oma: error: unrecognized arguments: -o' >&2; exit 2", "error: unrecognized arguments"),
        ("cat {newer}; exec sleep 1000", "what it says cannot be read: box: "),
        ("kill -9 $$", "it ended with 137"),
        ("exit 0", "it ended with 0"),
        ('echo "windows: $SSH_ASKPASS_REQUIRE" >&2; exit 3', "windows: never"),
    ],
)  # fmt: skip
async def test_why_a_link_ended_is_said(watched, ssh, log, nursery, monkeypatch, script, words):
    if script.endswith("sleep 1000") and "cat" not in script:
        monkeypatch.setattr(host_feed, "SILENT_S", 0.1)
    newer = log(header=attrs.evolve(HEADER, version=99), name="newer")
    bad = log(header=attrs.evolve(HEADER, profiles={"bad": 1}), name="bad")
    ssh.host("box", script.format(log=log(*EVENTS), bad=bad, newer=newer))

    nursery.start_soon(watched.feed.run)

    await watched.lost(words)


async def test_a_turn_is_given_back_by_whoever_is_cancelled_while_it_connects(watched, ssh):
    ssh.host("box", "exec sleep 1000")

    async with trio.open_nursery() as following:
        following.start_soon(watched.feed.run)
        assert await look_until(lambda: watched.feed.turns.held)
        following.cancel_scope.cancel()

    assert watched.feed.turns.held == []


async def test_without_ssh_that_is_said(watched, monkeypatch, nursery):
    monkeypatch.setenv("PATH", "/nonexistent")

    nursery.start_soon(watched.feed.run)

    await watched.lost("cannot run ssh: it is not there")
