"""Sessions, windows, panes and our own clients come, go and move: the watch follows them."""

import os
import signal
from collections import Counter
from itertools import groupby

import pytest

from oma.model.events import (
    ConnectionLost,
    OutputLost,
    PaneCaptured,
    PaneClosed,
    PaneSeen,
    SessionRenamed,
)
from tests.support.oma_process import oma, running_oma
from tests.support.private_tmux import since
from tests.support.recorded import events, printed, until

pytestmark = pytest.mark.tmux

STATUS_3 = {"exit status 3"} if since(3, 6) else {"exit status 3", "its process ended"}
"""What may be told of an end: tmux before 3.6 may learn the status later (docs/tmux-versions.md)."""


def start(tmux, name, command="cat"):
    """Start a session and return the ids of its pane and of itself."""
    return tmux.run(
        *("new-session", "-d", "-x", "80", "-y", "24", "-P", "-F", "#{pane_id} #{session_id}"),
        *("-s", name, command),
    ).split()


def clients(tmux):
    """Return how many hubs and how many clients of an agent there are in each session."""
    lines = tmux.run("list-clients", "-F", "#{session_name} #{client_flags}").splitlines()
    kinds = {True: "hub", False: "agent"}
    return Counter((line.split()[0], kinds["no-output" in line]) for line in lines)


def client_pid(tmux, session, *, hub):
    lines = tmux.run("list-clients", "-F", "#{session_name} #{client_pid} #{client_flags}")
    found = [line.split() for line in lines.splitlines()]
    return int(
        next(
            pid for name, pid, flags in found if name == session and hub == ("no-output" in flags)
        )
    )


def type_line(tmux, pane, text):
    tmux.run("send-keys", "-t", pane, text, "Enter")


@pytest.fixture
def recording(tmp_path):
    return tmp_path / "f.jsonl"


@pytest.fixture
def watching(tmux, recording):
    """Watch, and record what happens."""
    return lambda: running_oma("-S", tmux.socket_path, "watch", "--json", "--record", recording)


async def test_the_hub_finds_another_home_when_its_session_ends(tmux, watching, recording):
    start(tmux, "home")
    start(tmux, "oma-agent-a")
    async with watching() as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        await until(lambda: clients(tmux)["oma-agent-a", "agent"])
        tmux.run("kill-session", "-t", "home")
        await until(lambda: clients(tmux)["oma-agent-a", "hub"])
        start(tmux, "oma-agent-b")
        await watch.transition(agent="oma-agent-b", to="ok")
        await until(lambda: clients(tmux)["oma-agent-b", "agent"])

        assert clients(tmux) == {
            ("oma-agent-a", "hub"): 1,
            ("oma-agent-a", "agent"): 1,
            ("oma-agent-b", "agent"): 1,
        }
        await until(lambda: events(recording, ConnectionLost))
    assert [lost.session for lost in events(recording, ConnectionLost)] == [None]


async def test_a_hub_that_is_killed_is_replaced_and_the_loss_is_recorded(
    tmux, watching, recording
):
    start(tmux, "home")
    start(tmux, "oma-agent-a")
    async with watching() as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        old = client_pid(tmux, "home", hub=True)
        os.kill(old, signal.SIGKILL)
        await until(lambda: events(recording, ConnectionLost))
        await until(lambda: clients(tmux)["home", "hub"])
        assert client_pid(tmux, "home", hub=True) != old
        tmux.run("rename-session", "-t", "oma-agent-a", "oma-agent-b")
        await until(lambda: events(recording, SessionRenamed))
        tmux.run("kill-session", "-t", "oma-agent-b")
        await watch.transition(agent="oma-agent-b", to="exited")
        await until(lambda: clients(tmux) == {("home", "hub"): 1})

    assert [lost.session for lost in events(recording, ConnectionLost)] == [None]


async def test_the_client_of_an_agent_that_is_killed_is_replaced_and_the_gap_recorded(
    tmux, watching, recording
):
    start(tmux, "home")
    pane, session = start(tmux, "oma-agent-a")
    async with watching() as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        await until(lambda: events(recording, PaneCaptured))
        os.kill(client_pid(tmux, "oma-agent-a", hub=False), signal.SIGKILL)
        await until(lambda: len(events(recording, PaneCaptured)) > 1)
        type_line(tmux, pane, "here again")
        await until(lambda: b"here again" in printed(recording, pane))

        assert clients(tmux) == {("home", "hub"): 1, ("oma-agent-a", "agent"): 1}
    gap = events(recording, ConnectionLost, OutputLost, PaneCaptured)[1:]
    assert [type(event) for event in gap] == [ConnectionLost, OutputLost, PaneCaptured]
    assert gap[0].session == session


