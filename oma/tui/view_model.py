"""How a user looks at the fleet, as a value; and what it is looked at against.

What is selected is an agent, never a place: the list moves under the cursor, the cursor does not
jump.
"""

from datetime import datetime

import attrs

from oma.model.ids import AgentId
from oma.model.intents import Intent, Proposals
from oma.model.state import AgentState, FleetState
from oma.tui.cells import Size
from oma.tui.editor import Editor
from oma.tui.form import Form
from oma.tui.grouping import Entry, Grouping, agents_of, grouped, scrolled
from oma.tui.keymap import Keymap
from oma.tui.regions import Regions, divide
from oma.tui.selecting import index_of, listed


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


@attrs.frozen
class Confirming:
    """A question that only `y` answers with yes."""

    question: str
    intent: Intent
    message: Messaging | None = None
    """What was being typed, and is again after a no."""


@attrs.frozen
class Creating:
    """The form for a new agent is being filled in."""

    form: Form


@attrs.frozen
class Helping:
    """The keys are shown."""


@attrs.frozen
class Digesting:
    """What happened is told."""

    since: datetime | None = None
    """From then on; `None` is from the beginning."""
    first: int = 0
    """The first line that is seen; no more than there are."""


Mode = Browsing | Filtering | Messaging | Confirming | Creating | Helping | Digesting


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
    filter_text: str = ""
    grouping: Grouping = Grouping.NONE
    mode: Mode = Browsing()
    why: bool = False
    """The grounds of the verdict are shown in place of the screen."""
    timeline: bool = True
    """The time line of the past is shown, where that is known."""
    notice: str = ""
    """What was last said to the user; gone with the next key."""
    away_since: datetime | None = None
    """When the last long absence of the user began."""
    leaving: bool = False
    awaited: str = ""
    """The name of an agent that is selected when it shows up; the next key takes that back."""


@attrs.frozen
class UpdateContext:
    """What a view is stepped against."""

    state: FleetState
    size: Size
    keymap: Keymap
    prefix: str
    proposals: Proposals = attrs.Factory(Proposals)

    def entries(self, view: View) -> tuple[Entry, ...]:
        """Return what the view lists, in its order."""
        return grouped(listed(self.state.agents, view.filter_text), view.grouping)

    def agents(self, view: View) -> tuple[AgentState, ...]:
        """Return the agents that the view lists, in its order."""
        return agents_of(self.entries(view))

    def regions(self, view: View) -> Regions:
        """Return how the screen is divided."""
        entries = self.entries(view)
        agents = len(agents_of(entries))
        return divide(self.size, agents, len(entries) - agents)

    def agent(self, agent_id: AgentId) -> AgentState | None:
        """Return the agent of that id as it is now."""
        return self.state.agent(agent_id)

    def short_name(self, agent: AgentState) -> str:
        """Return the name of an agent without what all of them share."""
        return agent.name.removeprefix(self.prefix) or agent.name


def settled(view: View, context: UpdateContext) -> View:
    """Return the view with its selection and scrolling made true for what there is now."""
    agents = context.agents(view)
    for agent in agents:
        if view.awaited == agent.name and not agent.gone:
            view = attrs.evolve(view, selected=agent.id, chosen=True, awaited="")
    index = index_of(agents, view.selected, view.index) if view.chosen else 0
    return select(view, context, agents, index)


def select(view: View, context: UpdateContext, agents: tuple[AgentState, ...], index: int) -> View:
    """Return the view with the agent at `index` of `agents` selected, or the nearest to it."""
    if not agents:
        return attrs.evolve(view, selected=None, index=0, first=0)
    index = max(0, min(index, len(agents) - 1))
    selected, regions = agents[index].id, context.regions(view)
    first = 0  # cards are shown where there is room for all of them
    if regions.agent_rows == 1:
        first = scrolled(view.first, context.entries(view), selected, regions.list.rows)
    return attrs.evolve(view, selected=selected, index=index, first=first)


def selected_agent(view: View, context: UpdateContext) -> AgentState | None:
    """Return the agent that is selected."""
    return None if view.selected is None else context.agent(view.selected)
