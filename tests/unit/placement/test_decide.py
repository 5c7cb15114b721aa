"""The laws of the decisions, over a life of random events in a window divided as tmux does."""

import attrs
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from oma.model.ids import PaneId, SessionId, WindowId
from oma.model.layout import Axis, Leaf, Split
from oma.placement.cell_tree import panes, places, without_title_row
from oma.placement.decide import decide, window_room
from oma.placement.facts import Facts, Tile, TitleRow, Wanted
from oma.placement.plan import Action
from oma.placement.policy import Arrangement, Policy, WhenFull
from oma.placement.waiting import CLOSED_BY_HAND, Waiting
from tests.support.tmux_layout import Window

MAIN = PaneId("%0")
DEFER_S = 300.0
MOST_ROUNDS = 120


@attrs.define
class World:
    """A window, its agents, and a tiler that does what it decides."""

    window: Window
    policy: Policy
    agents: dict = attrs.Factory(dict)
    """Session → whether its program has ended."""
    tiles: list = attrs.Factory(list)
    waiting: Waiting = attrs.Factory(Waiting)
    arranged: frozenset | None = None
    before: object = None
    zoomed: bool = False
    active: PaneId = MAIN
    now_s: float = 0.0
    panes_made: int = 0
    plans: list = attrs.Factory(list)

    def facts(self):
        return Facts(
            window=WindowId("@0"),
            tree=self.window.tree,
            main=MAIN,
            tiles=tuple(self.tiles),
            active=self.active,
            zoomed=self.zoomed,
            title_row=self.window.title_row,
            bar_columns=self.window.bar_columns,
            before=self.before,
            arranged=self.arranged,
        )

    def wanted(self):
        return tuple(
            self.waiting.wanted(Wanted(session, ended), self.now_s)
            for session, ended in self.agents.items()
        )

    def plan(self):
        return decide(self.facts(), self.wanted(), self.policy)

    def settle(self):
        """Run rounds until there is nothing more to do; every one of them keeps the laws."""
        first = len(self.plans)
        for _ in range(MOST_ROUNDS):
            facts, wanted = self.facts(), self.wanted()
            plan = decide(facts, wanted, self.policy)
            assert plan == decide(facts, wanted, self.policy)
            self.check_decisions(plan)
            self.plans.append(plan)
            self.waiting.note(plan.decisions, self.now_s)
            if plan.step is None:
                break
            self.take(plan)
            self.check_minimums()
        else:
            raise AssertionError(self.plans[-3:])
        self.check_no_plan_undoes_another(self.plans[first:])
        self.check_full_before_deferred(plan)
        return plan

    def take(self, plan):
        step = plan.step
        if not self.tiles:
            self.before = self.window.tree
        new = None
        if step.spawn is not None:
            self.panes_made += 1
            new = PaneId(f"%{self.panes_made}")
        self.window.apply(step, new)
        self.tiles = [tile for tile in self.tiles if tile.pane not in step.close]
        if new is not None:
            self.tiles.append(Tile(new, step.spawn.agent))
        if step.tree is not None:
            self.arranged = frozenset(tile.pane for tile in self.tiles)

    def lose(self, pane, by_hand):
        tile = next(tile for tile in self.tiles if tile.pane == pane)
        self.window.close(pane)
        self.tiles.remove(tile)
        if by_hand:
            self.waiting.refuse(tile.agent, CLOSED_BY_HAND)

    # ---------------------------------------------------------------- laws

    def check_decisions(self, plan):
        decided = [d.agent for d in plan.decisions if d.agent in self.agents]
        assert sorted(decided) == sorted(self.agents)
        assert all(d.reason for d in plan.decisions)
        step = plan.step
        if step is not None:
            assert MAIN not in step.close
            assert set(step.close) <= {tile.pane for tile in self.tiles}
            assert step.tree is None or MAIN in panes(step.tree)

    def check_minimums(self):
        """No tile below its minimum; no main pane below its own while there are tiles."""
        net = {
            p.leaf.pane: p.leaf
            for p in places(without_title_row(self.window.tree, self.window.title_row))
        }
        bar_columns = self.window.bar_columns
        for tile in self.tiles:
            leaf = net[tile.pane]
            assert leaf.columns - bar_columns >= self.policy.agent_min_columns, (leaf, net)
            assert leaf.rows >= self.policy.min_rows, (leaf, net)
        if self.tiles and len(net) == len(self.tiles) + 1:
            assert net[MAIN].columns - bar_columns >= self.policy.main_min_columns
            assert net[MAIN].rows >= self.policy.min_rows
        assert len(self.tiles) <= self.policy.most_panes

    def check_full_before_deferred(self, plan):
        if not self.zoomed and any(d.action is Action.DEFER for d in plan.decisions):
            assert len(self.tiles) >= window_room(self.facts(), self.policy).capacity

    def check_no_plan_undoes_another(self, plans):
        """Within one settling nobody gets a pane twice, and nobody gets one and loses it."""
        given = [
            d.agent
            for plan in plans
            if plan.step is not None and plan.step.spawn is not None
            for d in plan.decisions
            if d.agent == plan.step.spawn.agent
        ]
        assert len(given) == len(set(given))
        lost = {
            d.agent
            for plan in plans
            for d in plan.decisions
            if plan.step is not None
            and d.pane in plan.step.close
            and d.action is not Action.REPLACE
        }
        assert not lost & set(given)


