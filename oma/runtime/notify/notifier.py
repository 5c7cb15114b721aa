"""Tells the user what the policy says is due: sleeps until then, asks who looks at what, and sends.

There is no tick. tmux is asked only when something is about to be due.
"""

import math
from collections.abc import Awaitable, Callable

import attrs
import trio

from oma.errors import OmaError
from oma.model.health import Transition
from oma.model.ids import AgentId, PaneId
from oma.notify.notification import Notification
from oma.notify.notification_policy import NotifyPolicy, ToldTransition
from oma.runtime.clock import LogClock
from oma.runtime.notify.told_file import ToldFile
from oma.store.agent_log import AgentLog
from oma.store.tail import Tail, TailStep

RECHECK_S = 60.0
"""How often quiet hours are looked up again while something waits for their end: the machine may sleep."""

AHEAD_S = 0.25
"""So long before something is due tmux is asked who looks at what: under load the answer takes as long."""

HEAR_EVERY_S = 0.25
"""How often it is looked at most whether an agent asks something else."""


@attrs.define
class Notifier:
    """The background task of notifications.

    Args:
        store: What is known of agents.
        clock: Of its log.
        policy: Says what is due.
        server_pid: Returns the process of the tmux server; `None` before there was one.
        looked_at: Returns the panes that the user looks at.
        send: Sends a notification; never blocks.
        complain: Told once that what was told cannot be kept.
        file: Keeps what was told; held by the caller.
    """

    store: AgentLog
    clock: LogClock
    policy: NotifyPolicy
    server_pid: Callable[[], int | None]
    looked_at: Callable[[], Awaitable[frozenset[PaneId]]]
    send: Callable[[Notification], None]
    complain: Callable[[str], None]
    file: ToldFile
    _tail: Tail = attrs.field(init=False)
    _waiting: trio.CancelScope = attrs.Factory(trio.CancelScope)
    _pid: int | None = None
    _kept: dict[AgentId, ToldTransition] = attrs.Factory(dict)
    _has_complained: bool = False

    def __attrs_post_init__(self) -> None:
        self._tail = self.store.tail()
        self._tail.only_transitions = True

    async def run(self) -> None:
        """Tell, until the log ends."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._hear_questions)
            await self._run()
            nursery.cancel_scope.cancel()

    async def _run(self) -> None:
        while True:
            with trio.move_on_at(self._wake_at()) as self._waiting:
                steps = await self._tail.receive()
                if not steps:
                    return
                self._observe(steps)
                continue
            await self._tell()

    async def _hear_questions(self) -> None:
        """Look at what agents ask when something was printed, while a question that was told stands."""
        seq = 0
        while True:
            await self.store.wait_newer(seq)
            seq = self.store.seq
            if self.policy.hears_questions:
                state = self.store.state
                self.policy.hear(state.t, state.agents)
                self._waiting.deadline = self._wake_at()
            await trio.sleep(HEAR_EVERY_S)

    def _wake_at(self) -> float:
        due_s = self.policy.next_deadline_s
        if due_s == math.inf:
            return math.inf
        wake = self.clock.loop_time_s(due_s - AHEAD_S)
        if self.policy.is_held_by_quiet_hours:
            wake = min(wake, trio.current_time() + RECHECK_S)
        return wake

    async def _tell(self) -> None:
        if self.policy.is_held_by_quiet_hours:
            self.policy.recheck_quiet_hours(self.clock.now_s())
        due_s = self.policy.next_deadline_s
        if self.clock.now_s() < due_s - AHEAD_S:
            return
        panes = await self.looked_at()
        await trio.sleep_until(self.clock.loop_time_s(due_s))
        self._observe(await self._news())
        state = self.store.state
        seen = frozenset(agent.id for agent in state.agents if agent.pane in panes)
        t = max(self.clock.now_s(), state.t)
        notifications = self.policy.take(t, state, seen)
        self._keep()  # first: what is told must not be told again, whatever ends us
        for notification in notifications:
            self.send(notification)

    async def _news(self) -> list[TailStep]:
        """Return what has happened since the last look, without waiting for more."""
        with trio.CancelScope(deadline=-math.inf):
            return await self._tail.receive()
        return []

    def _observe(self, steps: list[TailStep]) -> None:
        pid = self.server_pid()
        if pid is not None and pid != self._pid:
            self._pid = pid
            self._kept = self.file.read(pid)
            self.policy.meet_server(self._kept)
        for transition in _transitions(steps):
            self.policy.observe(transition)
        self._keep()

    def _keep(self) -> None:
        told = dict(self.policy.told)
        if self._pid is None or told == self._kept:
            return
        self._kept = told
        try:
            self.file.write(self._pid, told)
        except OmaError as failure:
            if not self._has_complained:
                self.complain(f"{failure}: a restart may tell it again")
            self._has_complained = True


def _transitions(steps: list[TailStep]) -> list[Transition]:
    return [transition for step in steps for transition in step.transitions]
