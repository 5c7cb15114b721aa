"""How a user looks at the fleet, as a value; and what it is looked at against.

What is selected is an agent, never a place: the list moves under the cursor, the cursor does not
jump.
"""

from collections.abc import Sequence
from datetime import datetime

import attrs

from oma.model.attention import by_attention
from oma.model.ids import AgentId
from oma.model.intents import Intent, Proposals
from oma.model.kept_fleet import LostAgent
from oma.model.state import AgentState, FleetState
from oma.tui.cells import Size
from oma.tui.columns import DEFAULT_COLUMNS, Column
from oma.tui.editor import Editor
from oma.tui.filtering import SavedFilters
from oma.tui.form import Form
from oma.tui.format import short_name
from oma.tui.grouping import Entry, Grouping, scrolled, seen_from
from oma.tui.kept_listing import KeptListing, ListWanted
from oma.tui.keymap import Keymap
from oma.tui.listing import Listing
from oma.tui.ordering import Order
from oma.tui.palette import PaletteEntry, palette_entries
from oma.tui.pane_text import ReadingPane
from oma.tui.regions import Regions, divide
from oma.tui.selecting import index_of
from oma.tui.snoozing import Snoozes, still_snoozed


@attrs.frozen
class Browsing:
    """Keys are actions."""


@attrs.frozen
class Filtering:
    """A filter is being typed; the list follows it."""

    editor: Editor
    before: str
    """The filter to go back to."""


@attrs.frozen
class Messaging:
    """A message to an agent is being typed."""

    agent: AgentState
    editor: Editor
    queues: bool = False
    """It is sent when the agent rests at its prompt."""
    together: tuple[AgentState, ...] = ()
    """All that it is for, where it is for those that are marked."""


@attrs.frozen
class Confirming:
    """A question that only `y` answers with yes."""

    question: str
    intent: Intent
    message: Messaging | None = None
    """What was being typed, and is again after a no."""
    about: tuple[str, ...] = ()
    """Lines that say what is asked about, in place of the list."""


@attrs.frozen
class Telling:
    """Lines are shown until any key."""

    about: tuple[str, ...]
    """The first of them is what they are about."""


@attrs.frozen
class Creating:
    """The form for a new agent is being filled in."""

    form: Form


@attrs.frozen
class Helping:
    """The keys are shown."""

    first: int = 0
    """The first line that is seen."""
    text: str = ""
    """What is looked for."""
    search: Editor | None = None
    """The same while it is being typed."""


@attrs.frozen
class Choosing:
    """The palette is open: an act or an agent is looked for and chosen."""

    editor: Editor = attrs.field(factory=Editor)
    index: int = 0
    """Of the entry that Enter takes; no more than there are."""


@attrs.frozen
class Digesting:
    """What happened is told."""

    since: datetime | None = None
    """From then on; `None` is from the beginning."""
    first: int = 0
    """The first line that is seen; no more than there are."""


Mode = (
    Browsing
    | Filtering
    | Messaging
    | Confirming
    | Telling
    | Creating
    | Helping
    | Choosing
    | ReadingPane
    | Digesting
)


@attrs.frozen
class View:
    """How a user looks at the fleet."""

    selected: AgentId | None = None
    chosen: bool = False
    """By the user, with any key; until then the first agent is selected, who needs them most."""
    index: int = 0
    """Where it was last, for when it is gone."""
    first: int = 0
    """The first entry of the list that is seen."""
    marked: frozenset[AgentId] = frozenset()
    """Whom an act is for, where there are some."""
    filter_text: str = ""
    saved_filters: SavedFilters = ()
    """Of the configuration."""
    grouping: Grouping = Grouping.NONE
    order: Order = Order.NEED
    snoozed: Snoozes = ()
    unsnoozed: Snoozes | None = None
    """Who was put off before the last such key, which can be taken back."""
    stopping: tuple[str, ...] = ()
    """Whose stop is about to begin, and can be taken back."""
    columns: tuple[Column, ...] = DEFAULT_COLUMNS
    """Of the list, as the user wants them; those that do not fit are left out."""
    mode: Mode = Browsing()
    why: bool = False
    """The grounds of the verdict are shown in place of the screen."""
    timeline: bool = True
    """The time line of the past is shown, where that is known."""
    notice: str = ""
    """What was last said to the user; gone with the next key."""
    away_since: datetime | None = None
    """When the last long absence of the user began."""
    lost: tuple[LostAgent, ...] = ()
    """Who went with their tmux server and can be started again."""
    leaving: bool = False
    awaited: str = ""
    """The name of an agent that is selected when it shows up; the next key takes that back."""

    @property
    def snoozed_agents(self) -> frozenset[AgentId]:
        """Whom the user has put off."""
        return frozenset(agent_id for agent_id, _ in self.snoozed)