def sessions(numbers):
    return {SessionId(f"${number}"): False for number in numbers}


def world(columns=300, rows=100, agents=0, tree=None, title_row=TitleRow.OFF, **policy):
    tree = tree or Leaf(MAIN, columns, rows)
    return World(Window(tree, title_row), Policy(**policy), sessions(range(1, agents + 1)))


def sizes(world):
    net = without_title_row(world.window.tree, world.window.title_row)
    return [(p.leaf.pane, p.left, p.top, p.leaf.columns, p.leaf.rows) for p in places(net)]


policies = st.builds(
    Policy,
    arrangement=st.sampled_from(Arrangement),
    main_percent=st.integers(20, 80),
    main_min_columns=st.integers(1, 120) | st.just(100),
    agent_min_columns=st.integers(5, 80) | st.just(52),
    min_rows=st.integers(3, 20) | st.just(11),
    most_panes=st.integers(1, 40),
    enabled=st.sampled_from([True, True, True, False]),
    when_full=st.sampled_from(WhenFull),
    defer_limit=st.integers(0, 25),
    defer_s=st.just(DEFER_S),
)
columns = st.integers(20, 500)
rows = st.integers(5, 200)
events = st.one_of(
    st.tuples(st.just("start"), st.integers(1, 40)),
    st.tuples(st.just("start"), st.integers(1, 40)),
    st.tuples(st.just("end"), st.integers(1, 40)),
    st.tuples(st.just("exit"), st.integers(1, 40)),
    st.tuples(st.just("close"), st.integers(0, 40)),
    st.tuples(st.just("resize"), st.tuples(columns, rows)),
    st.tuples(st.just("wait"), st.integers(1, 400)),
    st.tuples(st.just("policy"), policies),
    st.tuples(st.just("zoom"), st.booleans()),
    st.tuples(st.just("look"), st.integers(0, 40)),
    st.tuples(st.just("nothing"), st.none()),
)


FORGIVEN = Policy(
    main_min_columns=100,
    agent_min_columns=52,
    min_rows=11,
    most_panes=2,
    when_full=WhenFull.REPLACE,
    defer_limit=1,
)
"""Agents that were dropped get another chance, one pane more, and the place of one that has ended."""


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(
    columns,
    rows,
    st.integers(0, 40),
    policies,
    st.sampled_from(TitleRow),
    st.just(0) | st.integers(1, 9),
    st.lists(events, max_size=8),
)
@example(238, 60, 2, Policy(), TitleRow.OFF, 0, [])
@example(
    *(153, 11, 4, attrs.evolve(FORGIVEN, most_panes=1, defer_limit=0), TitleRow.OFF, 0),
    [("exit", 1), ("resize", (153, 23)), ("policy", FORGIVEN)],
)
def test_the_laws_hold_through_any_life(columns, rows, agents, policy, title_row, bar, life):
    window = Window(Leaf(MAIN, columns, rows), title_row, bar)
    w = World(window, policy, sessions(range(1, agents + 1)))
    w.settle()
    for event, what in life:
        live(w, event, what)
        w.settle()
        quiet = w.window.tree
        w.settle()
        assert w.window.tree == quiet


