from pathlib import Path

import pytest

from oma.model.layout import Axis, Leaf, Split
from oma.placement.facts import Tile
from oma.placement.plan import Spawn, Step
from oma.runtime.display.owned_panes import Done
from oma.runtime.display.tiled_window import TiledWindow, UserProgram
from oma.tmux.commands.panes import KillPane, SelectPane
from oma.tmux.layout_strings import parse_tree, render_tree
from oma.tmux.pane_mark import Mark, PaneRole, parse_mark
from tests.support.scripted_channel import ScriptedChannel, window_row

TREE = Leaf("%0", 200, 50)


def tile(pane="%7", session="$4", **more):
    return window_row(pane, program=f"sh view {Mark('%0', session, TREE).word()}", **more)


def window(*rows, **answers):
    return TiledWindow(
        "%0", Path("/s"), "", ScriptedChannel({"list-panes": "".join(rows), **answers})
    )


@pytest.fixture
def layout():
    return render_tree(Split(Axis.COLUMNS, (Leaf("%0", 120, 50), Leaf("%7", 79, 50)), 200, 50))


async def test_a_tile_is_a_pane_with_our_mark_in_our_window(layout):
    look = await window(
        window_row("%0", layout=layout),
        tile(layout=layout, dead="1"),
        window_row("%8", window="@1"),
    ).look()

    assert look.facts.tiles == (Tile("%7", "$4", dead=True),)
    assert look.facts.tree == parse_tree(layout)
    assert look.facts.before == TREE
    assert look.elsewhere == ()


async def test_a_tile_that_was_moved_is_elsewhere(layout):
    look = await window(window_row("%0"), tile(window="@1")).look()

    assert (look.facts.tiles, look.elsewhere) == ((), (Tile("%7", "$4"),))


async def test_the_right_pane_and_the_tiles_of_others_are_none_of_ours(layout):
    look = await window(
        window_row("%0", layout=layout),
        window_row("%7", layout=layout, program=Mark("%0", role=PaneRole.RIGHT).word()),
        window_row("%9", program=Mark("%8", "$4", TREE).word()),
    ).look()

    assert (look.facts.tiles, look.elsewhere) == ((), ())


async def test_without_the_main_pane_there_is_nothing_to_look_at():
    assert await window(tile()).look() is None


async def test_orphans_are_closed_but_programs_of_the_user_stay():
    around = window(tile("%7"), tile("%8", session=None), window_row("%9"))

    assert await around.close_orphans() == (Tile("%7", "$4"),)
    assert around.channel.asked[1:] == [KillPane("%7")]


async def test_a_new_tile_shows_its_agent_and_is_marked():
    around = window(window_row("%0"), **{"if-shell": "%7\n"})
    look = await around.look()

    done = await around.carry_out(look, Step((), Spawn("$4", "%0", Axis.COLUMNS)))

    assert done == Done("%7")
    (split,) = around.channel.asked[-1].then.commands
    assert split.program[2] == "look"
    assert parse_mark(" ".join(split.program)) == Mark("%0", "$4", look.facts.tree)


async def test_a_program_of_the_user_runs_as_it_is_under_its_title():
    around = window(window_row("%0"), **{"if-shell": "%7\n"})
    look = await around.look()
    program = UserProgram(("top -d 1",), "my\x1b title", "/var")

    await around.carry_out(look, Step((), Spawn(None, "%0", Axis.COLUMNS)), program)

    (split,) = around.channel.asked[-1].then.commands
    assert split.program[-3:] == ("/bin/sh", "-c", "top -d 1")
    assert "\x1b" not in split.program[-4]
    assert split.cwd == "/var"
    assert parse_mark(" ".join(split.program)).agent is None


async def test_a_pane_is_given_the_keyboard():
    around = window(window_row("%0"))

    await around.select("%7")

    assert around.channel.asked == [SelectPane("%7")]
