"""The queue of prompts: where it is, and who sends it: the service, or a dashboard where none does."""

import sys
from collections.abc import Callable

from oma.cli.agent_control import live_controller
from oma.cli.cli_context import CliContext
from oma.cli.lasting_file import keeper_lock, lasting_file
from oma.cli.live import RunContext
from oma.cli.one_keeper import run_alone
from oma.errors import OmaError
from oma.model.printable import printable
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.agents.queue_sender import QueueSender
from oma.runtime.client.server_file import held_file

_KIND = "queue"


def queue_file(context: CliContext) -> QueueFile:
    """Return the queue of the tmux server.

    Raises:
        OmaError: There is no place for it.
    """
    return QueueFile(lasting_file(context, _KIND, "no queue"))


def is_sent(context: CliContext) -> bool:
    """Say whether some process sends what is queued."""
    try:
        with held_file(keeper_lock(context, _KIND), lambda _: "taken"):
            return False
    except OmaError:
        return True


async def send_queued(context: CliContext, live: RunContext) -> None:
    """Send what is queued, as soon as nobody else does; what keeps us from it is said on stderr."""
    await send_queue(context, live, _say)


async def send_queue(context: CliContext, live: RunContext, say: Callable[[str], None]) -> None:
    """As `send_queued`, and tell `say` what goes wrong."""
    try:
        file, controller = queue_file(context), live_controller(context, live)
        sender = QueueSender(controller, file, live.clock.now_s, say)
        await run_alone(keeper_lock(context, _KIND), sender.run)
    except OmaError as error:
        say(f"nothing that is queued is sent: {error}")


def _say(words: str) -> None:
    print(f"oma: {printable(words)}", file=sys.stderr)
