"""What every route begins with: who asks. The middleware has checked the request already."""

from typing import Annotated

from fastapi import Depends, Request, Response

from oma.web.context import RequestContext
from oma.web.request_error import RequestError
from oma.web.schema import Problem
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


async def asker_of(request: Request) -> RequestContext:
    """Return who asks.

    Raises:
        RequestError: They have not logged in.
    """
    state = request.state
    if state.login is None:
        raise RequestError(401, "log in first")
    return RequestContext(state.site, state.login, state.address)


Asking = Annotated[RequestContext, Depends(asker_of)]


def answer(value: object, status: int = 200) -> Response:
    """Return an answer in JSON."""
    return Response(encode(value), status, media_type="application/json")
