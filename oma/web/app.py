"""The application: the middleware around the routes, and what is said when a route refuses."""

from collections.abc import Mapping, Sequence
from functools import cache

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from oma.errors import OmaError
from oma.web.api import (
    actions,
    agents,
    event_routes,
    login,
    push_routes,
    recordings,
    sharing,
    statistics_routes,
    terminal_routes,
    uploads,
)
from oma.web.api.api_app import ApiApp
from oma.web.api.context import WebContext
from oma.web.api.dependencies import PROBLEMS, answer, web_context
from oma.web.assets import PAGE, Asset
from oma.web.auth.middleware import AuthMiddleware
from oma.web.auth.request_info import CODE, PAGES
from oma.web.reference import reference
from oma.web.request_error import RequestError
from oma.web.validation import place_of, words_of

_AUDITED = frozenset({401, 403, 429})
"""Refusals that are about who asks, and so are written down."""

ROUTERS = tuple(
    part.router
    for part in (
        login,
        agents,
        actions,
        uploads,
        event_routes,
        recordings,
        sharing,
        push_routes,
        statistics_routes,
        terminal_routes,
    )
)
"""All routes of the API; the page's own are beside them."""


def build_app(web: WebContext, assets: Mapping[str, Asset]) -> ASGIApp:
    """Return the ASGI application of a server.

    Args:
        web: Its parts; routes find them as `app.state.web`.
        assets: The files of the page, by their paths.
    """
    app = build_api(web.view.version)
    app.state.web = web
    _add_page(app, assets)
    app.add_exception_handler(RequestError, _refused)
    app.add_exception_handler(OmaError, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _not_found)
    return AuthMiddleware(app, web.access)


def build_api(version: str) -> FastAPI:
    """Return the routes of the API, and their OpenAPI document."""
    app = ApiApp(
        title="oma",
        description="Mission control for AI coding agents in tmux.",
        version=version,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.router.routes.extend(_api_routes())
    return app


@cache
def _api_routes() -> Sequence[BaseRoute]:
    """Return the routes, the same for every application: FastAPI takes long to read the shapes of them all."""
    api = APIRouter()
    for router in ROUTERS:
        api.include_router(router, responses=PROBLEMS)
    return api.routes


def _add_page(app: FastAPI, assets: Mapping[str, Asset]) -> None:
    async def show_page(request: Request) -> Response:
        # The page is code alone, and asks a stranger to log in; for them the status says so.
        stranger = request.state.login is None and request.url.path != "/login"
        return _file(assets[PAGE], request, 401 if stranger else 200)

    async def give_file(request: Request) -> Response:
        found = assets.get(request.scope["path"].removeprefix("/"))
        if found is None:
            raise RequestError(404, "there is no such file")
        return _file(found, request, 200)

    async def show_reference() -> Response:
        return Response(reference(app.openapi()), media_type="text/html")

    app.add_api_route("/docs", show_reference, methods=["GET"], include_in_schema=False)
    pages = [(path, show_page) for path in PAGES]
    for path, give in (*pages, (CODE, give_file), ("/assets/{path:path}", give_file)):
        app.add_api_route(path, give, methods=["GET", "HEAD"], include_in_schema=False)


def _file(asset: Asset, request: Request, status: int) -> Response:
    headers = {"cache-control": asset.cache_control, "content-type": asset.media_type}
    encoding, body = asset.encoded_for(request.headers.get("accept-encoding", ""))
    if asset.compressed:
        headers["vary"] = "accept-encoding"
    if encoding:
        headers["content-encoding"] = encoding
    return Response(body, status, headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    if error.status in _AUDITED:
        state = request.state
        who = "" if state.login is None else state.login.grant.name
        what = f"{request.method} {request.url.path}"[:200]
        try:
            audit = web_context(request).access.audit
            audit.note_refusal(who, state.address, error.status, what)
        except OmaError as unwritten:
            return answer({"error": str(unwritten)}, 503)
    problem = {"error": str(error)} | ({"field": error.field} if error.field else {})
    return answer(problem, error.status)


async def _failed(_request: Request, error: Exception) -> Response:
    return answer({"error": str(error)}, 409)


async def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    return answer({"error": words_of(first), "field": place_of(first)}, 422)


async def _not_found(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answer({"error": str(error.detail).lower()}, error.status_code)
