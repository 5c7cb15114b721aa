"""What each action of the keymap does: (view, action) to (view, intents).

What ends the work of an agent at once is asked about first, and the question names the agent.
"""

import attrs

from oma.model import intents
from oma.model.attention import URGENT
from oma.model.health import Health
from oma.model.state import AgentState
from oma.tui.confirming import ask
from oma.tui.editor import Editor
from oma.tui.form import CompleteDirectory, Form
from oma.tui.keymap import KeyAction
from oma.tui.marking import FOR_MARKED, act_on_marked, mark, mark_all
from oma.tui.pane_reading import CopyText, ReadPane
from oma.tui.pane_text import ReadingPane
from oma.tui.selecting import next_urgent
from oma.tui.snoozing import next_snooze
from oma.tui.view_model import (
    Choosing,
    Creating,
    Digesting,
    Filtering,
    Helping,
    Messaging,
    UpdateContext,
    View,
    select,
    selected_agent,
    settled,
)


@attrs.frozen
class TakeBack:
    """What was asked for a moment ago, and has not begun, is not done."""


Asked = intents.Intent | CompleteDirectory | TakeBack | ReadPane | CopyText

Step = tuple[View, tuple[Asked, ...]]


def perform(view: View, action: KeyAction, context: UpdateContext) -> Step:  # noqa: C901  # a table of actions
    """Return the view after an action, and what that asks for."""
    match action:
        case KeyAction.PALETTE:
            return attrs.evolve(view, mode=Choosing()), ()
        case KeyAction.HELP:
            return attrs.evolve(view, mode=Helping()), ()
        case KeyAction.QUIT if view.stopping:
            return attrs.evolve(view, notice=f"not now: {_to_stop(view)}"), ()
        case KeyAction.QUIT:
            return attrs.evolve(view, leaving=True), ()
        case KeyAction.DIGEST:
            return attrs.evolve(view, mode=Digesting(view.away_since)), ()
        case KeyAction.TIMELINE:
            return attrs.evolve(view, timeline=not view.timeline), ()
        case KeyAction.WHY:
            return attrs.evolve(view, why=not view.why), ()
        case KeyAction.FILTER:
            editor = Editor(view.filter_text, len(view.filter_text))
            saved = " ".join(f"@{name}" for name, _ in view.saved_filters)
            return attrs.evolve(view, mode=Filtering(editor, view.filter_text), notice=saved), ()
        case KeyAction.GROUP:
            grouping = view.grouping.following(context.state.agents)
            view = attrs.evolve(view, grouping=grouping, notice=grouping.words)
            return settled(view, context), ()
        case KeyAction.SORT:
            order = view.order.following
            view = attrs.evolve(view, order=order, notice=f"sorted by {order}")
            return settled(view, context), ()
        case KeyAction.SNOOZE:
            return _snooze(view, context), ()
        case KeyAction.UNDO:
            return _undo(view, context)
        case KeyAction.MARK:
            return mark(view, context), ()
        case KeyAction.MARK_ALL:
            return mark_all(view, context), ()
        case _ if view.marked and action in FOR_MARKED:
            return act_on_marked(view, action, context), ()
        case KeyAction.RESYNC:
            return view, (intents.Resync(),)
        case KeyAction.TILE:
            return view, (intents.ToggleTiling(view.filter_text),)
        case KeyAction.LAYOUT:
            return view, (intents.CycleTiling(),)
        case KeyAction.NEW:
            return attrs.evolve(view, mode=Creating(_blank(context))), ()
        case _:
            after = _move(view, action, context)
            return (after, ()) if after is not None else _asked(view, action, context)


def _snooze(view: View, context: UpdateContext) -> View:
    """Put the selected agent off; the selection stays with it, for the key again."""
    agent = selected_agent(view, context)
    if agent is None:
        return attrs.evolve(view, notice="no agent is selected")
    snoozed, words = next_snooze(view.snoozed, agent, context.now_s)
    name = context.short_name(agent)
    return settled(
        attrs.evolve(view, snoozed=snoozed, unsnoozed=view.snoozed, notice=f"{name}: {words}"),
        context,
    )


