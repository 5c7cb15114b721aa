"""Files that users give to an agent: stored on its machine, so that a message can name them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.requests import ClientDisconnect

from oma.web.api.action_schema import AgentReference, StoredFile
from oma.web.api.dependencies import Context, answer
from oma.web.auth.roles import Permission
from oma.web.request_error import RequestError

router = APIRouter(prefix="/api")

FileName = Annotated[
    str, Query(min_length=1, max_length=255, description="What the file is called.")
]
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
        },
    }
}


@router.post("/agents/{id}/files", response_model=StoredFile, status_code=201, openapi_extra=_BODY)
async def upload(
    id: AgentReference,  # noqa: A002  # the path's word
    name: FileName,
    request: Request,
    context: Context,
) -> Response:
    """Store a file for an agent and tell its path; nothing is typed into the agent."""
    agent = context.agent(id, Permission.ACT)
    uploads = context.control.uploads
    if uploads is None:
        raise RequestError(409, "files are not taken here: see [web] uploads")
    size = _length(request)
    context.note("upload", agent.name, id=agent.id, bytes=size)
    try:
        path = await uploads.store(name, size, request.stream(), context.access.now_s())
    except ClientDisconnect:
        raise RequestError(400, "the file ended early") from None
    return answer({"path": str(path)}, 201)


def _length(request: Request) -> int:
    if request.headers.get("content-type") != "application/octet-stream":
        raise RequestError(422, "a file is sent as application/octet-stream")
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) <= 12):
        raise RequestError(422, "a file is sent with its Content-Length")
    return int(length)
