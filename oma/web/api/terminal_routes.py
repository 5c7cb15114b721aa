"""One agent's terminal: `/ws/terminal/{id}`, and what has scrolled away. The middleware has checked the login."""

from fastapi import APIRouter, Response, WebSocket
from starlette.websockets import WebSocketState

from oma.web.api.action_schema import AgentReference
from oma.web.api.agent_schema import Scrollback
from oma.web.api.context import RequestContext
from oma.web.api.dependencies import Context, answer
from oma.web.auth.roles import Permission
from oma.web.request_error import RequestError
from oma.web.terminal.scrollback import MOST_LINES, as_text
from oma.web.terminal.terminal_connection import Closing, TerminalConnection
from oma.web.terminal.viewer import Viewer

PROTOCOL = "oma.v1"
"""The subprotocol that we speak."""

_CODES = {403: Closing.FORBIDDEN, 404: Closing.ABSENT, 429: Closing.TOO_MANY}

router = APIRouter()


@router.get("/api/agents/{id}/scrollback", response_model=Scrollback)
async def show_scrollback(id: AgentReference, context: Context) -> Response:  # noqa: A002  # the path's word
    """Tell what an agent's pane keeps of what it printed, its screen last."""
    agent, terminals = context.agent(id), context.control.terminals
    if agent.pane is None or agent.gone or terminals is None:
        raise RequestError(404, f"{agent.name} has no terminal")
    context.note("scrollback", agent.name, id=agent.id)
    captured = await terminals.history.read(agent.pane, MOST_LINES)
    return answer({"lines": as_text(captured), "rows": agent.rows})


@router.websocket("/ws/terminal/{id}")
async def terminal(socket: WebSocket, id: str) -> None:  # noqa: A002  # the word of the path
    """Show an agent's terminal, and let one viewer type."""
    if PROTOCOL not in socket.scope["subprotocols"]:
        await socket.close(Closing.WRONG)
        return
    await socket.accept(PROTOCOL)
    state, web = socket.scope["state"], socket.app.state.web
    context = RequestContext(web.access, state["login"], state["address"], web.view, web.control)
    try:
        code = await _serve(socket, context, id)
    except RequestError as refused:
        await socket.send_json({"type": "refused", "words": str(refused)})
        code = _CODES.get(refused.status, Closing.WRONG)
    await _close(socket, code)


async def _serve(socket: WebSocket, context: RequestContext, reference: str) -> int:
    agent = context.agent(reference)
    terminals, subscribers = context.control.terminals, context.view.presenter.subscribers
    if agent.pane is None or agent.gone or terminals is None:
        raise RequestError(404, f"{agent.name} has no terminal")
    context.note("terminal", agent.name, id=agent.id)
    viewer = Viewer(context.grant.name)
    with subscribers.subscribe(context.login, agent):
        viewer.greet(
            agent.columns,
            agent.rows,
            controlled_by=subscribers.controller(agent.id),
            may_write=not context.denial_reason(Permission.ACT, agent.lasting_name),
        )
        with terminals.watch(agent.pane, agent.session, viewer) as watched:
            watched.tell_viewers(subscribers.viewers(agent.id))
            connection = TerminalConnection(
                socket, context, agent, agent.pane, viewer, terminals, watched
            )
            code = await connection.run()
    watched.tell_viewers(subscribers.viewers(agent.id))
    return code


async def _close(socket: WebSocket, code: int) -> None:
    if WebSocketState.DISCONNECTED not in {socket.client_state, socket.application_state}:
        await socket.close(code)
