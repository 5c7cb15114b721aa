import attrs
import pytest

from oma.errors import BlockedError, CommandError
from oma.model.intents import (
    AttachAgent,
    CycleTiling,
    KillAgent,
    LetType,
    RestoreAgents,
    SendText,
    ShowAgent,
    Together,
    ToggleTiling,
)
from oma.runtime.display.intent_executor import IntentExecutor

SESSION = "$1"


@attrs.define
class Everything:
    """The controller, the display and the tiling of a dashboard: it notes what is asked of it."""

    done: list = attrs.Factory(list)
    failure: Exception | None = None
    pane: str = "%1"
    occupant: str = "$7"

    def agent(self, session):
        if self.failure is not None:
            raise self.failure
        return self

    def note(self, command, pane, text):
        self.done.append((command, pane, text))

    async def carry_out(self, act):
        if self.failure is not None:
            raise self.failure
        self.done.append(act)
        return "acted"

    async def revive(self, agent):
        return "revived"

    async def show(self, agent, suspend):
        return "shown"

    async def open(self, agent, suspend):
        return ""

    async def toggle(self, filter_text):
        return f"tiled {filter_text}"

    async def cycle(self):
        return "cycled"

    async def let_type(self, agent):
        return "takes keys"

    def look(self):
        self.done.append("looked")

    async def refusal(self, new):
        return None


@pytest.fixture
def all_of_it():
    return Everything()


def executor(everything):
    return IntentExecutor(everything, everything, everything)


@pytest.mark.parametrize(
    ("intent", "told", "noted"),
    [
        (ShowAgent(SESSION), "shown", ("show", "%1", "")),
        (AttachAgent(SESSION), "revived", ("attach", "%1", "")),
        (ToggleTiling("x"), "tiled x", ("tile", None, "x")),
        (CycleTiling(), "cycled", ("layout", None, "")),
        (LetType(SESSION), "takes keys", ("type", "%1", "")),
        (KillAgent(SESSION), "acted", KillAgent(SESSION)),
    ],
)
async def test_what_is_asked_for_is_noted_and_done(all_of_it, intent, told, noted):
    assert await executor(all_of_it).carry_out(intent, None) == told
    assert all_of_it.done == [noted]


async def test_agents_that_are_gone_are_started_again_by_name(all_of_it):
    async def restore(sessions):
        return f"started {len(sessions)}"

    able = attrs.evolve(executor(all_of_it), restore=restore)
    assert await able.carry_out(RestoreAgents(("a", "b")), None) == "started 2"
    assert all_of_it.done == [("restore", None, "a b")]
    assert await executor(all_of_it).carry_out(RestoreAgents(("a",)), None) == ""


async def test_a_refusal_is_a_line_for_the_user(all_of_it):
    all_of_it.failure = CommandError("this agent is gone")

    for intent in (ShowAgent(SESSION), KillAgent(SESSION)):
        assert await executor(all_of_it).carry_out(intent, None) == "this agent is gone"


async def test_of_several_acts_each_is_done_for_itself_and_who_refuses_is_named(all_of_it):
    class Some(Everything):
        async def carry_out(self, act):
            if act.agent != "$2":
                raise BlockedError(f"{act.agent} waits for an answer")
            return await super().carry_out(act)

    some = Some()
    acts = Together(tuple(SendText(each, "go") for each in ("$1", "$2", "$3")))

    told = await executor(some).carry_out(acts, None)

    assert some.done == [SendText("$2", "go")]
    refused = ["$1 waits for an answer", "$3 waits for an answer"]
    assert told.splitlines() == ["done for 1 of 3 agents; not for:", *refused]
    assert await executor(all_of_it).carry_out(acts, None) == "done for 3 agents"


async def test_a_text_that_may_be_sent_anyway_is_asked_about(all_of_it):
    all_of_it.failure = BlockedError("it waits")

    with pytest.raises(BlockedError):
        await executor(all_of_it).carry_out(SendText(SESSION, "x"), None)


async def test_directories_are_looked_up_beside_the_loop(all_of_it, tmp_path, monkeypatch):
    (tmp_path / "one").mkdir()
    monkeypatch.chdir(tmp_path)

    assert await executor(all_of_it).directories("o") == ("one/",)


async def test_another_size_is_a_reason_to_look_at_the_right_pane(all_of_it):
    executor(all_of_it).resized()

    assert all_of_it.done == ["looked"]
    assert executor(all_of_it).occupant == "$7"
    assert await executor(all_of_it).refusal(None) is None
