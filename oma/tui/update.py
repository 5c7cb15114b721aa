"""What a user's inputs do: (view, input) to (view, intents).

What ends the work of an agent at once is asked about first, and the question names the agent.
"""

from typing import assert_never

import attrs

from oma.model import intents
from oma.model.health import Health
from oma.tui.confirming import ask, ask_to_answer, decided
from oma.tui.editor import Editor, sendable
from oma.tui.form import CompleteDirectory, Form
from oma.tui.grouping import agent_at, seen_from
from oma.tui.inputs import Click, Input, Key, Paste, Wheel
from oma.tui.keymap import KeyAction
from oma.tui.selecting import next_urgent
from oma.tui.view_model import (
    Browsing,
    Confirming,
    Creating,
    Digesting,
    Filtering,
    Helping,
    Messaging,
    Mode,
    UpdateContext,
    View,
    select,
    selected_agent,
    settled,
)

Asked = intents.Intent | CompleteDirectory

Step = tuple[View, tuple[Asked, ...]]


def step(view: View, given: Input, context: UpdateContext) -> Step:
    """Return the view after an input, and what it asks for."""
    view = settled(attrs.evolve(view, notice="", chosen=True, awaited=""), context)
    match given:
        case Click():
            return _clicked(view, given, context)
        case Wheel(steps):
            return _moved(view, context, 3 * steps), ()
        case Key(name):
            return _typed(view, name, context)
        case Paste(text):
            return settled(_pasted(view, text), context), ()
        case _:
            assert_never(given)


def _typed(view: View, key: str, context: UpdateContext) -> Step:
    mode = view.mode
    match mode:
        case Browsing():
            return _acted(view, key, context)
        case Filtering():
            return settled(_filtered(view, mode, key), context), ()
        case Messaging():
            return _messaged(view, mode, key)
        case Confirming():
            return decided(view, mode, key)
        case Creating():
            return _filled_in(view, mode, key)
        case Helping():
            return attrs.evolve(view, mode=Browsing()), ()
        case Digesting():
            return _read_on(view, mode, key, context), ()
        case _:
            assert_never(mode)


def _pasted(view: View, text: str) -> View:
    """Put a text into what is being edited; where nothing is, it does nothing."""
    lost = len(text) - len(sendable(text))
    if lost:
        words = f"{lost} control character{'s' * (lost > 1)} left out"
        view = attrs.evolve(view, notice=words)
    match view.mode:
        case Messaging(editor=editor):
            mode: Mode = attrs.evolve(view.mode, editor=editor.pasted(text, lines=True))
        case Filtering(editor=editor):
            mode = attrs.evolve(view.mode, editor=editor.pasted(text))
            view = attrs.evolve(view, filter_text=mode.editor.text)
        case Creating(form):
            mode = Creating(form.pasted(text))
        case Browsing() | Confirming() | Helping() | Digesting():
            return attrs.evolve(view, notice="what is pasted is no key: nothing was done")
        case _:
            assert_never(view.mode)
    return attrs.evolve(view, mode=mode)


def _acted(view: View, key: str, context: UpdateContext) -> Step:  # noqa: C901  # a table of actions
    if key in set("123456789"):
        return ask_to_answer(view, key, context), ()
    if key == "Escape":
        return settled(attrs.evolve(view, filter_text="", why=False), context), ()
    match context.keymap.actions.get(key):
        case None:
            return view, ()
        case KeyAction.HELP:
            return attrs.evolve(view, mode=Helping()), ()
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
            return attrs.evolve(view, mode=Filtering(editor, view.filter_text)), ()
        case KeyAction.GROUP:
            grouping = view.grouping.following(context.state.agents)
            view = attrs.evolve(view, grouping=grouping, notice=grouping.words)
            return settled(view, context), ()
        case KeyAction.RESYNC:
            return view, (intents.Resync(),)
        case KeyAction.TILE:
            return view, (intents.ToggleTiling(view.filter_text),)
        case KeyAction.LAYOUT:
            return view, (intents.CycleTiling(),)
        case KeyAction.NEW:
            return attrs.evolve(view, mode=Creating(_blank(context))), ()
        case action:
            moved = _move(view, action, context)
            return (moved, ()) if moved is not None else _asked(view, action, context)


