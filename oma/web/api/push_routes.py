"""Browsers that take notifications while no page is open (Web Push): they come and go by their user alone."""

from fastapi import APIRouter, Response

from oma.errors import NotifyError
from oma.notify.push_subscription import PushSubscription
from oma.web.api import action_schema as schema
from oma.web.api.context import Push, RequestContext
from oma.web.api.dependencies import Context, answer
from oma.web.auth.roles import Permission
from oma.web.request_error import RequestError

router = APIRouter(prefix="/api/push")

LASTS_S = 30 * 86_400.0
"""How long a subscription lasts after the page was opened last; it ends with its token in any case."""


@router.post("/subscribe", response_model=schema.Said)
async def subscribe(body: schema.NewPush, context: Context) -> Response:
    """Send notifications to this browser; told again, that lasts for longer."""
    push = _push(context)
    problem = push.endpoint_problem(body.endpoint)
    if problem:
        raise RequestError(422, problem, "endpoint")
    grant = context.grant
    made = PushSubscription(
        endpoint=body.endpoint,
        p256dh=body.p256dh,
        auth=body.auth,
        holder=grant.name,
        expires_s=context.access.now_s() + LASTS_S,
        token_sha256=grant.token_sha256,
    )
    context.note("push-added", name=made.name, host=made.host)
    try:
        push.add(made)
    except NotifyError as failure:
        raise RequestError(422, str(failure), "p256dh") from None
    return answer({"said": f"this browser gets notifications as {made.name}"})


@router.post("/unsubscribe", response_model=schema.Said)
async def unsubscribe(body: schema.EndedPush, context: Context) -> Response:
    """Send no notifications to this browser any more."""
    push = _push(context)
    context.note("push-removed")
    push.remove(lambda each: each.endpoint == body.endpoint)
    return answer({"said": "this browser gets no notifications any more"})


def _push(context: RequestContext) -> Push:
    context.require(Permission.READ)  # of all agents: what is sent is about any of them
    push = context.control.push
    if push is None:
        raise RequestError(409, "[notify] channels has no 'push'")
    return push
