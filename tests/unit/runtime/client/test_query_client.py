import attrs
import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from oma.errors import CommandError
from oma.runtime.client.query_client import PATIENCE_S, QueryClient
from oma.runtime.client.tmux_client import Answer
from oma.tmux.commands.control import Print
from oma.tmux.notifications import Exit, SessionChanged, SessionsChanged
from tests.support.scripted_client import ScriptedClient
from tests.support.wire_events import answer, attached, refused


@attrs.define
class Asked:
    """A client, and the answers to what was asked of it."""

    connection: ScriptedClient = attrs.Factory(ScriptedClient)
    news: list = attrs.Factory(list)
    answers: list = attrs.Factory(list)
    client: QueryClient = attrs.field(init=False)

    def __attrs_post_init__(self):
        self.client = QueryClient(self.connection, lambda: self.news.append("news"))

    async def ask(self, text):
        try:
            self.answers.append(await self.client.ask(Print(text)))
        except CommandError as error:
            self.answers.append(str(error))


@pytest.fixture
async def asked(nursery):
    asked = Asked()
    nursery.start_soon(asked.client.run)
    await wait_all_tasks_blocked()
    return asked


async def test_nothing_is_sent_before_tmux_has_attached_the_client(asked, nursery):
    nursery.start_soon(asked.ask, "a")
    await wait_all_tasks_blocked()
    assert asked.connection.sent == []

    asked.connection.says(attached())
    await wait_all_tasks_blocked()

    assert asked.connection.sent == ["display-message -p a", "display-message -p done1"]


async def test_an_answer_is_all_that_came_before_tmux_said_that_it_is_done(asked, nursery):
    asked.connection.says(attached())
    nursery.start_soon(asked.ask, "a")
    await wait_all_tasks_blocked()
    asked.connection.says(answer("one"), answer())
    await wait_all_tasks_blocked()
    assert asked.answers == []

    asked.connection.says(answer("two"), answer("done1"))
    await wait_all_tasks_blocked()

    assert asked.answers == [Answer(0, "one\ntwo\n", "")]


async def test_what_tmux_refuses_is_an_answer(asked, nursery):
    asked.connection.says(attached())
    nursery.start_soon(asked.ask, "a")
    await wait_all_tasks_blocked()

    asked.connection.says(refused("no such pane"), answer("done1"))
    await wait_all_tasks_blocked()

    assert asked.answers == [Answer(1, "", "no such pane")]


async def test_a_tmux_that_hangs_is_told_after_a_while(asked, nursery, autojump_clock):
    asked.connection.says(attached())
    began_s = trio.current_time()

    await asked.ask("a")

    assert asked.answers == ["tmux does not answer: it seems to hang"]
    assert trio.current_time() - began_s == PATIENCE_S


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ([Exit("too far behind")], "too far behind"),
        ([Exit(None)], "detached"),
        ([SessionChanged("$1", "a"), SessionChanged("$2", "b")], "its session ended"),
    ],
)
async def test_a_client_that_ends_says_why_to_whoever_waits(asked, nursery, events, why):
    asked.connection.says(attached())
    nursery.start_soon(asked.ask, "a")
    await wait_all_tasks_blocked()

    asked.connection.says(*events)

    await wait_all_tasks_blocked()
    assert asked.client.over == why
    assert asked.answers == [f"tmux does not answer: {why}"]
    assert asked.connection.hung_up


async def test_an_attach_that_is_refused_ends_it(asked):
    asked.connection.says(refused("can't find session: $1", asked=False))

    await wait_all_tasks_blocked()
    assert asked.client.over == "can't find session: $1"


async def test_news_about_windows_are_handed_on(asked):
    asked.connection.says(attached(), SessionsChanged())

    assert asked.news == ["news"]
