"""Prompts that are queued for agents: values, and what may be done with them. Pure.

A prompt is sent at most once: one that may have been typed when its sender ended is `unsure`, and is never
typed again.
"""

from collections.abc import Callable

import attrs

from oma.model.health import Health
from oma.model.ids import PaneId
from oma.model.state import AgentState

WAITING, TYPING, UNSURE = "waiting", "typing", "unsure"
"""States of a prompt: to be sent; being typed now; perhaps typed."""

AT_WORK = frozenset({"silent", "no-progress", "retry"})
"""Reasons of an agent that is stuck and may be at work all the same, not at its prompt."""

AT_PROMPT = "finished"
"""The reason of an agent that is idle because its prompt says so, and not by silence alone."""


@attrs.frozen
class Addressee:
    """The agent that a prompt is for, also on a server that is started again."""

    server: str
    """Which run of which tmux server: see `server_run`."""
    pane: PaneId
    name: str
    """What it was called."""
    lasting_name: str = ""
    """The name that another server would know it by; empty where it has none."""

    def is_now(self, agent: AgentState, server: str) -> bool:
        """Say whether this is that agent."""
        if agent.gone:
            return False
        if self.server == server:
            return agent.pane == self.pane
        return bool(self.lasting_name) and agent.lasting_name == self.lasting_name


@attrs.frozen
class Prompt:
    """One prompt."""

    number: int
    """Never given to another one."""
    to: Addressee
    text: str
    state: str = WAITING


@attrs.frozen
class PromptQueue:
    """All queued prompts of one tmux server, in the order in which they are sent."""

    prompts: tuple[Prompt, ...] = ()
    stopped: tuple[tuple[Addressee, str], ...] = ()
    """Whom nothing is sent to until the user says so, and why."""
    next_number: int = 1
    goes_on: tuple[Addressee, ...] = ()
    """Whose next prompt is sent although the answer before was an error: the user said so."""

    def added(self, to: Addressee, text: str) -> "PromptQueue":
        """Return the queue with one more prompt, behind the others."""
        prompt = Prompt(self.next_number, to, text)
        prompts = (*self.prompts, prompt)
        return attrs.evolve(self, prompts=prompts, next_number=self.next_number + 1)

    def prompt(self, number: int) -> Prompt | None:
        """Return the prompt of that number."""
        return next((each for each in self.prompts if each.number == number), None)

    def with_state(self, number: int, state: str) -> "PromptQueue":
        """Return the queue with one prompt in another state."""
        return self._changed(number, lambda prompt: attrs.evolve(prompt, state=state))

    def with_text(self, number: int, text: str) -> "PromptQueue":
        """Return the queue with another text of one prompt."""
        return self._changed(number, lambda prompt: attrs.evolve(prompt, text=text))

    def _changed(self, number: int, change: Callable[[Prompt], Prompt]) -> "PromptQueue":
        changed = (change(each) if each.number == number else each for each in self.prompts)
        return attrs.evolve(self, prompts=tuple(changed))

    def without(self, is_out: Callable[[Prompt], bool]) -> "PromptQueue":
        """Return the queue without some prompts."""
        return attrs.evolve(self, prompts=tuple(p for p in self.prompts if not is_out(p)))

    def halted(self, to: Addressee, why: str) -> "PromptQueue":
        """Return the queue in which nothing more is sent to an agent."""
        cleared = self.cleared(to)
        return attrs.evolve(cleared, stopped=(*cleared.stopped, (to, why)))

    def resumed(self, to: Addressee) -> "PromptQueue":
        """Return the queue in which it is again, also after an error."""
        if not self.why_stopped(to):
            return self
        cleared = self.cleared(to)
        return attrs.evolve(cleared, goes_on=(*cleared.goes_on, to))

    def cleared(self, to: Addressee) -> "PromptQueue":
        """Return the queue in which nothing is known of how an agent answered."""
        stopped = tuple((who, why) for who, why in self.stopped if not _same(who, to))
        goes_on = tuple(who for who in self.goes_on if not _same(who, to))
        return attrs.evolve(self, stopped=stopped, goes_on=goes_on)

    def is_resumed(self, to: Addressee) -> bool:
        """Say whether the user said that an agent gets its next prompt also after an error."""
        return any(_same(who, to) for who in self.goes_on)

    def why_stopped(self, to: Addressee) -> str:
        """Return why nothing is sent to an agent; empty where something is."""
        return next((why for who, why in self.stopped if _same(who, to)), "")

    def recovered(self) -> "PromptQueue":
        """Return the queue as a new sender finds it: what was being typed is unsure, and stops the rest."""
        queue = self
        for prompt in self.prompts:
            if prompt.state == TYPING:
                queue = queue.with_state(prompt.number, UNSURE)
                queue = queue.halted(prompt.to, "a prompt may have been typed already: look there")
        return queue


def _same(one: Addressee, other: Addressee) -> bool:
    return (one.server, one.pane) == (other.server, other.pane)


def takes_prompt(
    agent: AgentState,
    t: float,
    sent_s: float | None,
    quick_s: float,
    *,
    is_resumed: bool = False,
) -> bool:
    """Say whether an agent rests at its prompt, and has answered what was sent before.

    Args:
        agent: As it is at `t`.
        t: Now, in seconds of the log.
        sent_s: When the last prompt was sent; `None` for none.
        quick_s: An answer that changes nothing that is told is over after this.
        is_resumed: One that stands at its prompt after an error takes it, too.
    """
    verdict = agent.verdict
    if is_resumed and verdict.health is Health.STUCK and not agent.gone:
        return verdict.reason not in AT_WORK
    if agent.gone or verdict.health is not Health.IDLE or verdict.reason != AT_PROMPT:
        return False
    return sent_s is None or verdict.since_s > sent_s or t - sent_s >= quick_s


def bad_answer(agent: AgentState, sent_s: float) -> str:
    """Return why no more is sent after the answer to a prompt; empty where more is.

    An agent that asks for a permission goes on when that is answered.
    """
    verdict = agent.verdict
    if verdict.since_s <= sent_s and not agent.gone:
        return ""
    if verdict.health is Health.EXITED or agent.gone:
        return "it has ended"
    if verdict.health is Health.STUCK:
        return f"its answer is an error: {verdict.evidence}"
    if verdict.health is Health.WAITING and verdict.reason == "question":
        return f"its answer is a question: {verdict.evidence}"
    return ""
