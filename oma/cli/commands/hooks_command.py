"""`oma hooks`: lets an agent report how it is by its own hooks; a dry run without `--yes`."""

import argparse
import difflib
import os
import shutil
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import attrs

from oma.cli.arguments import add_flag
from oma.cli.exit_codes import DONE
from oma.cli.option_values import GlobalOptions
from oma.hooks import claude, copilot, gemini, kimi, qwen
from oma.hooks.agent_hooks import AgentHooks, JsonHooks, OwnJsonHooks, PluginHooks
from oma.hooks.toml_hooks import TomlHooks
from oma.model.printable import printable
from oma.runtime.client.working_directory import absolute
from oma.runtime.settings_file import (
    back_up,
    read_settings_file,
    remove_settings_file,
    replace_settings_file,
)

_CODEX = """\
codex needs no hooks: it reports by itself (OSC 7501, seen with 0.169.0) when it works, asks for
permission, is done or fails, and oma reads that. Nothing is installed, and nothing was.
It reports nothing while it asks a question (request_user_input); its screen tells that.
"""

_AFTERWARDS = {
    "claude": "sessions of claude that run now may need a restart",
    "gemini": "sessions of gemini that run now need a restart",
    "qwen": "sessions of qwen that run now need a restart",
    "kimi": "sessions of kimi that run now need a restart",
    "copilot": "sessions of copilot that run now need a restart",
    "opencode": "an opencode that runs now needs a restart",
    "kilo": "a kilo that runs now needs a restart",
}


@attrs.frozen(kw_only=True)
class HooksOptions(GlobalOptions):
    """What is done to the hooks of which agent."""

    action: str
    agent: str
    yes: bool = False
    settings: str | None = None
    """A settings file that is not the agent's own."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma hooks`."""
    parser.add_argument("action", choices=("install", "uninstall", "show"))
    parser.add_argument("agent", choices=("codex", *_AFTERWARDS))
    add_flag(parser, "--yes", "write; without it, show what would be")
    parser.add_argument("--settings", metavar="FILE", help="not the agent's own settings file")


def run(options: HooksOptions) -> int:
    """Install, uninstall or show the hooks of one agent."""
    if options.agent == "codex":
        print(_CODEX, end="")
        return DONE
    path = _settings_path(options, os.environ)
    hooks = _hooks_of(options.agent)
    before = read_settings_file(path)
    if options.action == "show":
        lines = hooks.describe(before, str(path))
        print(printable(str(path)), *(f"  {printable(line)}" for line in lines), sep="\n")
        return DONE
    install = options.action == "install"
    after = hooks.changed(before, str(path), install=install)
    if after == before:
        state = "installed already" if install else "not installed"
        print(f"{options.agent}: {state} in {printable(str(path))}; nothing to do")
        return DONE
    if not options.yes:
        _print_difference(path, before, after)
        print("oma: nothing was written; add --yes to write this", file=sys.stderr)
        return DONE
    _change(path, before, after)
    print(f"oma: {_AFTERWARDS[options.agent]}", file=sys.stderr)
    return DONE


def _hooks_of(agent: str) -> AgentHooks:
    oma = tuple(_own_command())
    if agent == "claude":
        return JsonHooks(agent, claude.EVENTS, claude.claude_hook, oma)
    if agent == "gemini":
        return JsonHooks(agent, gemini.EVENTS, gemini.gemini_hook, oma)
    if agent == "qwen":
        return JsonHooks(agent, claude.EVENTS, qwen.qwen_hook, oma)
    if agent == "kimi":
        return TomlHooks(agent, kimi.EVENTS, kimi.TIMEOUT_S, oma)
    if agent == "copilot":
        return OwnJsonHooks(agent, copilot.EVENTS, copilot.copilot_hook, oma)
    # Kilo is made of opencode, and has its plugins.
    plugin = files("oma.hooks").joinpath("opencode.js").read_text("utf-8")
    return PluginHooks(plugin.replace("opencode", agent))


def _change(path: Path, before: str | None, after: str | None) -> None:
    if before is not None:
        print(f"backup: {printable(str(back_up(path)))}")
    if after is None:
        remove_settings_file(path)
        print(f"removed: {printable(str(path))}")
    else:
        replace_settings_file(path, after)
        print(f"written: {printable(str(path))}")


def _print_difference(path: Path, before: str | None, after: str | None) -> None:
    lines = difflib.unified_diff(
        (before or "").splitlines(),
        (after or "").splitlines(),
        fromfile=str(path) if before is not None else os.devnull,
        tofile=str(path) if after is not None else os.devnull,
        lineterm="",
    )
    for line in lines:
        print(printable(line))


def _settings_path(options: HooksOptions, environ: Mapping[str, str]) -> Path:
    if options.settings is not None:
        return Path(options.settings)
    home = Path(os.path.expanduser("~"))
    if options.agent == "claude":
        return Path(environ.get("CLAUDE_CONFIG_DIR") or home / ".claude") / "settings.json"
    if options.agent in {"gemini", "qwen"}:
        return home / f".{options.agent}" / "settings.json"
    if options.agent == "kimi":
        return Path(environ.get("KIMI_CODE_HOME") or home / ".kimi-code") / "config.toml"
    if options.agent == "copilot":
        return Path(environ.get("COPILOT_HOME") or home / ".copilot") / "hooks" / "oma.json"
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return config / options.agent / "plugins" / "oma.js"


def _own_command() -> list[str]:
    """Return how to run this very `oma` from any directory."""
    found = shutil.which(sys.argv[0])
    if found is not None and Path(found).suffix != ".py":
        return [str(absolute(found))]
    # -P: an agent's working directory is not ours to import from.
    return [sys.executable, "-P", "-m", "oma"]