def _move(view: View, action: KeyAction, context: UpdateContext) -> View | None:
    agents = context.agents(view)
    page = max(1, context.regions(view).listed - 1)
    steps = {
        KeyAction.DOWN: 1,
        KeyAction.UP: -1,
        KeyAction.PAGE_DOWN: page,
        KeyAction.PAGE_UP: -page,
        KeyAction.FIRST: -len(agents),
        KeyAction.LAST: len(agents),
    }
    if action in steps:
        return _moved(view, context, steps[action])
    if action is not KeyAction.NEXT_URGENT:
        return None
    if not agents:
        return view
    index = next_urgent(agents, view.index)
    view = select(view, context, agents, index)
    if agents[index].verdict.health in {Health.WAITING, Health.STUCK}:
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
        case KeyAction.LET_TYPE:
            return view, (intents.LetType(agent.id),)
        case KeyAction.STOP if agent.verdict.health is Health.EXITED:
            return attrs.evolve(view, notice=f"{name} has ended already"), ()
        case KeyAction.STOP:
            question = f"stop {name}? its pane is killed if it does not end when asked"
            return ask(view, question, intents.StopAgent(agent.id)), ()
        case KeyAction.KILL:
            return ask(view, f"kill {name}?", intents.KillAgent(agent.id)), ()
        case KeyAction.RESTART if agent.verdict.health is Health.EXITED:
            return view, (intents.RestartAgent(agent.id),)
        case KeyAction.RESTART:
            return ask(view, f"restart {name}?", intents.RestartAgent(agent.id)), ()
        case KeyAction.MESSAGE | KeyAction.QUEUE if agent.verdict.health is Health.EXITED:
            return attrs.evolve(view, notice=f"{name} has ended: nobody would read it"), ()
        case KeyAction.MESSAGE | KeyAction.QUEUE:
            queues = action is KeyAction.QUEUE
            return attrs.evolve(view, mode=Messaging(agent, Editor(), queues=queues)), ()
        case _:
            return view, ()


def _read_on(view: View, mode: Digesting, key: str, context: UpdateContext) -> View:
    """Scroll the digest by the keys that move in the list; any other one closes it."""
    page = max(1, context.size.rows - 4)
    steps = {
        KeyAction.DOWN: 1,
        KeyAction.UP: -1,
        KeyAction.PAGE_DOWN: page,
        KeyAction.PAGE_UP: -page,
        KeyAction.FIRST: -mode.first,
    }
    action = context.keymap.actions.get(key)
    if action not in steps:
        return attrs.evolve(view, mode=Browsing())
    first = max(0, mode.first + steps[action])
    return attrs.evolve(view, mode=attrs.evolve(mode, first=first))


def _filtered(view: View, mode: Filtering, key: str) -> View:
    match key:
        case "Enter":
            return attrs.evolve(view, mode=Browsing())
        case "Escape":
            return attrs.evolve(view, mode=Browsing(), filter_text=mode.before)
        case _:
            editor = mode.editor.typed(key)
            return attrs.evolve(
                view, mode=attrs.evolve(mode, editor=editor), filter_text=editor.text
            )


def _messaged(view: View, mode: Messaging, key: str) -> Step:
    match key:
        case "Enter":
            text = mode.editor.text
            if not text.strip():
                return attrs.evolve(
                    view, mode=Browsing(), notice="nothing was typed: not sent"
                ), ()
            act = intents.QueueText if mode.queues else intents.SendText
            return attrs.evolve(view, mode=Browsing()), (act(mode.agent.id, text),)
        case "Escape":
            return attrs.evolve(view, mode=Browsing(), notice="not sent"), ()
        case _:
            return attrs.evolve(view, mode=attrs.evolve(mode, editor=mode.editor.typed(key))), ()


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


def _filled_in(view: View, mode: Creating, key: str) -> Step:
    if key == "Escape":
        return attrs.evolve(view, mode=Browsing(), notice="nothing started"), ()
    form, asked = mode.form.typed(key)
    return attrs.evolve(view, mode=Creating(form)), () if asked is None else (asked,)


def completed(view: View, text: str, found: tuple[str, ...]) -> View:
    """Return the view after it was found out which directories `text` can become."""
    if not isinstance(view.mode, Creating):
        return view
    return attrs.evolve(view, mode=Creating(view.mode.form.completed(text, found)))


def checked(
    view: View, new: intents.NewAgent, refusal: intents.Refusal | None, prefix: str
) -> View | None:
    """Return the view after it was found out whether an agent can be started.

    `None` when the user does not want it any more. What cannot be started keeps the form open;
    what can is selected when it shows up, and no filter hides it.
    """
    mode = view.mode
    if not isinstance(mode, Creating) or not mode.form.checking:
        return None
    if refusal is not None:
        return attrs.evolve(view, mode=Creating(mode.form.refused(refusal)))
    name = new.name if new.name.startswith(prefix) else f"{prefix}{new.name}"
    return attrs.evolve(view, mode=Browsing(), filter_text="", awaited=name)


def _clicked(view: View, click: Click, context: UpdateContext) -> Step:
    if isinstance(view.mode, Helping | Digesting):
        return attrs.evolve(view, mode=Browsing()), ()
    if not isinstance(view.mode, Browsing):
        return view, ()
    agents, regions = context.agents(view), context.regions(view)
    row = regions.list_row(click.row, click.column)
    seen = seen_from(view.first, context.entries(view), regions.list.rows)
    agent = None if row is None else agent_at(seen, row, regions.agent_rows)
    if agent is None:
        return view, ()
    view = select(view, context, agents, agents.index(agent))
    return view, (intents.AttachAgent(agent.id),) if click.double else ()


def _moved(view: View, context: UpdateContext, steps: int) -> View:
    agents = context.agents(view)
    return select(view, context, agents, view.index + steps)
