"""The queue of prompts: where it is, and who sends it: the service, or a dashboard where none does."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from oma.cli.agent_control import live_controller
from oma.cli.cli_context import CliContext
from oma.cli.live import RunContext
from oma.cli.one_keeper import run_alone
from oma.config.places import state_directory
from oma.errors import ConfigError, OmaError
from oma.model.printable import printable
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.agents.queue_sender import QueueSender
from oma.runtime.client.server_file import held_file, server_file
from oma.runtime.locked_file import LockedFile


def queue_file(context: CliContext) -> QueueFile:
    """Return the queue of the tmux server.

    Raises:
        OmaError: There is no place for it.
    """
    state = state_directory(os.environ)
    if state is None:
        raise ConfigError("no queue: neither XDG_STATE_HOME nor HOME names a directory")
    # The name of the server is hashed as in the files of a run; those are elsewhere, and go.
    name = server_file(context.socket, os.environ, "queue", ".json").name
    return QueueFile(LockedFile(state / "queue" / name))


def is_sent(context: CliContext) -> bool:
    """Say whether some process sends what is queued."""
    try:
        with held_file(_lock(context), lambda _: "taken"):
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
        await run_alone(_lock(context), QueueSender(controller, file, live.clock.now_s, say).run)
    except OmaError as error:
        say(f"nothing that is queued is sent: {error}")


def _lock(context: CliContext) -> Path:
    return server_file(context.socket, os.environ, "queue", ".lock")


def _say(words: str) -> None:
    print(f"oma: {printable(words)}", file=sys.stderr)
