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

    async def switch(server, session, environ):
        shown.append(("switched", session))

    async def hand_over(server, session, environ, flags):
        shown.append(("handed over", session))
        return 3

    acting(monkeypatch, attach_command)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    for name, value in {
        "settle_terminal_type": lambda: None,
        "runs_inside": lambda socket, environ: inside,
        "switch_to": switch,
        "hand_over": hand_over,
    }.items():
        monkeypatch.setattr(attach_command, name, value)

    assert run(AgentOptions(agent="bob")) == (0 if inside else 3)
    assert shown == [("switched" if inside else "handed over", "$1")]
