"""`/ws/terminal/{id}`: one agent's terminal. The middleware has checked the login already."""

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketState

from oma.web.auth.roles import Permission, Principal, denial_reason
from oma.web.context import RequestContext
from oma.web.request_error import RequestError
from oma.web.terminal.connection import Closing, TerminalConnection
from oma.web.terminal.terminals import TooManyError
from oma.web.terminal.viewer import Viewer

PROTOCOL = "oma.v1"
"""The subprotocol that we speak."""

_CODES = {403: Closing.FORBIDDEN, 404: Closing.ABSENT, 429: Closing.TOO_MANY}

router = APIRouter()


@router.websocket("/ws/terminal/{id}")
async def terminal(socket: WebSocket, id: str) -> None:  # noqa: A002  # the word of the path
    """Show an agent's terminal, and let one viewer type."""
    if PROTOCOL not in socket.scope["subprotocols"]:
        await socket.close(Closing.WRONG)
        return
    await socket.accept(PROTOCOL)
    state = socket.scope["state"]
    context = RequestContext(state["site"], state["login"], state["address"])
    try:
        code = await _serve(socket, context, id)
    except (RequestError, TooManyError) as refused:
        await socket.send_json({"type": "refused", "words": str(refused)})
        status = refused.status if isinstance(refused, RequestError) else 429
        code = _CODES.get(status, Closing.WRONG)
    await _close(socket, code)


async def _serve(socket: WebSocket, context: RequestContext, name: str) -> int:
    agent = context.agent(name)
    site = context.site
    if agent.pane is None or agent.gone or site.terminals is None:
        raise RequestError(404, f"{agent.name} has no terminal")
    context.note("terminal", agent.name)
    viewer = Viewer(context.grant.name)
    principal = Principal(context.grant.role, context.grant.agent, site.read_only)
    with site.subscribers.subscribe(context.login, agent.name):
        viewer.greet(
            agent.columns,
            agent.rows,
            controlled_by=site.subscribers.controller(agent.name),
            may_write=not denial_reason(principal, Permission.ACT, agent.name),
        )
        with site.terminals.watch(agent.pane, agent.session, viewer) as watched:
            watched.tell_viewers(site.subscribers.viewers(agent.name))
            connection = TerminalConnection(
                socket, context, agent.name, agent.pane, viewer, site.terminals, watched
            )
            code = await connection.run()
    watched.tell_viewers(site.subscribers.viewers(agent.name))
    return code


async def _close(socket: WebSocket, code: int) -> None:
    if WebSocketState.DISCONNECTED not in {socket.client_state, socket.application_state}:
        await socket.close(code)
