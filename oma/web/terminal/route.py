"""`/ws/terminal/{id}`: the door to one agent's terminal. The gate knows the login already."""

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketState

from oma.web.door.roles import Deed, Standing, objection
from oma.web.request_error import RequestError
from oma.web.site import Asker
from oma.web.terminal.connection import Closing, Connection
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
    asker = Asker(state["site"], state["visitor"], state["address"])
    try:
        code = await _serve(socket, asker, id)
    except (RequestError, TooManyError) as refused:
        await socket.send_json({"type": "refused", "words": str(refused)})
        status = refused.status if isinstance(refused, RequestError) else 429
        code = _CODES.get(status, Closing.WRONG)
    await _close(socket, code)


async def _serve(socket: WebSocket, asker: Asker, name: str) -> int:
    agent = asker.agent(name)
    site = asker.site
    if agent.pane is None or agent.gone or site.terminals is None:
        raise RequestError(404, f"{agent.name} has no terminal")
    asker.note("terminal", agent.name)
    viewer = Viewer(asker.grant.name)
    standing = Standing(asker.grant.role, asker.grant.agent, site.read_only)
    with site.audience.seat(asker.visitor, agent.name):
        viewer.greet(
            agent.columns,
            agent.rows,
            controlled_by=site.audience.controller(agent.name),
            may_write=not objection(standing, Deed.ACT, agent.name),
        )
        with site.terminals.watch(agent.pane, agent.session, viewer) as watched:
            watched.tell_viewers(site.audience.viewers(agent.name))
            connection = Connection(
                socket, asker, agent.name, agent.pane, viewer, site.terminals, watched
            )
            code = await connection.run()
    watched.tell_viewers(site.audience.viewers(agent.name))
    return code


async def _close(socket: WebSocket, code: int) -> None:
    if WebSocketState.DISCONNECTED not in {socket.client_state, socket.application_state}:
        await socket.close(code)
