"""What is done to agents, and to which pane; tmux is a script that notes what it is asked."""

import attrs
import pytest

from oma.config.profiles import packaged_profiles
from oma.errors import BlockedError, CommandError
from oma.model.events import AgentFound, CommandSent, PaneOutput, ServerConnected, SessionOpened
from oma.model.ids import AgentId, PaneId, SessionId
from oma.model.intents import (
    AnswerDialog,
    KillAgent,
    RestartAgent,
    Resync,
    SendText,
    StopAgent,
)
from oma.model.kept_fleet import LATEST
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.respawn import SHELL
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from tests.support.fleet_play import SESSION, captured, empty, seen
from tests.support.scripted_tmux import ScriptedTmux
from tests.support.wire_events import listed

AGENT = PaneId("%2")
"""The pane of the agent; a shell stands in `PANE`."""

ASKS = "\x1b[2J\x1b[H● Bash({0})\r\n\r\n Do you want to proceed?\r\n ❯ 1. Yes\r\n   2. No\r\n\r\n Esc to cancel"
COMPOSER = "\x1b[2J\x1b[H" + "─" * 40 + "\r\n❯ {0}\r\n" + "─" * 40


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmux


class EchoingStore(Store):
    """As if the agent showed at once what is typed into it."""

    def append(self, event):
        record = super().append(event)
        if isinstance(event, CommandSent) and event.command == "send":
            super().append(PaneOutput(event.pane, event.text.replace("\n", "\r\n").encode()))
        return record


class Clock:
    t = 0.0

    def __call__(self):
        return self.t


@pytest.fixture
def store():
    """An agent beside a shell, at rest since long."""
    clock = Clock()
    store = EchoingStore(empty().fleet, clock)
    store.append(ServerConnected("3.3a"))
    store.append(SessionOpened(SESSION, "oma-agent-a"))
    store.append(seen(idle_s=0.0))
    store.append(seen(pane=AGENT, pid=200, command="claude", idle_s=0.0))
    store.append(captured())
    store.append(captured(pane=AGENT))
    return store


def prints(store, text, at):
    """Let the agent print, and time pass until that is judged."""
    store.append(PaneOutput(AGENT, text.encode()))
    store.clock.t = at
    store.pass_time()


@pytest.fixture
def controller(tmux, store):
    return AgentController(
        server=ServerAddress(socket_name="x"),
        prefix="oma-agent-",
        watched=lambda _: True,
        store=store,
        profiles={profile.name: profile for profile in packaged_profiles()},
    )


async def test_a_text_goes_to_the_pane_that_is_judged_and_enter_after_it(tmux, store, controller):
    said = await controller.carry_out(SendText(SESSION, "go on\r\n"))

    assert tmux.typed == [(AGENT, "go on"), (AGENT, "\r")]
    assert said == "sent to oma-agent-a"


async def test_a_text_of_lines_is_one_paste_and_can_be_left_unsent(tmux, controller):
    await controller.carry_out(SendText(SESSION, "one\r\ntwo", enter=False))

    assert tmux.typed == [(AGENT, "one\ntwo")]
    assert "paste-buffer -d -p" in tmux.asked[0][-1]


async def test_an_agent_that_waits_gets_no_text_unless_that_is_meant(tmux, store, controller):
    prints(store, ASKS.format("rm -rf build"), at=5.0)

    with pytest.raises(BlockedError, match=r"Do you want to proceed\? .*rm -rf build.*1\. Yes"):
        await controller.carry_out(SendText(SESSION, "wait"))
    assert tmux.typed == []

    await controller.carry_out(SendText(SESSION, "wait", anyway=True))
    assert [text for _, text in tmux.typed] == ["wait", "\r"]


async def test_a_draft_is_not_mixed_with_a_text(tmux, store, controller):
    prints(store, COMPOSER.format("half a tho"), at=5.0)

    with pytest.raises(BlockedError, match="half a tho"):
        await controller.carry_out(SendText(SESSION, "go on"))

    assert tmux.typed == []


async def test_an_empty_text_is_not_sent(tmux, controller):
    with pytest.raises(CommandError, match="no text"):
        await controller.carry_out(SendText(SESSION, "\r\n\n"))

    assert tmux.asked == []


@pytest.mark.parametrize(("word", "why"), [("dead", "has ended"), ("input-off", "takes no input")])
async def test_a_pane_that_takes_no_input_is_told(tmux, controller, word, why):
    tmux.says("load-buffer", word + "\n")

    with pytest.raises(CommandError, match=f"nothing was typed: .*{why}"):
        await controller.carry_out(SendText(SESSION, "go on"))


async def test_what_tmux_refuses_leaves_no_buffer(tmux, controller):
    tmux.says("load-buffer", status=1, complaint="no such pane")

    with pytest.raises(CommandError, match="no such pane"):
        await controller.carry_out(SendText(SESSION, "go on"))

    assert tmux.asked[-1][0] == "delete-buffer"


