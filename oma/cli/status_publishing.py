"""The task of a service that shows agents in tmux's status line."""

from oma.cli.cli_context import CliContext
from oma.cli.live import RunContext
from oma.runtime.integration.status_publisher import StatusPublisher


async def publish_status(context: CliContext, live: RunContext) -> None:
    """Keep the options of the status line, until cancelled."""
    await StatusPublisher(context.server, live.store).run()
