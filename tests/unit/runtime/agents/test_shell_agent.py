"""An agent below a shell is ended without the shell; the processes are the table's to say."""

import os
import signal

import attrs
import pytest
import trio

from oma.errors import CommandError
from oma.runtime.agents import shell_agent as module
from oma.runtime.agents.shell_agent import ShellAgent, is_below_shell

SHELL, AGENT = 10, 20
LINES = {SHELL: ("bash", "-i"), AGENT: ("claude",)}


@attrs.define
class Input:
    """The input of the pane."""

    got: list = attrs.Factory(list)
    ends: bool = False
    """A Ctrl-C ends the agent."""

    async def put(self, data):
        await trio.lowlevel.checkpoint()
        self.got.append(data)
        if self.ends:
            TABLE[:] = [[SHELL], []]


TABLE = [[], []]


@pytest.fixture
def signals(monkeypatch):
    sent = []

    def kill(pid, number):
        sent.append((pid, number))
        if number == signal.SIGKILL:
            TABLE[:] = [[SHELL], []]

    TABLE[:] = [[AGENT], [SHELL]]
    monkeypatch.setattr(module, "foreground_of", lambda pid: (TABLE[0], TABLE[1]))
    monkeypatch.setattr(module, "command_line", lambda pid: LINES[pid])
    monkeypatch.setattr(os, "kill", kill)
    return sent


async def test_one_that_ends_when_asked_is_not_signalled(signals):
    into = Input(ends=True)

    assert await ShellAgent(into, SHELL).stop(1.0)
    assert (into.got, signals) == ([b"\x03"], [])


async def test_one_that_does_not_end_is_asked_by_signal_and_then_killed(signals):
    into = Input()

    assert not await ShellAgent(into, SHELL).stop(0.4)
    assert (len(into.got), signals) == (
        2,
        [(AGENT, signal.SIGTERM), (AGENT, signal.SIGKILL)],
    )


async def test_a_line_is_typed_where_the_shell_waits_and_nowhere_else(signals):
    into = Input()
    with pytest.raises(CommandError, match="something else runs"):
        await ShellAgent(into, SHELL).start("claude")

    await ShellAgent(into, SHELL).kill()
    await ShellAgent(into, SHELL).start("claude")
    assert into.got == [b"claude\r"]


def test_a_pane_with_a_shell_that_waits_is_told_from_one_without(signals):
    assert is_below_shell(SHELL)
    TABLE[:] = [[AGENT], []]
    assert not is_below_shell(AGENT)
