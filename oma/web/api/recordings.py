"""The past: recordings, and how things were at any moment of them."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from oma.model.documents import transition_document
from oma.model.wall_time import WallTime
from oma.web.api.agent_schema import Moment, PastScreen, RecordingFileDocument, Summary
from oma.web.api.context import RequestContext
from oma.web.api.dependencies import Context, answer
from oma.web.auth.roles import Permission
from oma.web.presenter.agent_history import MEANT
from oma.web.presenter.agent_presenter import agent_object
from oma.web.presenter.recording_library import Past
from oma.web.serialize import iso

router = APIRouter(prefix="/api/recordings")

Name = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*$", max_length=210)]
Time = Annotated[float, Query(ge=0, allow_inf_nan=False, description="Seconds of the log.")]
AgentKey = Annotated[
    str, Query(min_length=1, max_length=256, description="The `id` of a time line; or a name.")
]


@router.get("", response_model=list[RecordingFileDocument])
async def list_recordings(context: Context) -> Response:
    """List the recordings, the newest first."""
    context.require(Permission.READ)
    return answer(
        [
            {
                "name": listed.name,
                "bytes": listed.size_bytes,
                "started_at": listed.started_at,
                "modified_at": iso(listed.modified_s),
            }
            for listed in await context.view.recordings.listed()
        ]
    )


@router.get("/{name}/summary", response_model=Summary)
async def summarise(name: Name, context: Context) -> Response:
    """Tell when a recording was made, how long it is, and every transition of each agent."""
    past = await _past(name, context)
    return answer(
        {
            "started_at": past.header.started_at,
            "duration_s": past.history.end_s,
            "agents": [
                {
                    "id": key,
                    "agent": transitions[-1].agent,
                    "transitions": [transition_document(each) for each in transitions],
                    "acts": [
                        {"t": t, "command": sent.command, "text": sent.text, "by": sent.by}
                        for t, sent in past.history.agent_commands.get(key, ())
                        if sent.command in MEANT
                    ],
                }
                for key, transitions in past.history.agent_timelines.items()
            ],
        }
    )


@router.get("/{name}/at", response_model=Moment)
async def look_at(name: Name, t: Time, context: Context) -> Response:
    """Tell how the agents were at a moment; after the end, how they were at the end."""
    past = await _past(name, context)
    moment = min(t, past.history.end_s)
    calendar = WallTime(datetime.fromisoformat(past.header.started_at))
    agents = past.history.state_at(moment).agents
    told = [agent_object(agent, moment, calendar) for agent in agents]
    return answer({"t": moment, "agents": told})


@router.get("/{name}/screen", response_model=PastScreen)
async def show_screen(name: Name, agent: AgentKey, t: Time, context: Context) -> Response:
    """Give an agent's screen at a moment, as text for a fresh terminal of its size."""
    past = await _past(name, context)
    moment = min(t, past.history.end_s)
    columns, rows, ansi = await context.view.recordings.screen(past, agent, moment)
    return answer({"columns": columns, "rows": rows, "ansi": ansi})


async def _past(name: str, context: RequestContext) -> Past:
    context.require(Permission.READ)
    return await context.view.recordings.past(name)
