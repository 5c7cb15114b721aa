"""What happened over days."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from oma.summary import summary_shapes
from oma.web.api.dependencies import Context, answer
from oma.web.api.described import Described
from oma.web.auth.roles import Permission
from oma.web.request_error import RequestError

router = APIRouter(prefix="/api")

AgentDayDocument = Annotated[summary_shapes.AgentDayDocument, Described()]
Days = Annotated[int, Query(ge=1, le=31, description="So many, with today.")]


@router.get("/stats", response_model=list[AgentDayDocument])
async def tell_statistics(context: Context, days: Days = 7) -> Response:
    """Tell of each agent on each of the last days, as `oma stats --json`; empty where no history is kept."""
    context.require(Permission.READ)
    statistics = context.view.statistics
    if statistics is None:
        raise RequestError(409, "statistics are of one machine: open the page of 'oma web' there")
    return answer(list(await statistics.days(days)))
