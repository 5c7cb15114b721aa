"""Hooks as tables at the end of a TOML file, between two comments of ours; the rest of it stays to the byte."""

import json
import re
import tomllib
from collections.abc import Sequence

import attrs

from oma.errors import OmaError
from oma.hooks.hook_command import hook_command

_BEGIN, _END = "# oma hooks: begin", "# oma hooks: end"
_OURS = re.compile(rf"\n?^{_BEGIN}$.*?^{_END}$\n?", re.MULTILINE | re.DOTALL)


@attrs.frozen
class TomlHooks:
    """Hooks of an agent whose `hooks` are an array of tables, each with `event` and `command`.

    Args:
        agent: Its name.
        events: At which our command runs.
        timeout_s: How long it may run.
        oma: The words that run this `oma`.
    """

    agent: str
    events: Sequence[str]
    timeout_s: int
    oma: tuple[str, ...]

    def changed(self, text: str | None, source: str, *, install: bool) -> str | None:
        """Return the text with our hooks, or without them; `None` where nothing is left.

        Raises:
            OmaError: It is not TOML, or its hooks do not have the shape that the agent documents.
        """
        before = text or ""
        _parsed(before, source)
        rest = _OURS.sub("", before)
        if not install:
            return text if rest == before else rest or None
        if rest and not rest.endswith("\n"):
            rest += "\n"
        wanted = f"{rest}\n{self._block()}" if rest else self._block()
        _parsed(wanted, f"{source} with hooks")
        return wanted

    def describe(self, text: str | None, source: str) -> list[str]:
        """Return a line for each event, and the command; raises as `changed`."""
        _parsed(text or "", source)
        ours = _OURS.search(text or "")
        held = ours[0] if ours else ""
        lines = [
            f"{e:<20} {'installed' if f'event = {_text(e)}' in held else 'not installed'}"
            for e in self.events
        ]
        return [*lines, f"command: {self._command()}"]

    def _command(self) -> str:
        return hook_command(self.oma, self.agent)

    def _block(self) -> str:
        tables = (
            f"[[hooks]]\nevent = {_text(event)}\ncommand = {_text(self._command())}\n"
            f"timeout = {self.timeout_s}\n"
            for event in self.events
        )
        return f"{_BEGIN}\n{''.join(tables)}{_END}\n"


def _parsed(text: str, source: str) -> None:
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        raise OmaError(f"{source}: not TOML: {wrong}") from None
    if not isinstance(found.get("hooks", []), list):
        raise OmaError(f"{source}: hooks has to be an array of tables")


def _text(text: str) -> str:
    """Return a basic string, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
