"""The next thing to do about a window: what closes, the one pane that opens, and the tree then."""

from collections.abc import Sequence

import attrs

from oma.model.ids import AgentId, PaneId
from oma.model.layout import Axis, Cell
from oma.placement.cell_tree import panes, places, with_title_row, without_title_row
from oma.placement.facts import Facts
from oma.placement.geometry import Columns, Room, arrange, fill, found_columns
from oma.placement.plan import NEW_PANE, Spawn, Step
from oma.placement.policy import Arrangement, Policy

_SPLITTABLE = 5
"""Columns or rows that tmux divides in two whatever `pane-border-status` is (3.2 to 3.7)."""


@attrs.frozen
class Joining:
    """An agent that gets a pane; `None` is a program that the user starts."""

    agent: AgentId | None
    victim: PaneId | None = None
    """Whose place it takes, or `None` when there is room."""


def next_step(
    facts: Facts, space: Room, closing: Sequence[PaneId], joining: Sequence[Joining]
) -> Step | None:
    """Return the step that closes everything in `closing` and opens the first of `joining`."""
    first = joining[0] if joining else None
    gone = set(closing)
    if first is not None and first.victim is not None:
        gone.add(first.victim)
    if not gone and first is None and is_settled(facts, space.policy):
        return None
    columns = _columns(facts, space, gone, first)
    tree = _tree(facts, space, columns)
    if not gone and first is None:
        return None if tree in {None, facts.tree} else Step((), None, tree)
    close = tuple(tile.pane for tile in facts.tiles if tile.pane in gone)
    if first is None:
        return Step(close, None, tree)
    spawn = _spawn(facts, first.agent, gone, tree)
    return Step(close, spawn, tree if _is_in_order(spawn, tree) else None)


def is_settled(facts: Facts, policy: Policy) -> bool:
    """Say whether the panes that we arranged last are there, each with room enough."""
    tiles = frozenset(tile.pane for tile in facts.tiles)
    if facts.arranged != tiles:
        return False
    net = places(without_title_row(facts.tree, facts.title_row))
    ours = [place for place in net if place.leaf.pane in tiles]
    if not ours:
        return True
    if policy.arrangement is Arrangement.HORIZONTAL:
        main_fits = min(place.top for place in ours) > policy.min_rows
    else:
        main_fits = min(place.left for place in ours) > policy.main_min_columns
    return main_fits and all(
        place.leaf.columns >= policy.agent_min_columns and place.leaf.rows >= policy.min_rows
        for place in ours
    )


def _columns(facts: Facts, space: Room, gone: set[PaneId], first: Joining | None) -> Columns:
    tiles = {tile.pane for tile in facts.tiles}
    victim = None if first is None else first.victim
    net = places(without_title_row(facts.tree, facts.title_row))
    found = found_columns([place for place in net if place.leaf.pane in tiles])
    kept = tuple(
        tuple(
            NEW_PANE if pane == victim else pane
            for pane in column
            if pane == victim or pane not in gone
        )
        for column in found
    )
    joining = (NEW_PANE,) if first is not None and victim is None else ()
    return fill(tuple(column for column in kept if column), joining, space)


def _tree(facts: Facts, space: Room, columns: Columns) -> Cell | None:
    count = sum(map(len, columns))
    if count > space.most_columns * space.most_rows:
        return None  # only programs that the user started are left, more than fit
    before = facts.before
    if (
        not columns
        and before is not None
        and set(panes(before)) == set(panes(space.main_side))
        and (before.columns, before.rows) == (facts.tree.columns, facts.tree.rows)
    ):
        return before
    return with_title_row(arrange(columns, space), facts.title_row)


def _spawn(facts: Facts, agent: AgentId | None, gone: set[PaneId], tree: Cell | None) -> Spawn:
    leaves = {p.leaf.pane: p.leaf for p in places(facts.tree) if p.leaf.pane not in gone}
    order = () if tree is None else panes(tree)
    before = order[order.index(NEW_PANE) - 1] if NEW_PANE in order else facts.main
    if max(leaves[before].columns, leaves[before].rows) < _SPLITTABLE:
        before = max(leaves, key=lambda pane: leaves[pane].columns * leaves[pane].rows)
    axis = Axis.COLUMNS if leaves[before].columns >= _SPLITTABLE else Axis.ROWS
    return Spawn(agent, before, axis)


def _is_in_order(spawn: Spawn, tree: Cell | None) -> bool:
    order = () if tree is None else panes(tree)
    return NEW_PANE in order and order[order.index(NEW_PANE) - 1] == spawn.beside
