"""What `oma serve` does beside the watch: it runs tasks, each of which gets the run as it goes on."""

from collections.abc import Awaitable, Callable, Sequence

import attrs
import trio

from oma.cli.cli_context import CliContext
from oma.cli.fleet_task import keep_agents
from oma.cli.history_task import write_history
from oma.cli.live import RunContext
from oma.cli.notifying import notify_beside
from oma.cli.queue_task import send_queued
from oma.cli.service_tasks import serve_socket
from oma.cli.status_publishing import publish_status

ServiceTask = Callable[[CliContext, RunContext], Awaitable[None]]
"""Works beside the watch until it is cancelled, which it is when the watch ends; it may return sooner.

It reads the log by a tail of its own (`live.store.tail()`), and what it raises ends the service.
"""

TASKS: tuple[ServiceTask, ...] = (
    serve_socket,
    write_history,
    notify_beside,
    publish_status,
    send_queued,
    keep_agents,
)
"""All that a service does, in no order."""


@attrs.frozen
class ServiceFrontend:
    """The frontend of `oma serve`.

    Args:
        context: Which server, and the configuration.
        tasks: What is done beside the watch.
    """

    context: CliContext
    tasks: Sequence[ServiceTask] = TASKS

    async def show(self, live: RunContext) -> None:
        """Run the tasks until the watch ends."""
        live.tail.only_transitions = True
        async with trio.open_nursery() as nursery:
            for task in self.tasks:
                nursery.start_soon(task, self.context, live)
            while await live.tail.receive():
                pass
            nursery.cancel_scope.cancel()
