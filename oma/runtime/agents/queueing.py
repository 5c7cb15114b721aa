"""Queues a prompt for an agent."""

import trio

from oma.detection.profile import GENERIC
from oma.errors import CommandError
from oma.model.health import Health
from oma.model.prompts import Addressee
from oma.model.state import AgentState
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.agents.server_run import server_run
from oma.tmux.address import ServerAddress
from oma.tmux.pane_input import check_text, plain_lines


async def addressee_of(server: ServerAddress, agent: AgentState) -> Addressee:
    """Return whom a prompt for an agent is for.

    Raises:
        CommandError: It has no pane.
    """
    if agent.pane is None:
        raise CommandError(f"{agent.name} has no pane")
    return Addressee(await server_run(server), agent.pane, agent.name, agent.lasting_name)


async def queue_prompt(
    server: ServerAddress, file: QueueFile, agent: AgentState, text: str
) -> str:
    """Queue a text for an agent, and say how many stand before it.

    Raises:
        CommandError: It has ended, nobody would know when it is at its prompt, or it is no text to send.
        OmaError: The queue cannot be written.
    """
    if agent.verdict.health is Health.EXITED:
        raise CommandError(f"{agent.name} has ended: nothing would read the text")
    if agent.profile == GENERIC:
        raise CommandError(
            f"no profile says when {agent.name} is at its prompt: nothing was queued; "
            "'oma profiles draft' makes one, 'oma send' sends now"
        )
    plain = plain_lines(text)
    if not plain:
        raise CommandError("there is no text to queue")
    check_text(plain)
    to = await addressee_of(server, agent)
    queue = await trio.to_thread.run_sync(file.change, lambda queue: queue.added(to, plain))
    before = sum((p.to.server, p.to.pane) == (to.server, to.pane) for p in queue.prompts) - 1
    behind = f", behind {before}" if before else ""
    why = queue.why_stopped(to)
    stopped = f"; its queue has stopped: {why}" if why else ""
    return f"queued for {agent.name}{behind}{stopped}"
