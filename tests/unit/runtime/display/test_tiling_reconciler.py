"""A round of tiling on a window that is divided as tmux does, and that may refuse."""

from pathlib import Path

import attrs
import pytest

from oma.model.events import AgentFound, PaneSeen, PlacementDecided, SessionClosed, SessionOpened
from oma.model.ids import PaneId, SessionId
from oma.model.layout import Leaf
from oma.placement.facts import Facts, Tile
from oma.placement.policy import Policy
from oma.placement.waiting import CLOSED_BY_HAND, MOVED_BY_HAND
from oma.runtime.display.owned_panes import Done, NotDone
from oma.runtime.display.tiled_window import Look
from oma.runtime.display.tiling_reconciler import (
    ENDED_AT_ONCE,
    MAIN_GONE,
    NOT_ARRANGED,
    TilingReconciler,
)
from oma.store.store import Store
from oma.tmux.queries.window_panes import WindowPane
from tests.support.fleet_play import empty, seen
from tests.support.tmux_layout import Window

MAIN = "%0"


@attrs.define
class FakeWindow:
    """What `TiledWindow` is, without tmux."""

    window: Window = attrs.Factory(lambda: Window(Leaf(MAIN, 300, 60)))
    sessions: set = attrs.Factory(set)
    tiles: dict = attrs.Factory(dict)
    elsewhere: dict = attrs.Factory(dict)
    refusals: list = attrs.Factory(list)
    """What the next changes are answered with instead of being done."""
    made: int = 100
    is_gone: bool = False
    ignores_trees: bool = False

    async def look(self):
        if self.is_gone:
            return None
        tiles = tuple(self.tiles.values())
        facts = Facts("@0", self.window.tree, MAIN, tiles)
        size = f"{self.window.root.columns}x{self.window.root.rows}"
        row = WindowPane("$0", "@0", "", size, False, "off", MAIN, True, False, None)
        return Look(facts, tuple(self.elsewhere.values()), frozenset(self.sessions), row)

    async def carry_out(self, look, step):
        if self.refusals:
            return NotDone(self.refusals.pop(0))
        new = None
        if step.spawn is not None:
            self.made += 1
            new = f"%{self.made}"
        done = attrs.evolve(step, tree=None) if self.ignores_trees else step
        self.window.apply(done, new)
        for pane in step.close:
            del self.tiles[pane]
        if new is not None:
            self.tiles[new] = Tile(new, step.spawn.agent)
        return Done(new)

    async def close_orphans(self):
        orphans = tuple(self.tiles.values())
        self.tiles.clear()
        return orphans

    def lose(self, session):
        pane = next(tile.pane for tile in self.tiles.values() if tile.agent == session)
        self.window.close(pane)
        return self.tiles.pop(pane)


@attrs.define
class Scene:
    """A window, a log, and the round between them."""

    window: FakeWindow = attrs.Factory(FakeWindow)
    now_s: float = 0.0
    policy: Policy = attrs.Factory(Policy)
    store: Store = attrs.field(init=False)
    round: TilingReconciler = attrs.field(init=False)
    _told: int = 0

    def __attrs_post_init__(self):
        self.store = Store(empty().fleet, lambda: self.now_s)
        self.round = TilingReconciler(
            socket=Path("/nowhere"),
            same_server=True,
            flags="",
            store=self.store,
            policy=self.policy,
            linger_s=0.0,
            exclusion_reason=lambda agent: "hidden" if "hidden" in agent.name else None,
        )
        self.tail = self.store.tail()

    tail: object = None

    def start(self, number, name="agent"):
        session, pane = f"${number}", f"%{number}"
        self.window.sessions.add(session)
        self.store.append(SessionOpened(session, f"{name}-{number}"))
        self.store.append(seen(pane=pane, session=session, window=f"@{number}", idle_s=0.0))
        return session

    def end(self, session):
        self.window.sessions.discard(session)
        self.store.append(SessionClosed(session))

    async def run(self):
        return await self.round.run(self.window)

    async def said(self):
        """What was decided since the last time: action, session, reason."""
        self.store.append(PaneSeen("%99", "$99", "@9", 1, "", "", "", 1, 1))
        events = [step.record.event for step in await self.tail.receive()]
        return [
            (e.action, e.agent or e.session, e.reason)
            for e in events
            if isinstance(e, PlacementDecided)
        ]

    @property
    def shown(self):
        return {tile.agent for tile in self.window.tiles.values()}


@pytest.fixture
def render_input():
    return Scene()


async def test_a_round_goes_on_until_every_agent_has_its_pane(render_input):
    render_input.start(1), render_input.start(2)

    assert await render_input.run()

    assert render_input.shown == {"$1", "$2"}
    assert await render_input.said() == [
        ("spawn", "$1", "there is room for 5"),
        ("spawn", "$2", "there is room for 5"),
    ]


@pytest.mark.parametrize("refusal", ["no space for new pane", "can't find pane: %7"])
async def test_a_refusal_ends_the_round_is_told_once_and_is_tried_again_later(
    render_input, refusal
):
    render_input.start(1), render_input.start(2)
    render_input.window.refusals = [refusal, refusal]

    await render_input.run()
    await render_input.run()
    assert render_input.shown == set()
    await render_input.run()

    assert render_input.shown == {"$1", "$2"}
    assert [action for action, *_ in await render_input.said()] == ["refused", "spawn", "spawn"]


