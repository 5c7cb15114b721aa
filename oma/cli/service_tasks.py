"""The socket as a task of the service: what is asked for there, and what is answered."""

import os
from collections.abc import Mapping
from functools import partial

import trio

from oma.cli.cli_context import CliContext
from oma.cli.frame_answer import frame_answer
from oma.cli.live import RunContext
from oma.cli.sampled_agents import SAMPLED, sampled_document
from oma.cli.status_look import Narrowing, layout_asked, status_text
from oma.cli.watching import key_of
from oma.errors import ConfigError
from oma.model.documents import status_document
from oma.runtime.monitor.settling import has_settled
from oma.runtime.service.protocol import FRAME, STATUS, TABLE
from oma.runtime.service.service_address import service_address
from oma.runtime.service.service_socket import ServiceSocket

SETTLE_S = 2.5
"""How old a watch is when what it knows may have settled: by then kinds are known that only a screen tells of, and
errors that stood when it began have stood for as long as they have to, unless the machine is slow."""


async def serve_socket(context: CliContext, live: RunContext) -> None:
    """Serve the log of the run, and what is known now.

    Raises:
        OmaError: Nothing can listen there.
    """

    def document(asked: Mapping[str, object]) -> Mapping[str, object]:
        state, t = live.store.state, live.clock.now_s()
        wall_time = live.clock.wall_time()
        try:
            narrowing = _narrowing_asked(context, asked)
        except ConfigError as mistake:
            return {"refused": str(mistake)}
        return {
            **status_document(narrowing.narrow(state), t, wall_time),
            SAMPLED: sampled_document(state, wall_time),
        }

    def table(asked: Mapping[str, object]) -> Mapping[str, object]:
        try:
            narrowing = _narrowing_asked(context, asked)
        except ConfigError as mistake:
            return {"refused": str(mistake)}
        state, t, layout = live.store.state, live.clock.now_s(), layout_asked(asked)
        told = status_text(state, t, live.clock.wall_time(), context, layout, narrowing)
        return {"table": told}

    served = ServiceSocket(
        service_address(context.socket, os.environ),
        key_of(context),
        live.header,
        live.store,
        answers={
            STATUS: document,
            TABLE: table,
            FRAME: partial(frame_answer, context, live.store, live.clock),
        },
        resync=live.monitor.resync,
        settled_s=trio.current_time() + SETTLE_S,
        has_settled=lambda: has_settled(live.store, SETTLE_S),
    )
    live.monitor.clients_changed = served.clients_changed
    await served.run()


def _narrowing_asked(context: CliContext, asked: Mapping[str, object]) -> Narrowing:
    """Return which agents a request means; raises as `filter_of`."""
    text = asked.get("filter")
    return Narrowing.of(context, text if isinstance(text, str) else None)
