"""Logging in and out, and who one is."""

import attrs
from fastapi import APIRouter, Request, Response

from oma.web.auth.dependencies import Asking, answer
from oma.web.auth.middleware import cookie_name
from oma.web.auth.sessions import Grant, LoginSession
from oma.web.context import WebContext
from oma.web.request_error import RequestError
from oma.web.schema import LogIn, Said, Secret, SessionState
from oma.web.serialize import iso

router = APIRouter()


@router.get("/login", response_class=Response, status_code=303)
async def open_with_code(request: Request, code: str = "") -> Response:
    """Log in with a code that works once, and go to the page."""
    site, address = request.state.site, request.state.address
    _check_attempts(site, address)
    cookie = site.redeem(code)
    if cookie is None and request.state.login is not None:
        return Response(status_code=303, headers={"location": "/"})  # opened again, from a history
    if cookie is None:
        site.attempts.failed(address)
        words = "this address was used already or has expired: 'oma web link' prints another"
        raise RequestError(401, words)
    entered = _entered(site, cookie, address)
    site.save_sessions()
    response = Response(status_code=303, headers={"location": "/"})
    _set_cookie(response, site, cookie, entered)
    return response


@router.post("/api/login", response_model=Secret)
async def log_in(request: Request, body: LogIn) -> Response:
    """Log in with a token; the secret comes with the answer."""
    site, address = request.state.site, request.state.address
    _check_attempts(site, address)
    token = site.tokens.find(body.token.strip())
    if token is None:
        site.attempts.failed(address)
        raise RequestError(401, "this token is wrong, has expired or was revoked")
    grant = token.grant()
    login = request.state.login
    if login is not None and login.grant.token_sha256 == token.sha256:
        secret = login.new_secret()
        site.save_sessions()
        return answer(_secret(login.grant, secret))
    expires_s = min(grant.expires_s, site.now_s() + site.session_s)
    cookie = site.sessions.enter(attrs.evolve(grant, expires_s=expires_s))
    entered = _entered(site, cookie, address)
    secret = entered.new_secret()
    site.save_sessions()
    response = answer(_secret(entered.grant, secret))
    _set_cookie(response, site, cookie, entered)
    return response


@router.post("/api/session/secret", response_model=Secret)
async def tell_secret(context: Asking) -> Response:
    """Tell the page that has just logged in its secret, once."""
    secret = context.login.take_secret(context.site.now_s())
    if secret is None:
        raise RequestError(403, "the secret of this login was told already: log in with a token")
    context.site.save_sessions()
    return answer(_secret(context.grant, secret))


@router.get("/api/session", response_model=SessionState)
async def who_am_i(context: Asking) -> Response:
    """Tell who asks, and what they may do."""
    grant, site = context.grant, context.site
    return answer(
        {
            "role": grant.role,
            "name": grant.name,
            "expires_at": iso(grant.expires_s),
            "agent": grant.agent,
            "read_only": site.read_only,
            "version": site.version,
            "terminal": site.terminal,
        }
    )


@router.post("/api/logout", response_model=Said)
async def log_out(context: Asking) -> Response:
    """End the session, and every stream that is open to it."""
    context.note("logout")
    context.site.sessions.end(lambda login: login is context.login)
    context.site.save_sessions()
    response = answer({"said": "logged out"})
    response.delete_cookie(cookie_name(context.site))
    return response


def _check_attempts(site: WebContext, address: str) -> None:
    if site.attempts.exhausted(address):
        raise RequestError(429, "too many failed logins: wait a minute")


def _entered(site: WebContext, cookie: str, address: str) -> LoginSession:
    login = site.sessions.login(cookie)
    if login is None:
        raise RequestError(401, "this login has expired")
    grant = login.grant
    site.audit.note("login", grant.name, address, role=grant.role, agent=grant.agent)
    return login


def _set_cookie(response: Response, site: WebContext, cookie: str, login: LoginSession) -> None:
    response.set_cookie(
        cookie_name(site),
        cookie,
        max_age=max(0, int(login.grant.expires_s - site.now_s())),
        httponly=True,
        samesite="strict",
        secure=site.address.secure,
    )


def _secret(grant: Grant, secret: str) -> dict[str, object]:
    return {
        "secret": secret,
        "role": grant.role,
        "name": grant.name,
        "expires_at": iso(grant.expires_s),
        "agent": grant.agent,
    }
