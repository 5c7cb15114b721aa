"""What there is: sessions, agents, and why they are judged as they are."""

import attrs
from fastapi import APIRouter, Response

from oma.model.documents import explanation_document
from oma.web.api.action_schema import AgentReference, TmuxSession
from oma.web.api.agent_schema import (
    AgentDocument,
    AgentWithScreen,
    ExplanationDocument,
    HistoryDocument,
)
from oma.web.api.dependencies import Context, answer
from oma.web.presenter.agent_history import entry_of
from oma.web.request_error import RequestError

router = APIRouter(prefix="/api")


@router.get("/tmux/sessions", response_model=list[TmuxSession])
async def list_sessions(context: Context) -> Response:
    """List the sessions in which there are agents."""
    sessions: dict[str, dict[str, object]] = {}
    for agent in context.view.presenter.store.state.agents:
        if context.sees(agent.lasting_name) and not agent.gone:
            told = {
                "id": agent.session,
                "name": agent.session_name,
                "agent": agent.is_session,
            }
            sessions.setdefault(agent.session, told)
    return answer(list(sessions.values()))


@router.get("/agents", response_model=list[AgentDocument])
async def list_agents(context: Context) -> Response:
    """List the agents, in the order in which their sessions began."""
    return answer(context.view.presenter.agents(context.sees))


@router.get("/agents/{id}", response_model=AgentWithScreen)
async def show_agent(id: AgentReference, context: Context) -> Response:  # noqa: A002  # the path's word
    """Tell of one agent, with what is on its screen."""
    agent = context.agent(id)
    return answer(
        {
            **context.view.presenter.agent(agent),
            "screen": context.view.presenter.lines(agent),
            "columns": agent.columns,
            "rows": agent.rows,
        }
    )


@router.get("/agents/{id}/history", response_model=HistoryDocument)
async def tell_history(id: AgentReference, context: Context) -> Response:  # noqa: A002  # as above
    """Tell what happened to an agent: how it was, and what users did; before the server began where its machine tells that."""
    agent, view = context.agent(id), context.view
    past = await view.presenter.store.past_of(agent)
    entries = [
        {**attrs.asdict(entry), "at": view.presenter.moment(entry.t)}
        for entry in (*map(entry_of, past), *view.history.entries(agent.id))
    ]
    return answer({"t": view.presenter.store.clock(), "entries": entries})


@router.get("/agents/{id}/why", response_model=ExplanationDocument)
async def explain_agent(id: AgentReference, context: Context) -> Response:  # noqa: A002  # as above
    """Tell why an agent is judged as it is."""
    agent, store = context.agent(id), context.view.presenter.store
    store.pass_time()
    told = store.explain(agent.id)
    if told is None:
        raise RequestError(409, f"nothing has been seen of {agent.name} yet")
    return answer(explanation_document(told))