def live(w, event, what):  # noqa: C901
    session = SessionId(f"${what}")
    match event:
        case "start":
            w.agents.setdefault(session, False)
        case "end":
            if w.agents.pop(session, None) is not None:
                w.waiting.forget_but(w.agents)
                if not w.zoomed and what % 2:
                    for tile in [t for t in w.tiles if t.agent == session]:
                        w.lose(tile.pane, by_hand=False)
        case "exit":
            if session in w.agents:
                w.agents[session] = True
        case "close":
            if w.tiles and not w.zoomed:
                w.lose(w.tiles[what % len(w.tiles)].pane, by_hand=True)
        case "resize":
            w.zoomed = False
            w.window.resize(*what)
            small = (w.window.root.columns, w.window.root.rows) != what
            if small:  # tmux clips a window that cannot hold its borders
                return
        case "wait":
            w.now_s += what
        case "policy":
            w.policy, w.arranged = what, None
            w.waiting.forgive()
        case "zoom":
            w.zoomed = what
        case "look":
            w.active = w.tiles[what % len(w.tiles)].pane if w.tiles else MAIN


# ------------------------------------------------------------------ examples


def test_the_first_agent_gets_a_pane_in_a_window_of_one_pane():
    w = world(238, 60, agents=2)

    w.settle()

    assert sizes(w) == [("%0", 0, 0, 142, 60), ("%1", 143, 0, 95, 30), ("%2", 143, 31, 95, 29)]


def test_a_layout_is_obeyed_from_the_first_pane_on():
    for arrangement, places_ in {
        Arrangement.VERTICAL: [(181, 0), (181, 34), (181, 68)],
        Arrangement.HORIZONTAL: [(0, 61), (101, 61), (201, 61)],
        Arrangement.GRID: [(181, 0), (181, 51), (241, 0)],
    }.items():
        w = world(300, 100, agents=3, arrangement=arrangement)
        w.settle()
        assert [(left, top) for _, left, top, *_ in sizes(w)[1:]] == places_


def test_the_minimum_of_the_configuration_and_no_other_decides():
    # 104 columns beside the main pane: two panes of 40, though not two of 52.
    w = world(
        205, 60, agents=2, arrangement=Arrangement.GRID, agent_min_columns=40, main_percent=49
    )

    w.settle()

    assert [width for _, _, _, width, _ in sizes(w)] == [100, 52, 51]


def test_the_main_pane_gives_up_its_share_before_an_agent_goes_without():
    w = world(160, 50, agents=1, main_percent=80)

    w.settle()

    assert [width for _, _, _, width, _ in sizes(w)] == [107, 52]


def test_a_window_too_narrow_for_both_minimums_holds_nobody():
    w = world(152, 50, agents=1)

    plan = w.settle()

    assert [(d.action, d.reason) for d in plan.decisions] == [
        (Action.DEFER, "a window of 152x50 holds no agent pane beside the main pane")
    ]
    assert world(153, 50, agents=1).settle().decisions[0].action is Action.KEEP


def test_titles_on_the_borders_cost_a_row():
    # Four panes of 11 rows with three borders fill 47 rows, and the title of the topmost a 48th.
    for title_row in (TitleRow.TOP, TitleRow.BOTTOM):
        assert window_room(world(200, 47, title_row=title_row).facts(), Policy()).capacity == 3
        w = world(200, 48, agents=4, title_row=title_row)
        w.settle()
        assert [height for *_, height in sizes(w)][1:] == [11, 11, 11, 11]


def test_scrollbars_cost_columns_of_every_pane():
    for columns, capacity in ((154, 0), (155, 4)):
        facts = attrs.evolve(world(columns, 50).facts(), bar_columns=1)
        assert window_room(facts, Policy()).capacity == capacity


