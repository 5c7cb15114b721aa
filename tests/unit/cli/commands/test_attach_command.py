import sys

import pytest

from oma.cli.commands import attach_command
from oma.cli.commands.attach_command import run
from oma.cli.option_values import AgentOptions
from oma.errors import OmaError
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("attach", "bob") == AgentOptions(agent="bob")


def test_without_a_terminal_there_is_nothing_to_hand_over():
    with pytest.raises(OmaError, match="attach needs a terminal"):
        run(AgentOptions(agent="bob"))


@pytest.mark.parametrize("inside", [True, False])
def test_inside_tmux_the_client_is_switched_and_elsewhere_the_terminal_is_handed_over(
    monkeypatch, inside
):
    shown = []

    async def jump(server, agent):
        shown.append(("switched", agent.session))

    async def select_agent(server, agent):
        shown.append(("selected", agent.session))

    async def hand_over(server, session, environ, flags):
        shown.append(("handed over", session))
        return 3

    acting(monkeypatch, attach_command)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    for name, value in {
        "settle_terminal_type": lambda: None,
        "runs_inside": lambda socket, environ: inside,
        "jump": jump,
        "select_agent": select_agent,
        "hand_over": hand_over,
    }.items():
        monkeypatch.setattr(attach_command, name, value)

    assert run(AgentOptions(agent="bob")) == (0 if inside else 3)
    outside = [("selected", "$1"), ("handed over", "$1")]
    assert shown == ([("switched", "$1")] if inside else outside)
