import pytest

from oma.errors import CommandError
from oma.model.layout import Axis
from oma.placement.plan import Spawn, Step
from oma.runtime.client.tmux_client import Answer
from oma.runtime.display.owned_panes import (
    Done,
    NotDone,
    Program,
    change_window,
    list_window_panes,
)
from oma.tmux.commands.panes import KillPane, SplitWindow
from tests.support.scripted_channel import ScriptedChannel, window_row


async def the_pane(channel):
    (row,) = await list_window_panes(channel)
    return row


async def changed(answer, step, program=None):
    channel = ScriptedChannel({"list-panes": window_row(), "if-shell": answer})
    row = await the_pane(channel)
    done = await change_window(channel, row, step, program)
    return done, channel.asked[-1].then.commands


async def test_every_pane_of_the_server_is_listed():
    channel = ScriptedChannel({"list-panes": window_row("%0") + window_row("%7")})

    assert [row.pane for row in await list_window_panes(channel)] == ["%0", "%7"]


@pytest.mark.parametrize("answer", [Answer(1, "", "no server running"), "no such row\n"])
async def test_an_answer_that_is_no_list_is_an_error(answer):
    with pytest.raises(CommandError):
        await list_window_panes(ScriptedChannel({"list-panes": answer}))


async def test_a_step_is_one_change_that_tells_which_pane_it_made():
    step = Step(("%7",), Spawn("$1", "%0", Axis.COLUMNS, "50"))

    done, commands = await changed("%9\n", step, Program(("view", "x"), "/"))

    assert done == Done("%9")
    assert commands == (
        KillPane("%7"),
        SplitWindow("%0", ("view", "x"), Axis.COLUMNS, "50", "/"),
    )


async def test_a_change_that_makes_no_pane_tells_of_none():
    assert await changed("", Step(("%7",), None)) == (Done(None), (KillPane("%7"),))


async def test_a_window_that_was_not_as_seen_is_told_apart_from_a_refusal():
    step = Step(("%7",), None)

    assert (await changed("changed\n", step))[0] == NotDone(None)
    assert (await changed(Answer(1, "", "can't find pane"), step))[0] == NotDone("can't find pane")