async def test_a_window_that_changed_meanwhile_is_looked_at_anew(render_input):
    render_input.start(1)
    render_input.window.refusals = [None, None, None]

    await render_input.run()

    assert render_input.shown == {"$1"}
    assert [action for action, *_ in await render_input.said()] == ["spawn"]


async def test_a_window_that_is_not_divided_as_asked_ends_the_round(render_input):
    render_input.start(1), render_input.start(2)
    render_input.window.ignores_trees = True

    await render_input.run()

    assert len(render_input.shown) == 1
    assert ("refused", None, NOT_ARRANGED) in await render_input.said()


async def test_a_pane_closed_by_hand_stays_closed_until_another_policy_is_obeyed(render_input):
    render_input.start(1), render_input.start(2)
    await render_input.run()
    render_input.now_s = 5.0
    await render_input.said()
    render_input.window.lose("$1")

    await render_input.run()
    await render_input.run()
    assert render_input.shown == {"$2"}
    assert await render_input.said() == [("skip", "$1", CLOSED_BY_HAND)]
    render_input.round.set_policy(attrs.evolve(render_input.policy, main_percent=50))
    await render_input.run()

    assert render_input.shown == {"$1", "$2"}


async def test_a_pane_that_vanishes_at_once_was_not_closed_by_the_user(render_input):
    render_input.start(1)
    await render_input.run()
    render_input.window.lose("$1")

    await render_input.run()

    assert ("skip", "$1", ENDED_AT_ONCE) in await render_input.said()


async def test_a_pane_that_was_moved_away_is_not_made_again(render_input):
    render_input.start(1)
    await render_input.run()
    render_input.now_s = 5.0
    render_input.window.elsewhere["%101"] = render_input.window.lose("$1")

    await render_input.run()

    assert render_input.shown == set()
    assert ("skip", "$1", MOVED_BY_HAND) in await render_input.said()


@pytest.mark.parametrize("pane_first", [True, False])
async def test_an_agent_that_is_gone_leaves_no_pane_whatever_is_told_first(
    render_input, pane_first
):
    render_input.start(1), render_input.start(2)
    await render_input.run()
    render_input.now_s = 5.0
    render_input.window.sessions.discard("$1")
    if pane_first:
        render_input.window.lose("$1")
        await render_input.run()
        render_input.end("$1")
    else:
        render_input.end("$1")
    await render_input.run()

    assert render_input.shown == {"$2"}
    assert ("close", "$1", "its agent has ended") in await render_input.said()
    render_input.start(1)
    await render_input.run()
    assert render_input.shown == {"$1", "$2"}


async def test_an_agent_that_is_not_asked_for_is_not_shown_nor_spoken_of(render_input):
    render_input.start(1, name="hidden")

    await render_input.run()

    assert (render_input.shown, await render_input.said()) == (set(), [])


async def test_an_agent_in_a_session_of_the_users_is_shown_by_its_pane(render_input):
    store, pane, session = render_input.store, PaneId("%9"), SessionId("$9")
    render_input.window.sessions |= {session, pane}
    store.append(SessionOpened(session, "work", is_agent=False))
    store.append(AgentFound(pane, "claude", "process", "claude"))
    store.append(seen(pane=pane, session=session, command="claude", idle_s=0.0))

    await render_input.run()

    assert render_input.shown == {pane}
    assert [said[:2] for said in await render_input.said()] == [("spawn", pane)]


async def test_no_agent_in_a_session_that_would_end_is_shown(render_input):
    store, pane, session = render_input.store, PaneId("%9"), SessionId("$9")
    render_input.window.sessions |= {session, pane}
    store.append(SessionOpened(session, "work", "it would end", is_agent=False))
    store.append(AgentFound(pane, "claude", "process", "claude"))
    store.append(seen(pane=pane, session=session, command="claude", idle_s=0.0))
    render_input.round.refuse(session, "it would end")

    await render_input.run()

    assert render_input.shown == set()
    assert await render_input.said() == [("skip", pane, "it would end")]


async def test_an_agent_that_would_end_with_its_pane_gets_none(render_input):
    session = render_input.start(1)
    render_input.round.refuse(session, "destroy-unattached is set")

    await render_input.run()

    assert await render_input.said() == [("skip", "$1", "destroy-unattached is set")]


async def test_waiting_has_an_end(render_input):
    render_input.round.set_policy(attrs.evolve(render_input.policy, most_panes=1, defer_s=60.0))
    render_input.start(1), render_input.start(2)
    await render_input.run()
    assert render_input.round.patience_s() == 60.0
    render_input.now_s = 60.0

    await render_input.run()

    assert [(action, session) for action, session, _ in await render_input.said()] == [
        ("defer", "$2"),
        ("spawn", "$1"),
        ("drop", "$2"),
    ]
    assert render_input.round.patience_s() == float("inf")


async def test_when_the_main_pane_is_gone_the_others_go_with_it(render_input):
    render_input.start(1)
    await render_input.run()
    render_input.window.is_gone = True

    assert not await render_input.run()

    assert render_input.shown == set()
    assert ("close", "$1", MAIN_GONE) in await render_input.said()


async def test_hands_off_decides_and_does_nothing(render_input):
    render_input.start(1)
    render_input.round.dry_run = True

    await render_input.run()

    assert (render_input.shown, len(render_input.round.plan.decisions)) == (set(), 1)
    assert await render_input.said() == []
