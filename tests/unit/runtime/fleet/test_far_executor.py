"""What a dashboard asks of agents elsewhere."""

from contextlib import asynccontextmanager

import pytest
import trio

from oma.errors import BlockedError
from oma.model import intents
from oma.model.ids import AgentId
from oma.runtime.fleet import far_executor
from oma.runtime.fleet.far_command import FarAnswer
from oma.runtime.fleet.far_executor import NOT_THERE, FarExecutor, far_arguments
from oma.store.fleets import Fleets

AGENT = AgentId("%5@ann@box")


@pytest.mark.parametrize(
    ("act", "arguments", "text"),
    [
        (intents.StopAgent(AGENT), ["stop", "%5"], ""),
        (intents.StopAgent(AGENT, 2.5), ["stop", "%5", "--timeout", "2.5"], ""),
        (intents.KillAgent(AGENT), ["kill", "%5"], ""),
        (intents.RestartAgent(AGENT), ["restart", "%5"], ""),
        (intents.RestartAgent(AGENT, fresh=True), ["restart", "%5", "--fresh"], ""),
        (intents.RenameAgent(AGENT, "-x y"), ["rename", "%5", "--", "-x y"], ""),
        (intents.SendText(AGENT, "--no\n'x'"), ["send", "%5", "-"], "--no\n'x'"),
        (
            intents.SendText(AGENT, "x", enter=False, anyway=True),
            ["send", "%5", "-", "--no-enter", "--anyway"],
            "x",
        ),
        (intents.QueueText(AGENT, "x\ny"), ["queue", "%5", "-"], "x\ny"),
        (
            intents.AnswerDialog(AGENT, "-1", "ab12"),
            ["answer", "%5", "--to", "ab12", "--", "-1"],
            "",
        ),
    ],
)
def test_an_act_is_a_command_of_the_far_oma(act, arguments, text):
    assert far_arguments(act, "%5") == (arguments, text)


@pytest.fixture
def asked(monkeypatch):
    """What was run, and what is answered."""
    asked, answers = [], {}

    async def run_far(host, oma, arguments, text=""):
        await trio.lowlevel.checkpoint()
        asked.append((host, oma, list(arguments), text))
        return answers.get(arguments[0], FarAnswer())

    monkeypatch.setattr(far_executor, "run_far", run_far)
    return asked, answers


def executor():
    return FarExecutor(Fleets(lambda: 0.0, ["ann@box", "gpu1"]), "oma")


async def test_it_is_run_on_the_agent_s_host_and_its_last_line_is_told(asked):
    ran, answers = asked
    answers["send"] = FarAnswer(b"x\nsent to login: its screen shows the text\n")

    words = await executor().carry_out(intents.SendText(AGENT, "go"), None)

    assert ran == [("ann@box", "oma", ["send", "%5", "-"], "go")]
    assert words == "ann@box: sent to login: its screen shows the text"


async def test_a_text_that_is_held_back_may_be_sent_all_the_same(asked):
    _, answers = asked
    answers["send"] = FarAnswer(words="login waits (--anyway sends all the same)")

    with pytest.raises(BlockedError, match=r"^login waits$"):
        await executor().carry_out(intents.SendText(AGENT, "go"), None)


async def test_a_refusal_is_one_printable_line(asked):
    _, answers = asked
    answers["stop"] = FarAnswer(words="it \x1b[31mlives")

    assert await executor().carry_out(intents.StopAgent(AGENT), None) == "ann@box: it ␛[31mlives"


async def test_several_are_asked_one_after_the_other_and_each_answer_is_told(asked):
    ran, answers = asked
    answers["send"] = FarAnswer(words="login waits (--anyway sends all the same)")
    acts = intents.Together((intents.SendText(AGENT, "go"), intents.StopAgent(AGENT)))
    answers["stop"] = FarAnswer(words="it lives")

    told = await executor().carry_out(acts, None)

    assert [arguments[0] for _, _, arguments, _ in ran] == ["send", "stop"]
    assert told.splitlines() == ["asked 2 agents:", "login waits", "ann@box: it lives"]


async def test_a_new_agent_says_where_it_is_to_run(asked):
    ran, _ = asked

    words = "HOST/NAME, as one of ann@box, gpu1"
    for name in ("fix", "nowhere/fix", "gpu1/"):
        assert await executor().refusal(intents.NewAgent(name, "", "")) == intents.Refusal(
            "name", words
        )
    new = intents.NewAgent("gpu1/fix", "claude --model 'a b'", "/srv")
    assert await executor().refusal(new) is None
    await executor().carry_out(new, None)
    arguments = ["new", "--cwd", "/srv", "fix", "--", "claude", "--model", "a b"]
    assert ran == [("gpu1", "oma", arguments, "")]
    await executor().carry_out(intents.NewAgent("gpu1/fix", "echo 'x", ""), None)
    assert ran[-1][2] == ["new", "fix", "--", "sh", "-c", "echo 'x"]


async def test_nothing_is_shown_beside_agents_that_are_elsewhere(asked):
    for intent in (
        intents.ToggleTiling(""),
        intents.CycleTiling(),
        intents.LetType(AGENT),
        intents.RestoreAgents(("a",)),
    ):
        assert await executor().carry_out(intent, None) == NOT_THERE
    assert await executor().directories("/") == ()
    assert executor().resized() is executor().occupant is None


async def test_attaching_lends_the_terminal(monkeypatch):
    lent, ran = [], []

    @asynccontextmanager
    async def suspend():
        lent.append("taken")
        yield
        lent.append("back")

    class Done:
        returncode = 1

    async def run_process(argv, **options):
        await trio.lowlevel.checkpoint()
        ran.append((argv, options, list(lent)))
        return Done

    monkeypatch.setattr(trio, "run_process", run_process)
    words = await executor().carry_out(intents.AttachAgent(AGENT), suspend)

    ((argv, options, before),) = ran
    assert argv[-3:] == ["--", "ann@box", "exec oma attach %5"]
    assert (options["stdin"], before, lent) == (None, ["taken"], ["taken", "back"])
    assert words == "ann@box: attach ended with 1"
