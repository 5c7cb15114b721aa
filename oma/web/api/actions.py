"""What may be done to agents: each act is written down first, then carried out at the desk."""

import trio
from fastapi import APIRouter, Response

from oma.model.intents import (
    Act,
    AnswerDialog,
    KillAgent,
    NewAgent,
    RestartAgent,
    SendText,
    StopAgent,
)
from oma.web.door.asking import Asking, answer
from oma.web.door.roles import Deed
from oma.web.request_error import RequestError
from oma.web.schema import Agent, AgentId, Choice, New, Proposals, Said, Text
from oma.web.site import Asker

router = APIRouter(prefix="/api")

APPEARS_S = 5.0
"""How long a new agent may take to be seen."""


@router.get("/proposals", response_model=Proposals)
async def propose(asker: Asking) -> Response:
    """Tell what a form for a new agent may offer."""
    asker.must(Deed.READ)
    offered = asker.site.proposals
    return answer(
        {
            "command": offered.command,
            "directory": offered.directory,
            "profiles": list(offered.profiles),
        }
    )


@router.post("/agents", response_model=Agent, status_code=201)
async def start(body: New, asker: Asking) -> Response:
    """Start an agent."""
    asker.must(Deed.ACT)
    site = asker.site
    new = NewAgent(body.name, _command(body, asker), body.cwd or site.proposals.directory)
    refusal = await site.desk.refusal(new)
    if refusal is not None:
        names = {"directory": "cwd"}
        raise RequestError(422, refusal.words, names.get(refusal.field, refusal.field))
    site.count_new()
    asker.note("new", body.name, command=new.command, cwd=new.directory)
    await site.desk.carry_out(new)
    with trio.move_on_after(APPEARS_S):
        while (found := site.known(body.name)) is None or found.gone:
            await site.store.wait_newer(site.store.seq)
        return answer(site.views.agent(found), 201)
    raise RequestError(409, f"{body.name} was started and is not seen: has it ended at once?")


@router.post("/agents/{id}/stop", response_model=Said)
async def stop(id: AgentId, asker: Asking) -> Response:  # noqa: A002  # the path's word
    """Ask an agent to end, then make it."""
    agent = asker.agent(id, Deed.ACT)
    return await _act(asker, "stop", agent.name, StopAgent(agent.session))


@router.post("/agents/{id}/kill", response_model=Said)
async def kill(id: AgentId, asker: Asking) -> Response:  # noqa: A002  # as above
    """End an agent and its session at once."""
    agent = asker.agent(id, Deed.ACT)
    return await _act(asker, "kill", agent.name, KillAgent(agent.session))


@router.post("/agents/{id}/restart", response_model=Said)
async def restart(id: AgentId, asker: Asking) -> Response:  # noqa: A002  # as above
    """Start an agent's program again."""
    agent = asker.agent(id, Deed.ACT)
    return await _act(asker, "restart", agent.name, RestartAgent(agent.session))


@router.post("/agents/{id}/send", response_model=Said)
async def send(id: AgentId, body: Text, asker: Asking) -> Response:  # noqa: A002  # as above
    """Type a text into an agent, with Enter; the patterns of the configuration may forbid it."""
    agent = asker.agent(id, Deed.ACT)
    words = asker.site.sending.objection(body.text)
    if words:
        raise RequestError(403, words, "text")
    size = len(body.text.encode("utf-8", "replace"))
    act = SendText(agent.session, body.text, anyway=body.anyway)
    return await _act(asker, "send", agent.name, act, size)


@router.post("/agents/{id}/answer", response_model=Said)
async def choose(id: AgentId, body: Choice, asker: Asking) -> Response:  # noqa: A002  # as above
    """Answer the dialog that was shown; 409 where the agent asks something else by now."""
    agent = asker.agent(id, Deed.ACT)
    act = AnswerDialog(agent.session, body.key, body.fingerprint)
    return await _act(asker, "answer", agent.name, act, 1)


@router.post("/agents/{id}/attach-terminal", response_model=Said)
async def attach(id: AgentId, asker: Asking) -> Response:  # noqa: A002  # as above
    """Open the terminal program of this machine on an agent; for who sits at it."""
    agent = asker.agent(id, Deed.ADMINISTER)
    if not asker.is_local:
        raise RequestError(403, "a terminal program opens for who sits at this machine alone")
    asker.note("attach-terminal", agent.name)
    return answer({"said": await asker.site.desk.open_terminal(agent.session)})


async def _act(asker: Asker, event: str, agent: str, act: Act, size: int = 0) -> Response:
    asker.note(event, agent, **({"bytes": size} if size else {}))
    return answer({"said": await asker.site.desk.carry_out(act)})


def _command(body: New, asker: Asker) -> str:
    if body.profile is None:
        return body.command or asker.site.proposals.command
    if body.command is not None:
        raise RequestError(422, "give a command or a profile, not both", "profile")
    if body.profile not in asker.site.proposals.profiles:
        raise RequestError(422, f"no profile {body.profile!r}", "profile")
    return body.profile