async def test_a_dialog_is_answered_while_it_is_the_one_that_was_shown(tmux, store, controller):
    prints(store, ASKS.format("ls"), at=5.0)
    shown = store.state.agents[0].dialog

    said = await controller.carry_out(AnswerDialog(SESSION, "2", shown.fingerprint))

    assert (said, tmux.typed) == ("answered 2 to oma-agent-a: No", [(AGENT, "2")])


async def test_the_log_tells_who_answered_what(store, controller):
    prints(store, ASKS.format("ls"), at=5.0)
    asked, tail = store.state.agents[0].dialog, store.tail()
    of_kim = attrs.evolve(controller, by="kim")

    await of_kim.carry_out(AnswerDialog(SESSION, "2", asked.fingerprint))
    await controller.carry_out(Resync())

    told = [step.record.event for step in await tail.receive()]
    assert told == [CommandSent("answer", AGENT, "2 No", "kim")]


@pytest.mark.parametrize(
    ("then", "key", "why"),
    [
        (ASKS.format("rm -rf /"), "1", "asks something else"),
        ("\x1b[2J\x1b[H", "1", "asks nothing"),
        ("", "7", "offers no option '7'"),
    ],
)
async def test_another_dialog_none_or_another_option_is_not_answered(
    tmux, store, controller, then, key, why
):
    prints(store, ASKS.format("ls"), at=5.0)
    shown = store.state.agents[0].dialog
    prints(store, then, at=10.0)

    with pytest.raises(CommandError, match=f"{why}.*: nothing was sent"):
        await controller.carry_out(AnswerDialog(SESSION, key, shown.fingerprint))

    assert tmux.typed == []


@pytest.mark.parametrize(
    ("remembered", "line"),
    [("", "claude --continue"), ("0199a213-81c0", "claude --resume 0199a213-81c0")],
)
async def test_a_restart_is_by_the_folded_kind_and_in_the_agents_pane(
    tmux, controller, remembered, line
):
    tmux.says("list-panes", f"{remembered}\n")
    said = await controller.carry_out(RestartAgent(SESSION))

    assert said == f"restarted oma-agent-a: {line}{'' if remembered else LATEST}"
    assert tmux.asked[-1] == ["respawn-pane", "-k", "-t", AGENT, "--", line]
    assert tmux.asked[-3][-1] == (remembered or "@oma_conversation")


async def test_a_kill_ends_the_session(tmux, controller):
    assert await controller.carry_out(KillAgent(SESSION)) == "killed oma-agent-a"
    assert tmux.asked == [["kill-session", "-t", SESSION]]


def listed_pane(pane, session="$5"):
    return listed(session=session, name="work", pane=pane) + "\n"


async def killed_in_pane(tmux, controller, store, *panes):
    """Kill the agent that was found in `%5`; return what tmux was asked besides who looks."""
    pane, session = PaneId("%5"), SessionId("$5")
    store.append(SessionOpened(session, "work", is_agent=False))
    store.append(AgentFound(pane, "claude", "process", "claude"))
    store.append(seen(pane=pane, session=session, command="claude", pid=0, idle_s=0.0))
    tmux.says("list-panes", "".join(listed_pane(each) for each in panes))
    await controller.carry_out(KillAgent(AgentId(pane)))
    return [
        words for words in tmux.asked if words[0] in {"kill-pane", "kill-session", "respawn-pane"}
    ]


async def test_a_kill_in_a_session_of_the_users_ends_the_pane(tmux, controller, store):
    asked = await killed_in_pane(tmux, controller, store, "%4", "%5")

    assert asked == [["kill-pane", "-t", "%5"]]


async def test_the_last_pane_of_a_session_of_the_users_gets_a_shell_when_its_agent_is_killed(
    tmux, controller, store
):
    (asked,) = await killed_in_pane(tmux, controller, store, "%5")

    assert (asked[0], asked[-1]) == ("respawn-pane", SHELL)
    assert "%5" in asked


async def test_a_kill_leaves_another_agent_of_the_session_alone(tmux, controller, store):
    for pane in (AGENT, PaneId("%6")):
        store.append(AgentFound(pane, "claude", "process", "claude"))
        store.append(seen(pane=pane, pid=0, command="claude", idle_s=0.0))
    await controller.carry_out(KillAgent(SESSION))

    assert [words for words in tmux.asked if "kill" in words[0]] == [["kill-pane", "-t", AGENT]]


async def test_an_agent_that_has_gone_when_asked_to_end_is_stopped(tmux, controller):
    assert await controller.carry_out(StopAgent(SESSION)) == "oma-agent-a has ended"
    assert tmux.typed == []


async def test_a_resync_asks_for_everything_again(controller):
    asked = []
    controller.resync = lambda: asked.append("again")

    await controller.carry_out(Resync())

    assert asked == ["again"]


async def test_an_agent_whose_session_ended_is_not_acted_on(tmux, controller):
    with pytest.raises(CommandError, match="gone"):
        await controller.carry_out(KillAgent("$9"))

    assert tmux.asked == []
