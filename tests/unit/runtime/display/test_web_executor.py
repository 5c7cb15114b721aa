from pathlib import Path

import attrs
import pytest

from oma.errors import OmaError
from oma.model.intents import Resync
from oma.runtime.display.web_executor import WebExecutor


@attrs.define
class Controller:
    """What `AgentController` is, as far as this knows."""

    noted: list = attrs.Factory(list)
    by: str = ""
    pane: str = "%1"
    session: str = "$1"
    name: str = "oma-a"

    def agent(self, session):
        return self

    def note(self, *words):
        self.noted.append((*words, self.by))

    async def carry_out(self, act):
        self.noted.append((act, self.by))
        return "done"

    async def refusal(self, new):
        return "refused"


@pytest.fixture
def controller(tmux):
    tmux.says("list-sessions", "$1 0\n")
    return Controller()


def executor(controller, *terminal):
    return WebExecutor(controller, Path("/s"), "", terminal)


async def test_what_is_asked_is_done_by_the_controller(controller):
    assert await executor(controller).carry_out(Resync(), "ann") == "done"
    assert await executor(controller).refusal(None) == "refused"
    assert controller.noted == [(Resync(), "ann")]


async def test_a_terminal_program_gets_the_view_of_the_agent(controller, tmp_path):
    script = f'echo "$@" > {tmp_path}/words'

    told = await executor(controller, "sh", "-c", script, "x").open_terminal("$1", "ann")

    assert told == "opened sh on oma-a"
    assert controller.noted == [("attach-terminal", "%1", "", "ann")]
    assert (tmp_path / "words").read_text().split()[-1] == "$1"


async def test_an_agent_that_is_gone_is_not_opened(controller, tmux):
    tmux.says("list-sessions")

    with pytest.raises(OmaError, match="this agent is gone"):
        await executor(controller, "sh").open_terminal("$1", "")