def _undo(view: View, context: UpdateContext) -> Step:
    if view.stopping:
        return view, (TakeBack(),)
    if view.unsnoozed is None:
        return attrs.evolve(view, notice="there is nothing to take back"), ()
    view = attrs.evolve(view, snoozed=view.unsnoozed, unsnoozed=None, notice="taken back")
    return settled(view, context), ()


def _to_stop(view: View) -> str:
    return f"{', '.join(view.stopping)} will be stopped in a moment"


def _move(view: View, action: KeyAction, context: UpdateContext) -> View | None:
    agents = context.agents(view)
    page = max(1, context.regions(view).list.rows - 1)
    steps = {
        KeyAction.DOWN: 1,
        KeyAction.UP: -1,
        KeyAction.PAGE_DOWN: page,
        KeyAction.PAGE_UP: -page,
        KeyAction.FIRST: -len(agents),
        KeyAction.LAST: len(agents),
    }
    if action in steps:
        return moved(view, context, steps[action])
    if action is not KeyAction.NEXT_URGENT:
        return None
    if not agents:
        return view
    index = next_urgent(agents, view.index, view.snoozed_agents)
    view = select(view, context, agents, index)
    if agents[index].verdict.health in URGENT and agents[index].id not in view.snoozed_agents:
        return view
    return attrs.evolve(view, notice="nobody waits for you")


def _asked(view: View, action: KeyAction, context: UpdateContext) -> Step:  # noqa: C901  # a table of actions
    agent = selected_agent(view, context)
    if agent is None:
        return attrs.evolve(view, notice="no agent is selected"), ()
    name = context.short_name(agent)
    match action:
        case KeyAction.ATTACH:
            return view, (intents.AttachAgent(agent.id),)
        case KeyAction.SHOW:
            return view, (intents.ShowAgent(agent.id),)
        case KeyAction.JUMP:
            return view, (intents.JumpToAgent(agent.id),)
        case KeyAction.READ:
            return attrs.evolve(view, mode=ReadingPane(agent)), (ReadPane(agent.id),)
        case KeyAction.LET_TYPE:
            return view, (intents.LetType(agent.id),)
        case KeyAction.STOP if agent.verdict.health is Health.EXITED:
            return attrs.evolve(view, notice=f"{name} has ended already"), ()
        case KeyAction.STOP:
            question = f"stop {name}? {_about(agent)}; killed if it does not end when asked"
            return ask(view, question, intents.StopAgent(agent.id)), ()
        case KeyAction.KILL:
            return ask(view, f"kill {name}? {_about(agent)}", intents.KillAgent(agent.id)), ()
        case KeyAction.RESTART if agent.verdict.health is Health.EXITED:
            return view, (intents.RestartAgent(agent.id),)
        case KeyAction.RESTART:
            return ask(
                view, f"restart {name}? {_about(agent)}", intents.RestartAgent(agent.id)
            ), ()
        case KeyAction.MESSAGE | KeyAction.QUEUE if agent.verdict.health is Health.EXITED:
            return attrs.evolve(view, notice=f"{name} has ended: nobody would read it"), ()
        case KeyAction.MESSAGE | KeyAction.QUEUE:
            queues = action is KeyAction.QUEUE
            return attrs.evolve(view, mode=Messaging(agent, Editor(), queues=queues)), ()
        case _:
            return view, ()


def _about(agent: AgentState) -> str:
    """Return what tells an agent from others of its name: its kind, how it is, and where."""
    kind = agent.command if agent.profile == "generic" else agent.profile
    facts = (kind, agent.verdict.health.upper(), agent.cwd)
    return ", ".join(fact for fact in facts if fact.strip())


def _blank(context: UpdateContext) -> Form:
    names = {agent.name for agent in context.state.agents}
    number = next(n for n in range(1, len(names) + 2) if f"{context.prefix}{n}" not in names)
    name, proposed = str(number), context.proposals
    return Form(
        name=Editor(name, len(name)),
        command=Editor(proposed.command, len(proposed.command)),
        directory=Editor(proposed.directory, len(proposed.directory)),
        profiles=proposed.profiles,
    )


def moved(view: View, context: UpdateContext, steps: int) -> View:
    """Return the view with the agent so many further selected; the ends of the list stop it."""
    agents = context.agents(view)
    return select(view, context, agents, view.index + steps)
