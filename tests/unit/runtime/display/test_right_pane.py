from pathlib import Path

import attrs
import pytest

from oma.config.schema import AttachSection
from oma.errors import CommandError
from oma.runtime.display.right_pane import RightPaneView
from oma.runtime.display.session_view import OurPane
from oma.tmux.address import ServerAddress
from oma.tmux.pane_mark import Mark, PaneRole, parse_mark
from tests.support.scripted_channel import window_row

US = "%0"
MARK = Mark(US, role=PaneRole.RIGHT).word()
PANE = window_row("%7", program=f"view {MARK}", terminal="/dev/pts/7")


@attrs.define
class Scene:
    """A dashboard and its right pane, as a scripted tmux tells of them."""

    tmux: object
    view: RightPaneView = attrs.Factory(
        lambda: RightPaneView(
            OurPane(ServerAddress(socket_path="/s"), US),
            Path("/s"),
            AttachSection(right_pane_width="50"),
        )
    )

    def is_so(self, *panes, views=""):
        self.tmux.says("list-panes", "".join(panes))
        self.tmux.says("list-clients", views)
        self.tmux.says("list-sessions", "$1 0\n")
        self.tmux.says("if-shell", "%9\n")

    @property
    def did(self):
        asked = self.tmux.asked
        return [words for words in asked if not words[0].startswith("list-")]


@pytest.fixture
def scene(tmux):
    return Scene(tmux)


async def test_the_first_agent_gets_a_new_pane_that_carries_our_mark(scene):
    scene.is_so(window_row(US))

    await scene.view.show("$1", "$1", "a\x1b")

    ((*_, change, _),) = scene.did
    assert change.startswith('split-window -d -h -l 50 -t "%0"')
    assert parse_mark(change) == Mark(US, role=PaneRole.RIGHT)
    assert "\x1b" not in change
    assert scene.view.occupant == "$1"


async def test_a_name_that_looks_like_a_mark_forges_none(scene):
    scene.is_so(window_row(US))

    await scene.view.show("$1", "$1", "oma-tile:5:1:80x24_0_0_1")

    assert parse_mark(scene.did[0][-2]) == Mark(US, role=PaneRole.RIGHT)


async def test_a_pane_without_a_client_gives_its_place_to_a_new_one(scene):
    scene.is_so(window_row(US), PANE)

    await scene.view.show("$1", "$1", "a")

    ((*_, change, _),) = scene.did
    assert change.startswith('split-window -d -v -t "%7"')
    assert change.endswith('kill-pane -t "%7"')


async def test_what_is_shown_already_is_left_alone(scene):
    scene.is_so(window_row(US), PANE, views="0 $1 /dev/pts/7\n")

    await scene.view.show("$1", "$1", "a")

    assert scene.did == []
    assert scene.view.occupant == "$1"


async def test_a_zoom_that_hides_it_ends(scene):
    zoomed = {"zoomed": "1"}
    scene.is_so(
        window_row(US, **zoomed),
        window_row("%7", program=MARK, terminal="/dev/pts/7", **zoomed),
        views="0 $1 /dev/pts/7\n",
    )

    await scene.view.show("$1", "$1", "a")

    assert scene.did == [["resize-pane", "-Z", "-t", US]]


async def test_a_refusal_is_a_reason_to_ask_anew_once(scene):
    scene.is_so(window_row(US))
    scene.tmux.says("if-shell", status=1, complaint="no space for new pane")

    with pytest.raises(CommandError, match="tmux refused: no space for new pane"):
        await scene.view.reserve()

    assert [words[0] for words in scene.tmux.asked] == 2 * ["list-panes", "if-shell"]
    assert scene.view.occupant is None


async def test_a_look_tells_what_the_user_made_of_it(scene):
    scene.is_so(window_row(US), PANE, views="0 $2 /dev/pts/7\n")
    assert await scene.view.look() == "$2"

    scene.is_so(window_row(US))
    assert await scene.view.look() is None


async def test_where_tmux_shows_another_session_instead_that_client_goes(scene):
    scene.is_so(window_row(US), PANE, views="0 $1 /dev/pts/7\n")
    await scene.view.show("$1", "$1", "a")
    scene.is_so(window_row(US), PANE, views="0 $2 /dev/pts/7\n")

    await scene.view.ended("$1")

    assert scene.did == [["detach-client", "-t", "/dev/pts/7"]]
    assert scene.view.occupant is None


async def test_an_agent_in_a_session_of_the_users_is_shown_by_a_view_of_its_pane(scene):
    scene.is_so(window_row(US))

    await scene.view.show("%5", "$1", "a")

    ((*_, change, _),) = scene.did
    assert parse_mark(change) == Mark(US, "%5", role=PaneRole.RIGHT)
    assert "pane-view" in change
    assert scene.view.occupant == "%5"


@pytest.mark.parametrize(
    ("facts", "shown"), [({}, "%5"), ({"ended": "1"}, None), ({"dead": "1"}, None)]
)
async def test_a_view_of_a_pane_shows_it_until_it_says_that_it_has_ended(scene, facts, shown):
    mark = Mark(US, "%5", role=PaneRole.RIGHT).word()
    scene.is_so(window_row(US), window_row("%7", program=f"pane-view {mark}", **facts))

    assert await scene.view.look() == shown


@pytest.mark.parametrize(
    ("pane", "views", "closed"),
    [
        (PANE, "0 $1 /dev/pts/7\n", True),
        (PANE, "", True),
        (window_row("%7", window="@1", program=MARK, terminal="/dev/pts/7"), "", True),
        (
            window_row("%7", window="@1", program=MARK, terminal="/dev/pts/7"),
            "0 $1 /dev/pts/7\n",
            False,
        ),
    ],
)
async def test_at_the_end_it_closes_unless_the_user_moved_it(scene, pane, views, closed):
    scene.is_so(window_row(US), pane, views=views)

    await scene.view.close()

    assert scene.did == ([["kill-pane", "-t", "%7"]] if closed else [])


async def test_a_dashboard_whose_own_pane_is_gone_has_none(scene):
    scene.is_so(PANE)

    with pytest.raises(CommandError, match="there is no pane %0"):
        await scene.view.look()


async def test_an_agent_is_not_shown_inside_its_own_session(scene):
    scene.is_so(window_row(US), window_row("%7", session="$1", window="@3", program=MARK))

    with pytest.raises(CommandError, match="the one that the dashboard runs in"):
        await scene.view.show("$1", "$1", "a")

    assert scene.did == []
