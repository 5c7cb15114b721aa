"""What happens, as it happens: streams of events for the page."""

from typing import Annotated

from fastapi import APIRouter, Header, Response

from oma.model.state import AgentState
from oma.web.api.action_schema import AgentReference
from oma.web.api.dependencies import Context
from oma.web.streams.event_stream import EventStream
from oma.web.streams.feed import FeedReader
from oma.web.streams.logs import LogReader

LOG_PAUSE_S = 1 / 30
"""Between two batches of lines: more often nobody reads."""

BATCHES_A_SECOND = 2000
"""To everybody together: each costs a tenth of a millisecond, and transitions must not wait."""

router = APIRouter(prefix="/api")

Resume = Annotated[str, Header(alias="last-event-id", max_length=64)]
_STREAM: dict[int | str, dict[str, object]] = {
    200: {"description": "Server-Sent Events.", "content": {"text/event-stream": {}}}
}


@router.get("/events", response_class=Response, responses=_STREAM)
async def follow_agents(context: Context, last_event_id: Resume = "") -> Response:
    """Follow all agents: `snapshot`, then `transition`, `agents` and `gone`."""
    sees_all = context.grant.agent is None
    reader = FeedReader(context.view.feed, context.sees, sees_all, last_event_id)
    subscribers = context.view.presenter.subscribers
    return EventStream(reader, subscribers, context.login, None, lambda: 0.0)


@router.get("/agents/{id}/logs", response_class=Response, responses=_STREAM)
async def follow_log(
    id: AgentReference,  # noqa: A002  # the path's word
    context: Context,
    last_event_id: Resume = "",
) -> Response:
    """Follow what an agent prints: `snapshot` with its screen, then `lines`."""
    view, agent = context.view, context.agent(id)
    presenter, subscribers = view.presenter, view.presenter.subscribers
    context.note("logs", agent.name, id=agent.id)

    def latest() -> AgentState | None:
        return presenter.store.agent(agent.id)

    reader = LogReader(view.logs, presenter, latest, last_event_id)

    def pause_s() -> float:
        return max(LOG_PAUSE_S, len(subscribers.open) / BATCHES_A_SECOND)

    return EventStream(reader, subscribers, context.login, agent, pause_s)
