import attrs
import pytest
import trio

from oma.errors import CommandError
from oma.model.events import CommandSent, PaneOutput, SessionOpened
from oma.model.health import Health
from oma.runtime.agents.send_text import ECHO_S, QUIET_S, TAKEN_S, UNECHOED_S, TextSender
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, seen


@attrs.define
class Agent:
    """A program that answers what is put into its pane, each after a while."""

    store: Store
    nursery: trio.Nursery
    answers: list = attrs.Factory(list)
    """For each piece of input: seconds and bytes, any number of them."""
    got: list = attrs.Factory(list)
    pane: str = PANE

    async def put(self, data, *, bracketed=False):
        self.got.append((trio.current_time(), data, bracketed))
        for after_s, output in self.answers.pop(0) if self.answers else ():
            self.nursery.start_soon(self._print, after_s, output)

    async def _print(self, after_s, output):
        await trio.sleep(after_s)
        self.store.append(PaneOutput(PANE, output))


@pytest.fixture
async def agent(nursery):
    store = Store(empty().fleet, trio.current_time)
    store.append(SessionOpened(SESSION, "oma-a"))
    store.append(seen(idle_s=0.0))
    store.append(captured())
    return Agent(store, nursery)


def sent(agent, text, *, enter=True):
    return TextSender(agent.store, SESSION, agent).send(text, enter=enter)


async def test_the_echo_proves_it_and_enter_follows_once_the_agent_has_painted(
    agent, autojump_clock
):
    agent.answers = [[(0.1, b"go "), (0.2, b"on")], [(0.05, b"\r\nok")]]

    assert await sent(agent, "go on")

    (typed_s, text, _), (enter_s, enter, _) = agent.got
    assert (text, enter) == (b"go on", b"\r")
    assert enter_s - typed_s >= 0.2 + QUIET_S
    assert trio.current_time() - enter_s < TAKEN_S


async def test_a_text_that_stood_there_before_proves_nothing(agent, autojump_clock):
    agent.store.append(PaneOutput(PANE, b"go on\r\n"))

    assert not await sent(agent, "go on", enter=False)

    assert trio.current_time() == ECHO_S


async def test_an_agent_that_paints_something_else_is_not_waited_for(agent, autojump_clock):
    agent.answers = [[(0.1, b"[pasted]")]]

    assert not await sent(agent, "one\ntwo", enter=False)

    assert trio.current_time() <= 0.1 + 2 * UNECHOED_S
    assert agent.got[0][2], "several lines are one paste"


async def test_an_agent_that_never_stops_painting_gets_its_enter_all_the_same(
    agent, autojump_clock
):
    agent.answers = [[(n / 10, b"x") for n in range(100)]]

    await sent(agent, "go")

    assert [data for _, data, _ in agent.got] == [b"go", b"\r"]
    assert agent.got[1][0] <= 2 * ECHO_S


async def test_what_is_typed_is_logged_before(agent, autojump_clock):
    tail = agent.store.tail()

    await sent(agent, "go")

    steps = await tail.receive()
    told = [s.record.event for s in steps if isinstance(s.record.event, CommandSent)]
    assert told == [CommandSent("send", PANE, "go"), CommandSent("key", PANE, "Enter")]


async def test_a_text_that_cannot_be_sent_is_neither_logged_nor_typed(agent, autojump_clock):
    seq = agent.store.seq

    with pytest.raises(CommandError, match="control characters"):
        await sent(agent, "a\n\x1b[201~b")

    assert (agent.got, agent.store.seq) == ([], seq)


ASKS = b"Do you want to proceed?\r\n \xe2\x9d\xaf 1. Yes\r\n   2. No\r\n\r\n Esc to cancel"


async def test_enter_answers_nothing_that_came_while_the_text_was_typed(
    agent, nursery, autojump_clock
):
    async def pass_time():
        while True:
            agent.store.pass_time()
            await trio.sleep(0.05)

    nursery.start_soon(pass_time)
    await trio.sleep(15)  # it has its first verdict
    agent.answers = [[(0.05, ASKS)]]

    with pytest.raises(CommandError, match="began to ask while the text was typed"):
        await sent(agent, "go")

    assert [data for _, data, _ in agent.got] == [b"go"]


async def test_a_text_for_an_agent_that_asks_already_is_submitted(agent, autojump_clock):
    agent.store.append(PaneOutput(PANE, ASKS))
    await trio.sleep(15)
    agent.store.pass_time()
    assert agent.store.state.agents[0].verdict.health is Health.WAITING

    await sent(agent, "1")

    assert [data for _, data, _ in agent.got] == [b"1", b"\r"]
