"""`oma hooks`: lets an agent report how it is by its own hooks; a dry run without `--yes`."""

import argparse
import difflib
import functools
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path

import attrs

from oma.cli.settings_file import (
    back_up,
    read_settings_file,
    remove_settings_file,
    replace_settings_file,
)
from oma.errors import OmaError
from oma.hooks import claude, gemini
from oma.hooks.command import hook_command, is_hook_command
from oma.hooks.json_text import parse_settings, render_settings
from oma.hooks.settings import install_hooks, installed_events, uninstall_hooks
from oma.model.printable import printable
from oma.runtime.client.working_directory import absolute

_CODEX = """\
codex needs no hooks: it reports by itself (OSC 7501, seen with 0.169.0) when it works, asks for
permission, is done or fails, and oma reads that. Nothing is installed, and nothing was.
It reports nothing while it asks a question (request_user_input); its screen tells that.
"""

_AFTERWARDS = {
    "claude": "sessions of claude that run now may need a restart",
    "gemini": "sessions of gemini that run now need a restart",
    "opencode": "an opencode that runs now needs a restart",
}


@attrs.frozen
class _Plan:
    """What a file holds and is to hold; `None` where there is no file."""

    path: Path
    before: str | None
    after: str | None


@attrs.frozen
class _JsonAgent:
    """An agent that keeps its hooks in a JSON settings file."""

    name: str
    events: tuple[str, ...]
    hook: Callable[[str], dict[str, object]]

    def plan(self, path: Path, action: str) -> _Plan:
        before = read_settings_file(path)
        settings = parse_settings(before or "", str(path))
        is_ours = functools.partial(is_hook_command, agent=self.name)
        if action == "install":
            wanted = install_hooks(settings, self.events, self.hook(self.command()), is_ours)
        else:
            wanted = uninstall_hooks(settings, is_ours)
        after = before if wanted == settings else render_settings(wanted, before or "")
        return _Plan(path, before, after)

    def show(self, path: Path) -> list[str]:
        settings = parse_settings(read_settings_file(path) or "", str(path))
        is_ours = functools.partial(is_hook_command, agent=self.name)
        installed = installed_events(settings, is_ours)
        return [
            *(
                f"{e:<20} {'installed' if e in installed else 'not installed'}"
                for e in self.events
            ),
            f"command: {self.command()}",
        ]

    def command(self) -> str:
        return hook_command(_own_command(), self.name)


@attrs.frozen
class _PluginAgent:
    """An agent that loads a plugin of ours, a file of its own."""

    name: str

    def plan(self, path: Path, action: str) -> _Plan:
        before, plugin = read_settings_file(path), self._plugin()
        mark = plugin.partition("\n")[0]
        if before is not None and not before.startswith(mark):
            message = f"{path} is not a file of oma's: it is left alone"
            raise OmaError(message)
        return _Plan(path, before, plugin if action == "install" else None)

    def show(self, path: Path) -> list[str]:
        found = read_settings_file(path)
        if found is None:
            return ["not installed"]
        return ["installed" if found == self._plugin() else "another version is installed"]

    def _plugin(self) -> str:
        return files("oma.hooks").joinpath(f"{self.name}.js").read_text("utf-8")


_AGENTS: dict[str, _JsonAgent | _PluginAgent] = {
    "claude": _JsonAgent("claude", claude.EVENTS, claude.claude_hook),
    "gemini": _JsonAgent("gemini", gemini.EVENTS, gemini.gemini_hook),
    "opencode": _PluginAgent("opencode"),
}


def run(arguments: argparse.Namespace) -> int:
    """Install, uninstall or show the hooks of one agent."""
    if arguments.agent == "codex":
        print(_CODEX, end="")
        return 0
    agent = _AGENTS[arguments.agent]
    path = _settings_path(arguments, os.environ)
    if arguments.action == "show":
        lines = agent.show(path)
        print(printable(str(path)), *(f"  {printable(line)}" for line in lines), sep="\n")
        return 0
    plan = agent.plan(path, arguments.action)
    if plan.after == plan.before:
        state = "installed already" if arguments.action == "install" else "not installed"
        print(f"{agent.name}: {state} in {printable(str(path))}; nothing to do")
        return 0
    if not arguments.yes:
        _print_difference(plan)
        print("oma: nothing was written; add --yes to write this", file=sys.stderr)
        return 0
    _carry_out(plan)
    print(f"oma: {_AFTERWARDS[agent.name]}", file=sys.stderr)
    return 0


def _carry_out(plan: _Plan) -> None:
    path = printable(str(plan.path))
    if plan.before is not None:
        print(f"backup: {printable(str(back_up(plan.path)))}")
    if plan.after is None:
        remove_settings_file(plan.path)
        print(f"removed: {path}")
    else:
        replace_settings_file(plan.path, plan.after)
        print(f"written: {path}")


def _print_difference(plan: _Plan) -> None:
    lines = difflib.unified_diff(
        (plan.before or "").splitlines(),
        (plan.after or "").splitlines(),
        fromfile=str(plan.path) if plan.before is not None else os.devnull,
        tofile=str(plan.path) if plan.after is not None else os.devnull,
        lineterm="",
    )
    for line in lines:
        print(printable(line))


def _settings_path(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Path:
    if arguments.settings is not None:
        return Path(arguments.settings)
    home = Path(os.path.expanduser("~"))
    if arguments.agent == "claude":
        return Path(environ.get("CLAUDE_CONFIG_DIR") or home / ".claude") / "settings.json"
    if arguments.agent == "gemini":
        return home / ".gemini" / "settings.json"
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return config / "opencode" / "plugins" / "oma.js"


def _own_command() -> list[str]:
    """Return how to run this very `oma` from any directory."""
    found = shutil.which(sys.argv[0])
    if found is not None and Path(found).suffix != ".py":
        return [str(absolute(found))]
    # -P: an agent's working directory is not ours to import from.
    return [sys.executable, "-P", "-m", "oma"]