async def test_a_client_that_tmux_moves_to_another_session_watches_nothing_there(
    tmux, watching, recording
):
    tmux.run(
        "start-server",
        ";",
        "set-option",
        "-g",
        "detach-on-destroy",
        "off",
        ";",
        "new-session",
        "-d",
        "-s",
        "home",
        "cat",
    )
    start(tmux, "oma-agent-a")
    pane, _ = start(tmux, "oma-agent-b")
    async with watching() as watch:
        for name in ("oma-agent-a", "oma-agent-b"):
            await watch.transition(agent=name, to="ok")
            await until(lambda name=name: clients(tmux)[name, "agent"])
        await until(lambda: len(events(recording, PaneCaptured)) == 2)
        tmux.run("kill-session", "-t", "oma-agent-a")
        await watch.transition(agent="oma-agent-a", to="exited")
        await until(lambda: clients(tmux) == {("home", "hub"): 1, ("oma-agent-b", "agent"): 1})
        type_line(tmux, pane, "once only")
        await until(lambda: b"once only" in printed(recording, pane))
        await watch.end()

    # The echo of the terminal, and the line that cat gives back.
    assert printed(recording, pane).count(b"once only") == 2


async def test_a_window_that_moves_to_another_agent_is_followed_there(tmux, watching, recording):
    start(tmux, "oma-agent-a")
    start(tmux, "oma-agent-b")
    pane = tmux.run(
        "new-window", "-d", "-t", "oma-agent-a:", "-P", "-F", "#{pane_id}", "cat"
    ).strip()
    async with watching() as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        await until(lambda: len(events(recording, PaneCaptured)) == 3)
        type_line(tmux, pane, "before")
        await until(lambda: b"before" in printed(recording, pane))
        tmux.run("move-window", "-d", "-s", pane, "-t", "oma-agent-b:")
        await until(lambda: events(recording, PaneCaptured)[3:])
        type_line(tmux, pane, "after")
        await until(lambda: printed(recording, pane).count(b"after") == 2)

    sessions = [seen.session for seen in events(recording, PaneSeen) if seen.pane == pane]
    assert len([session for session, _ in groupby(sessions)]) == 2  # from one to the other, once
    assert events(recording, PaneClosed) == [PaneClosed(pane)]


async def test_a_pane_that_is_split_off_an_agent_is_recorded_from_its_first_word(
    tmux, watching, recording
):
    pane, _ = start(tmux, "oma-agent-a")
    async with watching() as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        await until(lambda: events(recording, PaneCaptured))
        new = tmux.run(
            *("split-window", "-d", "-t", pane, "-P", "-F", "#{pane_id}"),
            "echo first words; cat",
        ).strip()
        type_line(tmux, new, "later words")
        await until(lambda: b"later words" in printed(recording, new) + screens(recording, new))
        await until(lambda: screens(recording, new))

    assert b"first words" in printed(recording, new) + screens(recording, new)


def screens(path, pane):
    return b"".join(event.data for event in events(path, PaneCaptured) if event.pane == pane)


async def test_an_agent_that_is_restarted_while_it_floods_does_not_take_its_server_along(
    tmux, watching, recording
):
    # Up to 3.7, tmux dies of a bare respawn-pane here: its client has yet to get some output.
    start(tmux, "home")
    start(tmux, "oma-agent-a", "seq 1 1000000000")
    async with watching() as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        for programs in (2, 3):
            await until(lambda n=programs: len(recording.read_bytes()) > 300_000 * n)
            done = await oma("-S", tmux.socket_path, "restart", "a")
            assert done.returncode == 0, done
            await until(lambda n=programs: len(pids(recording)) == n)
        tmux.run("kill-session", "-t", "oma-agent-a")
        await watch.transition(agent="oma-agent-a", to="exited")


def pids(path):
    return {seen.pid for seen in events(path, PaneSeen)}


async def test_an_end_is_told_with_its_status_where_the_pane_stays(tmux, watching, recording):
    start(tmux, "home")
    stays, _ = start(tmux, "oma-agent-stays", "read go; echo last words; exit 3")
    goes, _ = start(tmux, "oma-agent-goes", "read go; exit 4")
    tmux.run("set-option", "-w", "-t", stays, "remain-on-exit", "on")
    async with watching() as watch:
        for name in ("oma-agent-stays", "oma-agent-goes"):
            await watch.transition(agent=name, to="ok")
        type_line(tmux, stays, "")
        type_line(tmux, goes, "")
        gone = await watch.transition(agent="oma-agent-goes", to="exited")
        dead = await watch.transition(agent="oma-agent-stays", to="exited")

        assert gone["reason"] == "session-closed"
        assert dead["reason"] == "process-ended"
        assert dead["evidence"] in STATUS_3
        await until(lambda: any(captured_at_end(recording, stays)))
        tmux.run("respawn-pane", "-t", stays)
        again = await watch.transition(agent="oma-agent-stays", from_="exited")
        assert again["to"] == "ok"
    dead = [seen for seen in events(recording, PaneSeen) if seen.dead]
    assert {seen.pane for seen in dead} == {stays}
    for shown in captured_at_end(recording, stays):
        assert b"last words" in shown.data
        assert b"Pane is dead" not in shown.data


def captured_at_end(path, pane):
    """The screens of a pane that were captured after its program had ended."""
    has_ended = False
    for event in events(path, PaneSeen, PaneCaptured):
        match event:
            case PaneSeen(pane=which, dead=dead) if which == pane:
                has_ended = dead
            case PaneCaptured(pane=which) if which == pane and has_ended:
                yield event
