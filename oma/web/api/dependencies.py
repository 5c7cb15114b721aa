"""What routes depend on: the request's context, and how they answer."""

from typing import Annotated

from fastapi import Depends, Request, Response

from oma.web.api.action_schema import Problem
from oma.web.api.context import RequestContext, WebContext
from oma.web.request_error import RequestError
from oma.web.serialize import encode

PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem, "description": about}
    for status, about in (
        (400, "The request is damaged."),
        (401, "Log in first."),
        (403, "This is not allowed to you."),
        (404, "There is no such thing."),
        (409, "It could not be done."),
        (413, "The request is too large."),
        (421, "The server is not known by that name."),
        (422, "Something in the request is wrong."),
        (429, "Too many at once."),
        (503, "This cannot be had now."),
    )
}
"""What any route may answer instead."""


def web_context(request: Request) -> WebContext:
    """Return the parts of the server; `build_app` puts them there."""
    web: WebContext = request.app.state.web
    return web


async def request_context(request: Request) -> RequestContext:
    """Return the context of a request by somebody who is logged in.

    Raises:
        RequestError: They have not logged in.
    """
    login, web = request.state.login, web_context(request)
    if login is None:
        raise RequestError(401, "log in first")
    return RequestContext(web.access, login, request.state.address, web.view, web.control)


Context = Annotated[RequestContext, Depends(request_context)]


def answer(value: object, status: int = 200) -> Response:
    """Return an answer in JSON."""
    return Response(encode(value), status, media_type="application/json")
