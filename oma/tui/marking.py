"""Agents that a user has marked, and what is done to all of them after one question. Pure.

Each act is checked for itself when it is done, and an answer is for the dialog that was shown.
"""

from collections.abc import Callable, Sequence

import attrs

from oma.model import intents
from oma.model.attention import by_attention
from oma.model.health import Health, grounds
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.tui.cells import cells, pad, showable
from oma.tui.editor import Editor
from oma.tui.keymap import KeyAction
from oma.tui.view_model import (
    Confirming,
    Messaging,
    UpdateContext,
    View,
    select,
    selected_agent,
)

FOR_MARKED = frozenset({KeyAction.STOP, KeyAction.MESSAGE, KeyAction.QUEUE})
"""What is done to the marked agents where there are some, and not to the selected one."""

ENDED = "left out: it has ended"


def mark(view: View, context: UpdateContext) -> View:
    """Mark the selected agent, or unmark it, and select the next one."""
    agent = selected_agent(view, context)
    if agent is None:
        return attrs.evolve(view, notice="no agent is selected")
    view = attrs.evolve(view, marked=view.marked ^ {agent.id})
    return select(view, context, context.agents(view), view.index + 1)


def mark_all(view: View, context: UpdateContext) -> View:
    """Mark all agents that are listed; where they are marked already, unmark them."""
    shown = frozenset(agent.id for agent in context.agents(view))
    marked = view.marked - shown if shown <= view.marked else view.marked | shown
    return attrs.evolve(view, marked=marked)


def marked_agents(view: View, context: UpdateContext) -> tuple[AgentState, ...]:
    """Return the marked agents, those that need a user first, whether they are listed or not."""
    return by_attention(agent for agent in context.state.agents if agent.id in view.marked)


def act_on_marked(view: View, action: KeyAction, context: UpdateContext) -> View:
    """Ask whether all marked agents are to be stopped, or begin a message to all of them."""
    agents = marked_agents(view, context)
    alive = [agent for agent in agents if agent.verdict.health is not Health.EXITED]
    if not alive:
        return attrs.evolve(view, notice="those that are marked have ended")
    if action is KeyAction.STOP:
        question = f"stop {_count(alive)}? who does not end when asked is killed"
        acts = tuple(intents.StopAgent(agent.id) for agent in alive)
        return _ask(view, question, acts, _table(agents, "NOW", _now, context))
    queues = action is KeyAction.QUEUE
    mode = Messaging(alive[0], Editor(), queues=queues, together=agents)
    return attrs.evolve(view, mode=mode)


def ask_to_send_all(view: View, mode: Messaging, context: UpdateContext) -> View:
    """Ask whether a message goes to all that it was begun for; a no goes on editing it."""
    alive = [agent for agent in mode.together if agent.verdict.health is not Health.EXITED]
    act = intents.QueueText if mode.queues else intents.SendText
    acts = tuple(act(agent.id, mode.editor.text) for agent in alive)
    verb = "queue" if mode.queues else "send"
    question = (
        f"{verb} “{printable(mode.editor.text)}” {'for' if mode.queues else 'to'} {_count(alive)}?"
    )
    return _ask(view, question, acts, _table(mode.together, "NOW", _now, context), mode)


def ask_to_answer_all(view: View, digit: str, context: UpdateContext) -> View:
    """Ask whether all marked agents are to be answered alike, each the dialog that it shows now.

    Who shows no such option, or one of another label than the first of them, is left out.
    """
    agents = marked_agents(view, context)
    found = {agent.id: _option(agent, digit) for agent in agents}
    label = next((label for label in found.values() if label is not None), None)
    if label is None:
        return attrs.evolve(view, notice=f"none that is marked shows an option {digit}")
    alike = [agent for agent in agents if found[agent.id] == label]
    acts = tuple(
        intents.AnswerDialog(agent.id, digit, agent.dialog.fingerprint)
        for agent in alike
        if agent.dialog is not None
    )

    def asked(agent: AgentState) -> str:
        if agent in alike and agent.dialog is not None:
            return agent.dialog.asked
        other = found[agent.id]
        return (
            "left out: it shows no such option" if other is None else f"left out: {digit}. {other}"
        )

    question = f"answer “{digit}. {printable(label)}” to {_count(alike)}?"
    return _ask(view, question, acts, _table(agents, "ASKS", asked, context))


def _option(agent: AgentState, digit: str) -> str | None:
    if agent.dialog is None or agent.verdict.health is not Health.WAITING:
        return None
    option = agent.dialog.option(digit)
    return None if option is None else option.label


def _ask(
    view: View,
    question: str,
    acts: tuple[intents.EachAct, ...],
    about: tuple[str, ...],
    message: Messaging | None = None,
) -> View:
    mode = Confirming(question, intents.Together(acts), message, about=about)
    return attrs.evolve(view, mode=mode)


def _now(agent: AgentState) -> str:
    verdict = agent.verdict
    if verdict.health is Health.EXITED:
        return ENDED
    return f"{verdict.health}, {grounds(verdict.reason, verdict.evidence)}"


def _table(
    agents: Sequence[AgentState],
    head: str,
    told: Callable[[AgentState], str],
    context: UpdateContext,
) -> tuple[str, ...]:
    names = [showable(context.short_name(agent)) for agent in agents]
    width = max(map(cells, ("AGENT", *names)))
    return (
        f"{pad('AGENT', width)}  {head}",
        *(
            f"{pad(name, width)}  {showable(told(agent))}"
            for name, agent in zip(names, agents, strict=True)
        ),
    )


def _count(agents: Sequence[AgentState]) -> str:
    return f"{len(agents)} agent{'s' * (len(agents) > 1)}"