def test_columns_of_a_grid_fill_evenly():
    w = world(400, 100, agents=7, arrangement=Arrangement.GRID)

    w.settle()

    by_left = {}
    for pane, left, *_ in sizes(w)[1:]:
        by_left.setdefault(left, []).append(pane)
    assert list(by_left.values()) == [["%1", "%4", "%7"], ["%2", "%5"], ["%3", "%6"]]


def test_a_pane_that_leaves_a_grid_moves_one_other_at_most():
    w = world(400, 100, agents=6, arrangement=Arrangement.GRID)
    w.settle()
    before = {pane: left for pane, left, *_ in sizes(w)}
    w.agents.pop(SessionId("$1"))

    w.settle()

    assert sum(before[pane] != left for pane, left, *_ in sizes(w)) <= 1


def test_the_longest_waiting_comes_first_when_room_appears():
    w = world(200, 24, agents=3)
    w.settle()
    w.now_s += 10
    w.agents[SessionId("$9")] = False
    w.settle()
    shown = w.tiles[0].agent
    w.agents.pop(shown)

    w.settle()

    assert [tile.agent for tile in w.tiles] == ["$2", "$3"]


def test_a_new_agent_replaces_the_oldest_where_the_user_wants_that():
    w = world(200, 23, agents=2, when_full=WhenFull.REPLACE)
    w.settle()
    w.agents[SessionId("$3")] = False

    plan = w.plan()
    w.settle()

    assert [(d.agent, d.action, d.pane) for d in plan.decisions] == [
        ("$2", Action.KEEP, "%2"),
        ("$1", Action.DEFER, "%1"),
        ("$3", Action.REPLACE, "%1"),
    ]
    assert {tile.agent for tile in w.tiles} == {"$2", "$3"}
    assert [(p, top) for p, _, top, *_ in sizes(w)[1:]] == [("%3", 0), ("%2", 12)]


def test_the_pane_that_the_user_is_in_is_not_replaced():
    w = world(200, 23, agents=2, when_full=WhenFull.REPLACE)
    w.settle()
    w.active = w.tiles[0].pane
    w.agents[SessionId("$3")] = False

    w.settle()

    assert {tile.agent for tile in w.tiles} == {"$1", "$3"}


def test_a_pane_whose_agent_has_ended_gives_its_place_to_a_living_one():
    w = world(200, 23, agents=2)
    w.settle()
    w.agents[SessionId("$2")] = True
    w.settle()
    assert {tile.agent for tile in w.tiles} == {"$1", "$2"}
    w.agents[SessionId("$3")] = False

    w.settle()

    assert {tile.agent for tile in w.tiles} == {"$1", "$3"}


def test_the_pane_of_an_agent_that_is_gone_goes_whatever_the_user_looks_at():
    w = world(300, 100, agents=3)
    w.settle()
    w.active = w.tiles[1].pane
    w.agents.pop(SessionId("$2"))

    w.settle()

    assert {tile.agent for tile in w.tiles} == {"$1", "$3"}


def test_a_pane_closed_by_hand_is_not_opened_again():
    w = world(300, 100, agents=3)
    w.settle()
    w.lose(PaneId("%2"), by_hand=True)

    plan = w.settle()

    assert (Action.SKIP, "$2", CLOSED_BY_HAND) in [
        (d.action, d.agent, d.reason) for d in plan.decisions
    ]
    assert [height for *_, height in sizes(w)][1:] == [50, 49]


def test_sizes_that_the_user_gave_by_hand_stay_until_a_pane_comes_or_goes():
    w = world(300, 100, agents=2)
    w.settle()
    tree = w.window.tree
    by_hand = attrs.evolve(
        tree,
        children=(
            attrs.evolve(tree.children[0], columns=200),
            attrs.evolve(
                tree.children[1],
                columns=99,
                children=tuple(attrs.evolve(c, columns=99) for c in tree.children[1].children),
            ),
        ),
    )
    w.window = Window(by_hand)
    w.agents[SessionId("$7")] = False
    w.policy = attrs.evolve(w.policy, most_panes=2)

    w.settle()

    assert w.window.tree == by_hand


