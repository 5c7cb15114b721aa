"""What the file with an agent's hooks is to hold: pure, from the text that it holds now.

A text is `None` where there is no file. `source` names the file in messages.
"""

from collections.abc import Callable
from functools import partial

import attrs

from oma.errors import OmaError
from oma.hooks.hook_command import hook_command, is_hook_command
from oma.hooks.json_text import parse_settings, render_settings
from oma.hooks.settings import Settings, install_hooks, installed_events, uninstall_hooks
from oma.hooks.toml_hooks import TomlHooks


@attrs.frozen
class _CommandHooks:
    """Our command at events of an agent.

    Args:
        agent: Its name.
        events: At which our command runs.
        hook: Makes the entry of a command.
        oma: The words that run this `oma`.
    """

    agent: str
    events: tuple[str, ...]
    hook: Callable[[str], dict[str, object]]
    oma: tuple[str, ...]

    @property
    def command(self) -> str:
        """The line that the agent runs."""
        return hook_command(self.oma, self.agent)

    @property
    def entry(self) -> dict[str, object]:
        """What stands for it in the file."""
        return self.hook(self.command)


class JsonHooks(_CommandHooks):
    """Hooks in a JSON settings file."""

    def changed(self, text: str | None, source: str, *, install: bool) -> str | None:
        """Return the text with our hooks, or without them.

        Raises:
            OmaError: It is not JSON, or its hooks do not have the shape that the agent documents.
        """
        settings = parse_settings(text or "", source)
        wanted: Settings
        if install:
            wanted = install_hooks(settings, self.events, self.entry, self._is_ours)
        else:
            wanted = uninstall_hooks(settings, self._is_ours)
        return text if wanted == settings else render_settings(wanted, text or "")

    def describe(self, text: str | None, source: str) -> list[str]:
        """Return a line for each event, and the command; raises as `changed`."""
        found = installed_events(parse_settings(text or "", source), self._is_ours)
        lines = [f"{e:<20} {'installed' if e in found else 'not installed'}" for e in self.events]
        return [*lines, f"command: {self.command}"]

    @property
    def _is_ours(self) -> Callable[[str], bool]:
        return partial(is_hook_command, agent=self.agent)


@attrs.frozen
class PluginHooks:
    """A plugin of ours, a file of its own; its first line says that it is ours."""

    plugin: str

    def changed(self, text: str | None, source: str, *, install: bool) -> str | None:
        """Return the plugin, or `None` to remove it.

        Raises:
            OmaError: The file is not ours.
        """
        if text is not None and not text.startswith(self.plugin.partition("\n")[0]):
            raise OmaError(f"{source} is not a file of oma's: it is left alone")
        return self.plugin if install else None

    def describe(self, text: str | None, source: str) -> list[str]:  # noqa: ARG002  # as `JsonHooks`
        """Return one line."""
        if text is None:
            return ["not installed"]
        return ["installed" if text == self.plugin else "another version is installed"]


class OwnJsonHooks(_CommandHooks):
    """Hooks in a JSON file of ours, beside those of others: each event has a list of entries."""

    def changed(self, text: str | None, source: str, *, install: bool) -> str | None:
        """Return the file, or `None` to remove it.

        Raises:
            OmaError: The file is not ours.
        """
        if text is not None and f" report --from-hook {self.agent} " not in text:
            raise OmaError(f"{source} is not a file of oma's: it is left alone")
        return self._file() if install else None

    def describe(self, text: str | None, source: str) -> list[str]:  # noqa: ARG002  # as `JsonHooks`
        """Return one line."""
        if text is None:
            return ["not installed"]
        return ["installed" if text == self._file() else "another version is installed"]

    def _file(self) -> str:
        hooks = {event: [self.entry] for event in self.events}
        return render_settings({"version": 1, "hooks": hooks}, "")


AgentHooks = JsonHooks | OwnJsonHooks | PluginHooks | TomlHooks
