"""`oma send`: type a text into an agent, and say whether it was seen to arrive.

The proof is the echo: the text is on the agent's screen once more than before. An agent that shows
something else (a pasted block, a password prompt) gives none, and that is said.
"""

import argparse
import json
import sys
import unicodedata

import attrs
import trio

from oma.cli.live import Live, Run
from oma.cli.setting import Setting, read_setting
from oma.errors import CommandError
from oma.model.events import CommandSent
from oma.runtime.agents import Found, find_agent
from oma.runtime.server import run_tmux
from oma.tmux.invocation import send_key_argv, send_text_argv

ECHO_S = 2.0
"""How long the echo may take; agents show typed text within a frame or two."""

QUIET_S = 0.15
"""Silence after the text and before Enter: codex takes an Enter within 120 ms as part of it."""

PROOF_CHARACTERS = 40
"""The end of the text that has to be seen: a long one scrolls inside the agent's input box."""


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
        try:
            screen = await self._first_screen(live)
            before = _count(screen, self.text)
            pane = self.found.pane.pane
            live.store.append(CommandSent("send", pane, self.text))
            await self._do(send_text_argv(self.setting.server, pane, self.text))
            with trio.move_on_after(ECHO_S):
                while _count(self._screen(live), self.text) <= before:
                    await live.tail.receive()
                self.arrived = True
            if self.enter:
                await self._settle(live)
                live.store.append(CommandSent("key", pane, "Enter"))
                await self._do(send_key_argv(self.setting.server, pane, "Enter"))
        finally:
            live.scope.cancel()

    async def _first_screen(self, live: Live) -> tuple[str, ...]:
        with trio.move_on_after(ECHO_S):
            while (screen := self._screen(live)) is None:
                await live.tail.receive()
            return screen
        return ()

    def _screen(self, live: Live) -> tuple[str, ...] | None:
        return live.store.fleet.shown(self.found.pane.session)

    async def _settle(self, live: Live) -> None:
        """Wait until the agent has finished painting; not for one that never does."""
        with trio.move_on_after(ECHO_S):
            settled = False
            while not settled:
                with trio.move_on_after(QUIET_S) as quiet:
                    await live.tail.receive()
                settled = quiet.cancelled_caught

    async def _do(self, argv: list[str]) -> None:
        answer = await run_tmux(argv)
        if answer.status != 0:
            message = f"tmux refused to type into {self.found.name}: {answer.complaint}"
            raise CommandError(message)


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


def _count(screen: tuple[str, ...] | None, text: str) -> int:
    """Return how often the end of `text` is on the screen, however it is wrapped and framed."""
    proof = _ink(text)[-PROOF_CHARACTERS:]
    return _ink("".join(screen)).count(proof) if screen and proof else 0


def _ink(text: str) -> str:
    """Return `text` without blanks and without the lines that boxes are drawn with."""
    return "".join(
        character
        for character in text
        if not character.isspace()
        and not "\u2500" <= character <= "\u257f"
        and unicodedata.category(character) != "Cc"
    )
