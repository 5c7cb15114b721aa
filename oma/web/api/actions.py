"""What may be done to agents: each act is written to the audit log, then carried out."""

import attrs
import trio
from fastapi import APIRouter, Response

from oma.model import intents
from oma.model.state import AgentState
from oma.web.api import action_schema as schema
from oma.web.api.agent_schema import AgentDocument
from oma.web.api.context import RequestContext
from oma.web.api.dependencies import Context, answer
from oma.web.auth.roles import Permission
from oma.web.request_error import RequestError

router = APIRouter(prefix="/api")

APPEARS_S = 5.0
"""How long a new agent may take to be seen."""


@router.get("/proposals", response_model=schema.ProposalsDocument)
async def propose(context: Context) -> Response:
    """Tell what a form for a new agent may offer."""
    context.require(Permission.READ)
    hosts = list(context.view.presenter.links())
    return answer({**attrs.asdict(context.control.proposals), "hosts": hosts})


@router.post("/agents", response_model=AgentDocument, status_code=201)
async def start(body: schema.NewBody, context: Context) -> Response:
    """Start an agent."""
    context.require(Permission.ACT)
    control, presenter = context.control, context.view.presenter
    name = _name(body, context)
    new = intents.NewAgent(name, _command(body, context), body.cwd or control.proposals.directory)
    refusal = await control.executor.refusal(new)
    if refusal is not None:
        names = {"directory": "cwd"}
        raise RequestError(422, refusal.words, names.get(refusal.field, refusal.field))
    control.count_new()
    context.note("new", name, command=new.command, cwd=new.directory)
    await control.executor.carry_out(new, context.grant.name)
    with trio.move_on_after(APPEARS_S):
        while (found := presenter.known(name)) is None or found.gone:
            await presenter.store.wait_newer(presenter.store.seq)
        return answer(presenter.agent(found), 201)
    raise RequestError(409, f"{name} was started and is not seen: has it ended at once?")


@router.post("/agents/{id}/stop", response_model=schema.Said)
async def stop(id: schema.AgentReference, context: Context) -> Response:  # noqa: A002  # the path's word
    """Ask an agent to end, then make it."""
    agent = context.agent(id, Permission.ACT)
    return await _act(context, "stop", agent, intents.StopAgent(agent.id))


@router.post("/agents/{id}/kill", response_model=schema.Said)
async def kill(id: schema.AgentReference, context: Context) -> Response:  # noqa: A002  # as above
    """End an agent at once: its session, where that is the agent; else what runs in its pane."""
    agent = context.agent(id, Permission.ACT)
    return await _act(context, "kill", agent, intents.KillAgent(agent.id))


@router.post("/agents/{id}/restart", response_model=schema.Said)
async def restart(id: schema.AgentReference, context: Context) -> Response:  # noqa: A002  # as above
    """Start an agent's program again."""
    agent = context.agent(id, Permission.ACT)
    return await _act(context, "restart", agent, intents.RestartAgent(agent.id))


@router.post("/agents/{id}/send", response_model=schema.Said)
async def send(id: schema.AgentReference, body: schema.SendBody, context: Context) -> Response:  # noqa: A002  # as above
    """Type a text into an agent, with Enter; the patterns of the configuration may forbid it."""
    agent = context.agent(id, Permission.ACT)
    _check_sendable(body.text, context)
    size = len(body.text.encode("utf-8", "replace"))
    act = intents.SendText(agent.id, body.text, anyway=body.anyway)
    return await _act(context, "send", agent, act, size)


@router.post("/agents/{id}/answer", response_model=schema.Said)
async def choose(id: schema.AgentReference, body: schema.AnswerBody, context: Context) -> Response:  # noqa: A002  # as above
    """Answer the dialog that was shown; 409 where the agent asks something else by now."""
    agent = context.agent(id, Permission.ACT)
    if body.text is not None:
        _check_sendable(body.text, context)
    said = body.key or body.text
    if said is None or (body.key is not None and body.text is not None):
        raise RequestError(422, "give the key of an option, or a text", "key")
    act = intents.AnswerDialog(agent.id, said, body.fingerprint)
    return await _act(context, "answer", agent, act, len(said.encode("utf-8", "replace")))


@router.post("/agents/{id}/attach-terminal", response_model=schema.Said)
async def attach(id: schema.AgentReference, context: Context) -> Response:  # noqa: A002  # as above
    """Open the terminal program of this machine on an agent; for who sits at it."""
    agent = context.agent(id, Permission.ADMINISTER)
    if not context.is_local:
        raise RequestError(403, "a terminal program opens for who sits at this machine alone")
    context.note("attach-terminal", agent.name, id=agent.id)
    return answer(
        {"said": await context.control.executor.open_terminal(agent.id, context.grant.name)}
    )


def _check_sendable(text: str, context: RequestContext) -> None:
    words = context.control.send_filter.denial_reason(text)
    if words:
        raise RequestError(403, words, "text")


async def _act(
    context: RequestContext, event: str, agent: AgentState, act: intents.Act, size: int = 0
) -> Response:
    context.note(event, agent.name, id=agent.id, **({"bytes": size} if size else {}))
    return answer({"said": await context.control.executor.carry_out(act, context.grant.name)})


def _name(body: schema.NewBody, context: RequestContext) -> str:
    hosts = context.view.presenter.links()
    if body.host is None and not hosts:
        return body.name
    if body.host not in hosts:
        words = f"one of {', '.join(hosts)}" if hosts else "there is none but the server's"
        raise RequestError(422, words, "host")
    return f"{body.host}/{body.name}"


def _command(body: schema.NewBody, context: RequestContext) -> str:
    if body.profile is None:
        return body.command or context.control.proposals.command
    if body.command is not None:
        raise RequestError(422, "give a command or a profile, not both", "profile")
    if body.profile not in context.control.proposals.profiles:
        raise RequestError(422, f"no profile {body.profile!r}", "profile")
    return body.profile
