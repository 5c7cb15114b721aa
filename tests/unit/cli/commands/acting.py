"""What subcommands ask of the controller about one agent; none is looked for."""

import attrs
import trio

from oma.cli import one_agent
from tests.unit.tui.fleets import agent


@attrs.define
class Controller:
    """Notes what it is asked."""

    asked: list = attrs.Factory(list)
    error: Exception | None = None
    echoes: bool = True

    async def carry_out(self, intent):
        self.asked.append(intent)
        return "as you wish"

    async def send(self, intent):
        self.asked.append(intent)
        if self.error is not None:
            raise self.error
        return self.echoes

    async def revive(self, found):
        self.asked.append(found)


def acting(monkeypatch, module, *, error=None, echoes=True, **facts):
    """Give a subcommand an agent called `bob`; return the list of what it asks."""
    controller = Controller(error=error, echoes=echoes)

    async def find(context, name, work):
        await trio.lowlevel.checkpoint()
        result = await work(controller, agent(1, **facts | {"name": "bob"}))
        return 0 if result is None else result

    for place in (module, one_agent):
        for name in ("with_look", "with_watch"):
            if hasattr(place, name):
                monkeypatch.setattr(place, name, find)
    return controller.asked
