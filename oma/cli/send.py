"""`oma send`: type a text into an agent, and say whether it was seen to arrive.

The proof is the echo: the text is on the agent's screen once more than before. An agent that shows
something else (a pasted block, a password prompt) gives none, and that is said.
"""

import argparse
import json
import sys

import attrs
import trio

from oma.cli.live import Live, Run
from oma.cli.setting import Setting, read_setting
from oma.errors import CommandError
from oma.runtime.agents import Found, find_agent
from oma.runtime.typist import type_text


@attrs.define
class Sender:
    """The face of `send`."""

    setting: Setting
    found: Found
    text: str
    enter: bool
    arrived: bool = False

    async def show(self, live: Live) -> None:
        """Send, look for the echo, press Enter, and end the watch."""
        session, pane = self.found.pane.session, self.found.pane.pane
        try:
            self.arrived = await type_text(
                self.setting.server, live.store, session, pane, self.text, enter=self.enter
            )
        finally:
            live.scope.cancel()


def run(arguments: argparse.Namespace) -> int:
    """Send the text; 0 also when no echo proves that it arrived."""
    setting = read_setting(arguments)
    return trio.run(_send, setting, arguments)


async def _send(setting: Setting, arguments: argparse.Namespace) -> int:
    prefix = setting.config.dashboard.session_prefix
    found = await find_agent(setting.server, setting.watched, prefix, arguments.agent)
    if found.pane.dead:
        message = f"{found.name} has ended: nothing would read the text"
        raise CommandError(message)
    sender = Sender(setting, found, " ".join(arguments.text), not arguments.no_enter)
    only = attrs.evolve(setting, only=frozenset({found.name}))
    code = await Run(setting=only, face=sender.show).run()
    if arguments.json:
        print(json.dumps({"agent": found.name, "echoed": sender.arrived, "enter": sender.enter}))
    elif sender.arrived:
        print(f"sent to {found.name}: its screen shows the text")
    else:
        print(
            f"oma: sent to {found.name}, but its screen does not show the text: "
            "whether it arrived cannot be told",
            file=sys.stderr,
        )
    return code