def listing_of(kept: KeptListing, state: FleetState, view: View, prefix: str) -> Listing:
    """Return what a view lists.

    Args:
        kept: The last one of the same dashboard.
        state: All agents.
        view: How they are looked at.
        prefix: Of the names of agents; it is not shown.
    """
    wanted = ListWanted(
        view.filter_text, view.saved_filters, view.grouping, view.order, view.snoozed_agents
    )
    return kept.of(state.agents, wanted, view.columns, prefix)


@attrs.frozen
class UpdateContext:
    """What a view is stepped against."""

    state: FleetState
    size: Size
    keymap: Keymap
    prefix: str
    proposals: Proposals = attrs.Factory(Proposals)
    played: bool = False
    """It is a recording, in which nothing acts on agents."""
    now_s: float = 0.0
    """In seconds of the log."""
    kept: KeptListing = attrs.field(factory=KeptListing, eq=False)
    """The last listing."""

    def listing(self, view: View) -> Listing:
        """Return what the view lists."""
        return listing_of(self.kept, self.state, view, self.prefix)

    def entries(self, view: View) -> tuple[Entry, ...]:
        """Return what the view lists, in its order."""
        return self.listing(view).entries

    def agents(self, view: View) -> tuple[AgentState, ...]:
        """Return the agents that the view lists, in its order."""
        return self.listing(view).agents

    def regions(self, view: View) -> Regions:
        """Return how the screen is divided."""
        return divide(self.size, self.listing(view).needs)

    def seen(self, view: View) -> Sequence[Entry]:
        """Return the part of the list that is seen."""
        return seen_from(view.first, self.entries(view), self.regions(view).list.rows)

    def palette(self, view: View, mode: Choosing) -> tuple[PaletteEntry, ...]:
        """Return what the palette offers."""
        return palette_entries(
            self.keymap,
            by_attention(self.state.agents),
            selected_agent(view, self),
            mode.editor.text,
            self.prefix,
            played=self.played,
        )

    def agent(self, agent_id: AgentId) -> AgentState | None:
        """Return the agent of that id as it is now."""
        return self.state.agent(agent_id)

    def short_name(self, agent: AgentState) -> str:
        """Return the name of an agent without what all of them share."""
        return short_name(agent.name, self.prefix)


def settled(view: View, context: UpdateContext) -> View:
    """Return the view with its selection and scrolling made true for what there is now."""
    snoozed = still_snoozed(view.snoozed, context.state.agents, context.now_s)
    view = attrs.evolve(view, snoozed=snoozed)
    if view.marked:
        alive = {agent.id for agent in context.state.agents if not agent.gone}
        view = attrs.evolve(view, marked=view.marked & alive)
    agents = context.agents(view)
    for agent in agents if view.awaited else ():
        if view.awaited == agent.name and not agent.gone:
            view = attrs.evolve(view, selected=agent.id, chosen=True, awaited="")
    index = index_of(agents, view.selected, view.index) if view.chosen else 0
    return select(view, context, agents, index)


def select(view: View, context: UpdateContext, agents: tuple[AgentState, ...], index: int) -> View:
    """Return the view with the agent at `index` of `agents` selected, or the nearest to it."""
    if not agents:
        return attrs.evolve(view, selected=None, index=0, first=0)
    index = max(0, min(index, len(agents) - 1))
    selected, rows = agents[index].id, context.regions(view).list.rows
    first = scrolled(view.first, context.entries(view), index, rows)
    return attrs.evolve(view, selected=selected, index=index, first=first)


def selected_agent(view: View, context: UpdateContext) -> AgentState | None:
    """Return the agent that is selected."""
    if view.selected is None:
        return None
    listed = context.agents(view)
    if 0 <= view.index < len(listed) and listed[view.index].id == view.selected:
        return listed[view.index]
    return context.agent(view.selected)
