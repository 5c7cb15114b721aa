"""Logging in and out, and who one is."""

from fastapi import APIRouter, Request, Response

from oma.web.api.action_schema import LogIn, Said, Secret, SessionState
from oma.web.api.dependencies import Context, answer, web_context
from oma.web.auth.access import Access
from oma.web.auth.login_sessions import LoginSession
from oma.web.request_error import RequestError
from oma.web.serialize import iso

router = APIRouter()


@router.post("/api/login", response_model=Secret)
async def log_in(request: Request, body: LogIn) -> Response:
    """Log in with a token, or with the code of a login address; the secret comes with the answer.

    The address itself spends no code: what fetches addresses for a preview would log nobody in.
    """
    access, address = web_context(request).access, request.state.address
    if access.throttle.exhausted(address):
        raise RequestError(429, "too many failed logins: wait a minute")
    if (body.token is None) == (body.code is None):
        raise RequestError(422, "give a token or a code", "token")
    cookie: str | None
    if body.code is not None:
        cookie = access.redeem(body.code)
        wrong = "this address was used already or has expired: 'oma web link' prints another"
    else:
        token = access.tokens.find((body.token or "").strip())
        login = request.state.login
        if token is not None and login is not None and login.grant.token_sha256 == token.sha256:
            return _with_secret(access, login)
        cookie = None if token is None else access.enter(token.grant())
        wrong = "this token is wrong, has expired or was revoked"
    if cookie is None:
        access.throttle.failed(address)
        raise RequestError(401, wrong, "token" if body.code is None else "code")
    return _entered(request, access, cookie)


@router.get("/api/session", response_model=SessionState)
async def who_am_i(context: Context) -> Response:
    """Tell who asks, and what they may do."""
    grant, access = context.grant, context.access
    uploads, push = context.control.uploads, context.control.push
    return answer(
        {
            "role": grant.role,
            "name": grant.name,
            "expires_at": iso(grant.expires_s),
            "agent": grant.agent,
            "read_only": access.read_only,
            "version": context.view.version,
            "terminal": context.control.terminals is not None,
            "notice": context.control.notice,
            "quick_replies": list(context.control.quick_replies),
            "upload_bytes": 0 if uploads is None else uploads.most_bytes,
            "push_key": None if push is None or grant.agent is not None else push.key,
        }
    )


@router.post("/api/logout", response_model=Said)
async def log_out(request: Request, context: Context) -> Response:
    """End the session, and every stream that is open to it."""
    context.note("logout")
    context.access.sessions.end(lambda login: login is context.login)
    context.access.save_sessions()
    response = answer({"said": "logged out"})
    name = context.access.cookie_name(request.headers["host"])
    response.delete_cookie(name, path=context.access.address.root)
    return response


def _entered(request: Request, access: Access, cookie: str) -> Response:
    login = access.sessions.login(cookie)
    if login is None:
        raise RequestError(401, "this login has expired")
    grant = login.grant
    access.audit.note(
        "login", grant.name, request.state.address, role=grant.role, agent=grant.agent
    )
    response = _with_secret(access, login)
    response.set_cookie(
        access.cookie_name(request.headers["host"]),
        cookie,
        max_age=max(0, int(grant.expires_s - access.now_s())),
        httponly=True,
        samesite="strict",
        path=access.address.root,
        secure=access.address.secure,
    )
    return response


def _with_secret(access: Access, login: LoginSession) -> Response:
    """Give who is logged in a secret, which takes the place of any other."""
    grant, secret = login.grant, login.new_secret()
    access.save_sessions()
    return answer(
        {
            "secret": secret,
            "role": grant.role,
            "name": grant.name,
            "expires_at": iso(grant.expires_s),
            "agent": grant.agent,
        }
    )