def test_what_the_user_made_beside_the_main_pane_stays_with_it_in_proportion():
    tree = Split(Axis.ROWS, (Leaf(MAIN, 300, 70), Leaf(PaneId("%8"), 300, 29)), 300, 100)
    w = world(tree=tree, agents=1)
    w.panes_made = 8

    w.settle()

    assert sizes(w) == [
        ("%0", 0, 0, 180, 70),
        ("%8", 0, 71, 180, 29),
        ("%9", 181, 0, 119, 100),
    ]


def test_the_window_is_as_it_was_found_when_the_last_pane_has_gone():
    tree = Split(Axis.COLUMNS, (Leaf(MAIN, 250, 100), Leaf(PaneId("%8"), 49, 100)), 300, 100)
    w = world(tree=tree, agents=3)
    w.panes_made = 8
    w.settle()
    assert len(w.tiles) == 3
    w.policy = attrs.evolve(w.policy, enabled=False)

    w.settle()

    assert w.window.tree == tree


def test_who_waited_too_long_is_dropped_and_so_is_who_finds_the_queue_full():
    w = world(200, 11, agents=3, defer_limit=1)
    plan = w.settle()
    assert Action.DROP in {d.action for d in w.plans[0].decisions}
    assert [(d.agent, d.action, d.reason) for d in plan.decisions][1:] == [
        ("$2", Action.DEFER, "a window of 200x11 holds 1 agent pane"),
        ("$3", Action.SKIP, "1 agents wait for room already"),
    ]
    w.now_s += DEFER_S

    plan = w.plan()

    assert (plan.decisions[1].action, plan.decisions[1].reason) == (
        Action.DROP,
        "it waited 300 s for room",
    )


def test_a_program_that_the_user_started_is_never_given_up():
    w = world(200, 47, agents=3)
    w.tiles = []
    w.window.split(MAIN, Axis.COLUMNS, PaneId("%1"))
    w.panes_made = 1
    w.tiles = [Tile(PaneId("%1"), None)]
    w.settle()
    assert len(w.tiles) == 4
    w.window.resize(200, 23)

    w.settle()

    assert Tile(PaneId("%1"), None) in w.tiles
    assert len(w.tiles) == 2


def test_a_program_gets_a_pane_where_there_is_room_and_a_reason_where_there_is_none():
    space, none = world(200, 23), world(200, 10)

    opened = decide(space.facts(), (), Policy(), programs=1)
    refused = decide(none.facts(), (), Policy(), programs=1)

    assert opened.step.spawn.agent is None
    assert (refused.step, refused.decisions[0].action) == (None, Action.SKIP)


def test_a_zoomed_window_is_left_alone():
    w = world(300, 100, agents=2)
    w.zoomed = True

    plan = w.plan()

    assert plan.step is None
    assert {d.reason for d in plan.decisions} == {"the window is zoomed"}


def test_an_agent_is_not_shown_inside_itself():
    w = world(300, 100, agents=1)

    plan = decide(attrs.evolve(w.facts(), home=frozenset({SessionId("$1")})), w.wanted(), w.policy)

    assert (plan.decisions[0].action, plan.decisions[0].reason) == (
        Action.SKIP,
        "this window is its own",
    )


def test_an_agent_that_is_shown_twice_keeps_its_older_pane():
    w = world(300, 100, agents=1)
    w.settle()
    w.window.split(PaneId("%1"), Axis.ROWS, PaneId("%2"))
    w.tiles.append(Tile(PaneId("%2"), SessionId("$1")))

    plan = w.plan()

    assert plan.step.close == ("%2",)


def test_a_pane_whose_program_has_ended_is_closed_though_an_option_keeps_it():
    w = world(300, 100, agents=1)
    w.settle()
    w.tiles = [attrs.evolve(w.tiles[0], dead=True)]

    assert w.plan().step.close == ("%1",)


def test_a_window_that_shrinks_gives_up_its_youngest_pane_or_as_the_user_wants_its_oldest():
    for when_full, left in ((WhenFull.DEFER, {"$1", "$2"}), (WhenFull.REPLACE, {"$2", "$3"})):
        w = world(200, 35, agents=3, when_full=when_full)
        w.settle()
        w.window.resize(200, 23)

        w.settle()

        assert {tile.agent for tile in w.tiles} == left
