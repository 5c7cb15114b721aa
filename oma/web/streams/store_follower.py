"""Follows a store for those who watch: one tail for all of them, however many they are."""

from oma.store.agent_log import AgentLog
from oma.web.presenter.agent_history import AgentHistory
from oma.web.streams.feed import Feed
from oma.web.streams.logs import Logs


async def follow(store: AgentLog, feed: Feed, logs: Logs, history: AgentHistory) -> None:
    """Hand on every step until the store is closed; steps that were missed are told of."""
    while True:
        tail = store.tail()
        while steps := await tail.receive():
            for step in steps:
                logs.take(step.record)
                history.take(step.record, step.transitions)
                feed.take(step.transitions)
        if not tail.cut_off:
            return
        feed.lose()
        logs.lose()
