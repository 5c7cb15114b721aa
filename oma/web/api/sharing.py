"""Tokens, shared links, and who is watching now."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Path, Response

from oma.errors import ConfigError
from oma.model.state import AgentState
from oma.web.api import action_schema as schema
from oma.web.api.dependencies import Context, answer
from oma.web.auth.login_sessions import Grant
from oma.web.auth.roles import Permission, Role
from oma.web.request_error import RequestError
from oma.web.serialize import iso

router = APIRouter(prefix="/api")

TokenName = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)]


@router.get("/watchers", response_model=list[schema.Watcher])
async def list_watchers(context: Context) -> Response:
    """List who is watching, and what."""
    presenter = context.view.presenter
    first = {
        (each.login.grant.name, each.agent.id if each.agent else None): each
        for each in reversed(presenter.subscribers.open)
        if context.sees(each.agent.lasting_name if each.agent else "")
    }

    def name(agent: AgentState) -> str:
        return (presenter.store.state.agent(agent.id) or agent).name

    return answer(
        [
            {
                "name": each.login.grant.name,
                "role": each.login.grant.role,
                "agent": None if each.agent is None else name(each.agent),
                "since": iso(each.since_s),
            }
            for each in sorted(first.values(), key=lambda each: each.since_s)
        ]
    )


@router.post("/shares", response_model=schema.Invitation, status_code=201)
async def share(body: schema.NewShare, context: Context) -> Response:
    """Make an address that lets somebody in, once, to one agent and for a time."""
    context.require(Permission.ADMINISTER)
    access, agent = context.access, context.agent(body.agent)
    if not agent.lasting_name:
        words = f"{agent.name} may become another agent's name: 'oma rename' gives one that stays"
        raise RequestError(409, words, "agent")
    name = f"guest-{secrets.token_hex(3)}"
    expires_s = access.now_s() + body.expires_s
    context.note(
        "share", agent.lasting_name, name=name, given=body.role, expires_at=iso(expires_s)
    )
    code = access.sessions.share(Grant(name, Role(body.role), expires_s, agent.lasting_name))
    access.save_sessions()
    url = f"{access.address.url}/login?code={code}"
    return answer({"url": url, "name": name, "expires_at": iso(expires_s)}, 201)


@router.get("/tokens", response_model=list[schema.TokenState])
async def list_tokens(context: Context) -> Response:
    """List tokens, shared links, and browsers that take notifications."""
    context.require(Permission.ADMINISTER)
    access = context.access
    push = context.control.push
    listed = [
        *(_listed(token.grant()) for token in access.tokens.tokens()),
        *(_listed(grant, shared=True) for grant in access.sessions.shares()),
        *(
            _listed(Grant(each.name, Role.VIEWER, each.expires_s), push=True)
            for each in (() if push is None else push.subscriptions())
        ),
    ]
    return answer(listed)


def _listed(grant: Grant, *, shared: bool = False, push: bool = False) -> dict[str, object]:
    return {
        "name": grant.name,
        "role": grant.role,
        "agent": grant.agent,
        "expires_at": iso(grant.expires_s),
        "shared": shared,
        "push": push,
    }


@router.post("/tokens", response_model=schema.TokenSecret, status_code=201)
async def add_token(body: schema.NewToken, context: Context) -> Response:
    """Make a token; its secret is told this once."""
    context.require(Permission.ADMINISTER)
    context.note("token-added", body.agent, name=body.name, given=body.role)
    try:
        secret = context.access.tokens.add(body.name, body.role, body.agent, body.expires_s)
    except ConfigError as error:
        raise RequestError(409, str(error), "name") from None
    return answer({"name": body.name, "secret": secret}, 201)


@router.delete("/tokens/{name}", response_model=schema.Said)
async def revoke_token(name: TokenName, context: Context) -> Response:
    """Take a token, a shared link or a browser's notifications back; what is open to those who came by it ends."""
    context.require(Permission.ADMINISTER)
    context.note("token-revoked", None, name=name)
    access, push = context.access, context.control.push
    if push is not None and push.remove(lambda each: each.name == name):
        return answer({"said": f"revoked {name}"})
    if not access.sessions.revoke_share(name):
        try:
            access.tokens.revoke(name)
        except ConfigError as error:
            raise RequestError(404, str(error)) from None
        access.sessions.revoke(name)
    access.save_sessions()
    return answer({"said": f"revoked {name}"})
