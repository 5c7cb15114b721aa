"""Tells one reader how every agent is, and from then on each change: the opinions, not the facts."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

from oma.model.documents import transition_document
from oma.model.health import Transition
from oma.runtime.service.log_writer import LogWriter
from oma.store.tail import TailStep


@attrs.define(eq=False)
class ChangeWriter(LogWriter):
    """One reader of the changes; the first ones are from nothing to what stands."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self._tail.only_transitions = True

    def _begun(self) -> bytes:
        state = self.store.state
        told = [
            Transition(state.t, state.seq, agent.name, None, agent.verdict, agent.id, agent.place)
            for agent in state.agents
            if not agent.gone
        ]
        return b"".join(map(self._line, told)) or b"\n"

    def _told(self, steps: Iterable[TailStep]) -> bytes:
        return b"".join(self._line(told) for step in steps for told in step.transitions)

    def _line(self, told: Transition) -> bytes:
        at = datetime.fromisoformat(self.header.started_at) + timedelta(seconds=told.t)
        since = at + timedelta(seconds=told.verdict.since_s - told.t)
        moments = {"at": at.isoformat(), "since": since.isoformat()}
        return json.dumps({**transition_document(told), **moments}).encode() + b"\n"
