"""Logging in and out, and who one is."""

import attrs
from fastapi import APIRouter, Request, Response

from oma.web.api.action_schema import LogIn, Said, Secret, SessionState
from oma.web.api.dependencies import Context, answer, web_context
from oma.web.auth.access import Access
from oma.web.auth.login_sessions import Grant, LoginSession
from oma.web.request_error import RequestError
from oma.web.serialize import iso

router = APIRouter()


@router.get("/login", response_class=Response, status_code=303)
async def open_with_code(request: Request, code: str = "") -> Response:
    """Log in with a code that works once, and go to the page."""
    access, address = web_context(request).access, request.state.address
    _check_throttle(access, address)
    cookie = access.redeem(code)
    if cookie is None and request.state.login is not None:
        return Response(status_code=303, headers={"location": "/"})  # opened again, from a history
    if cookie is None:
        access.throttle.failed(address)
        words = "this address was used already or has expired: 'oma web link' prints another"
        raise RequestError(401, words)
    entered = _entered(access, cookie, address)
    access.save_sessions()
    response = Response(status_code=303, headers={"location": "/"})
    _set_cookie(response, access, cookie, entered)
    return response


@router.post("/api/login", response_model=Secret)
async def log_in(request: Request, body: LogIn) -> Response:
    """Log in with a token; the secret comes with the answer."""
    access, address = web_context(request).access, request.state.address
    _check_throttle(access, address)
    token = access.tokens.find(body.token.strip())
    if token is None:
        access.throttle.failed(address)
        raise RequestError(401, "this token is wrong, has expired or was revoked")
    grant = token.grant()
    login = request.state.login
    if login is not None and login.grant.token_sha256 == token.sha256:
        secret = login.new_secret()
        access.save_sessions()
        return answer(_secret(login.grant, secret))
    expires_s = min(grant.expires_s, access.now_s() + access.session_s)
    cookie = access.sessions.enter(attrs.evolve(grant, expires_s=expires_s))
    entered = _entered(access, cookie, address)
    secret = entered.new_secret()
    access.save_sessions()
    response = answer(_secret(entered.grant, secret))
    _set_cookie(response, access, cookie, entered)
    return response


@router.post("/api/session/secret", response_model=Secret)
async def tell_secret(context: Context) -> Response:
    """Tell the page that has just logged in its secret, once."""
    secret = context.login.take_secret(context.access.now_s())
    if secret is None:
        raise RequestError(403, "the secret of this login was told already: log in with a token")
    context.access.save_sessions()
    return answer(_secret(context.grant, secret))


@router.get("/api/session", response_model=SessionState)
async def who_am_i(context: Context) -> Response:
    """Tell who asks, and what they may do."""
    grant, access = context.grant, context.access
    return answer(
        {
            "role": grant.role,
            "name": grant.name,
            "expires_at": iso(grant.expires_s),
            "agent": grant.agent,
            "read_only": access.read_only,
            "version": context.view.version,
            "terminal": context.control.terminals is not None,
        }
    )


@router.post("/api/logout", response_model=Said)
async def log_out(context: Context) -> Response:
    """End the session, and every stream that is open to it."""
    context.note("logout")
    context.access.sessions.end(lambda login: login is context.login)
    context.access.save_sessions()
    response = answer({"said": "logged out"})
    response.delete_cookie(context.access.cookie_name)
    return response


def _check_throttle(access: Access, address: str) -> None:
    if access.throttle.exhausted(address):
        raise RequestError(429, "too many failed logins: wait a minute")


def _entered(access: Access, cookie: str, address: str) -> LoginSession:
    login = access.sessions.login(cookie)
    if login is None:
        raise RequestError(401, "this login has expired")
    grant = login.grant
    access.audit.note("login", grant.name, address, role=grant.role, agent=grant.agent)
    return login


def _set_cookie(response: Response, access: Access, cookie: str, login: LoginSession) -> None:
    response.set_cookie(
        access.cookie_name,
        cookie,
        max_age=max(0, int(login.grant.expires_s - access.now_s())),
        httponly=True,
        samesite="strict",
        secure=access.address.secure,
    )


def _secret(grant: Grant, secret: str) -> dict[str, object]:
    return {
        "secret": secret,
        "role": grant.role,
        "name": grant.name,
        "expires_at": iso(grant.expires_s),
        "agent": grant.agent,
    }
