"""`oma doctor`: what is wrong with this machine, or would go wrong."""

import argparse
import json
import locale
import os
import platform
import sys

import attrs
import trio

from oma.cli.setting import Setting, read_setting
from oma.config.load import config_directory
from oma.config.profiles import load_profiles
from oma.errors import OmaError
from oma.runtime.program import VARIABLE, tmux_program
from oma.runtime.server import find_sessions, tmux_version
from oma.runtime.tmux_client import run_tmux
from oma.tmux.capabilities import check, is_misunderstanding, known_crashes, parse_version
from oma.tmux.invocation import list_sessions_argv


@attrs.frozen
class Finding:
    """One thing that was looked at."""

    about: str
    ok: bool
    text: str
    warning: bool = False
    """It keeps nothing from working now, and is to be known all the same."""

    @property
    def label(self) -> str:
        """How it begins on its line."""
        if not self.ok:
            return "BAD "
        return "warn" if self.warning else "ok  "


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when something keeps `oma` from working."""
    findings = trio.run(_examine, read_setting(arguments))
    if arguments.json:
        print(json.dumps([attrs.asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            print(f"{finding.label} {finding.about:<10} {finding.text}")
    return 0 if all(finding.ok for finding in findings) else 1


async def _examine(setting: Setting) -> list[Finding]:
    findings = [
        Finding("system", ok=True, text=f"Python {platform.python_version()}, {sys.platform}"),
        *await _tmux(setting),
        _locale(),
        _terminal(),
        Finding("config", ok=True, text=str(setting.config_path or "defaults")),
    ]
    directory = config_directory(os.environ)
    _, errors = load_profiles(None if directory is None else directory / "profiles")
    findings += [Finding("profile", ok=False, text=str(error)) for error in errors]
    return findings


async def _tmux(setting: Setting) -> list[Finding]:
    try:
        text = await tmux_version()
        version = parse_version(text)
        check(version)
    except OmaError as error:
        return [Finding("tmux", ok=False, text=str(error))]
    named = f" ({tmux_program(os.environ)})" if os.environ.get(VARIABLE) else ""
    ours = f"version {text}{named}, control mode with flow control"
    findings = [Finding("tmux", ok=True, text=ours)]
    try:
        sessions = await find_sessions(setting.server)
        running = sessions[0].server_version if sessions else text
        findings += _crashes(running)
        if sessions is None:
            return [*findings, await _no_server(setting, text)]
    except OmaError as error:
        return [*findings, Finding("server", ok=False, text=f"{setting.socket}: {error}")]
    if running != text:
        mixed = f"tmux {running}, not {text} as our clients: name the server's tmux in {VARIABLE}"
        findings.append(_warning("server", mixed))
    agents = [row for row in sessions if setting.watched(row.name)]
    text = f"{setting.socket}: {len(sessions)} sessions, {len(agents)} of them agents"
    findings.append(Finding("server", ok=True, text=text))
    findings += [
        _warning(
            "server", f"{row.name!r} has destroy-unattached on: its output cannot be followed"
        )
        for row in agents
        if row.destroy_unattached
    ]
    return findings


def _crashes(version: str) -> list[Finding]:
    crashes = known_crashes(parse_version(version))
    return [_warning("tmux", f"known crash of {version}: {crash}") for crash in crashes]


def _warning(about: str, text: str) -> Finding:
    return Finding(about, ok=True, text=text, warning=True)


async def _no_server(setting: Setting, version: str) -> Finding:
    answer = await run_tmux(list_sessions_argv(setting.server))
    if is_misunderstanding(answer.complaint):
        text = f"{setting.socket}: does not understand tmux {version}: name its own in {VARIABLE}"
        return Finding("server", ok=False, text=text)
    return Finding("server", ok=True, text=f"none at {setting.socket}")


def _locale() -> Finding:
    encoding = locale.getpreferredencoding(do_setlocale=True)
    ok = encoding.upper().replace("-", "") == "UTF8"
    text = encoding if ok else f"{encoding}: not UTF-8; agents' text is shown with replacements"
    return Finding("locale", ok=ok, text=text)


def _terminal() -> Finding:
    term = os.environ.get("TERM", "")
    ok = term not in {"", "dumb"} or not sys.stdout.isatty()
    return Finding("terminal", ok=ok, text=term or "no TERM is set")
