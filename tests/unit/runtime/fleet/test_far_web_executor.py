"""What a page asks of agents elsewhere."""

import pytest
import trio

from oma.errors import BlockedError, OmaError
from oma.model import intents
from oma.runtime.fleet import far_executor, far_web_executor
from oma.runtime.fleet.far_command import FarAnswer
from oma.runtime.fleet.far_executor import FarExecutor
from oma.runtime.fleet.far_web_executor import FarWebExecutor
from oma.store.fleets import Fleets

ANSWER = intents.AnswerDialog("%5@box", "1", "ab12")


@pytest.fixture
def executor(monkeypatch):
    """One whose hosts answer as a test says."""

    async def run_far(host, oma, arguments, text=""):
        await trio.lowlevel.checkpoint()
        asked.append((host, arguments))
        return answers.get(arguments[0], FarAnswer(b"done\n"))

    monkeypatch.setattr(far_executor, "run_far", run_far)
    asked, answers = [], {}
    made = FarWebExecutor(FarExecutor(Fleets(lambda: 0.0, ["box"]), "oma"), ("xterm", "-e"))
    return made, asked, answers


async def test_an_act_is_done_on_the_agent_s_host(executor):
    made, asked, _ = executor

    assert await made.carry_out(ANSWER, "ann") == "box: done"
    assert asked == [("box", ["answer", "%5", "--to", "ab12", "--", "1"])]
    assert await made.refusal(intents.NewAgent("box/fix", "", "")) is None


async def test_what_fails_is_an_error_and_what_is_held_back_is_another(executor):
    made, _, answers = executor
    answers["answer"] = FarAnswer(words="it asks something else by now")
    answers["send"] = FarAnswer(words="login waits (--anyway sends all the same)")

    with pytest.raises(OmaError, match=r"^box: it asks something else"):
        await made.carry_out(ANSWER, "ann")
    with pytest.raises(BlockedError, match=r"^login waits$"):
        await made.carry_out(intents.SendText("%5@box", "x"), "ann")
    with pytest.raises(OmaError, match="not for agents of other machines"):
        await made.carry_out(intents.Resync(), "ann")


async def test_a_terminal_program_opens_on_ssh(executor, monkeypatch):
    made, _, _ = executor
    opened = []

    async def open_terminal_program(terminal, argv):
        await trio.lowlevel.checkpoint()
        opened.append((terminal, argv))
        return "xterm"

    monkeypatch.setattr(far_web_executor, "open_terminal_program", open_terminal_program)

    assert await made.open_terminal("%5@box", "ann") == "opened xterm on box"
    [(terminal, argv)] = opened
    assert terminal == ("xterm", "-e")
    assert (argv[:2], argv[-2:]) == (["ssh", "-t"], ["box", "exec oma attach %5"])
