"""`oma doctor`: what is wrong with this machine, or would go wrong."""

import argparse
import json
import os
import platform
import sys

import attrs
import trio

from oma.cli.arguments import add_json
from oma.cli.cli_context import CliContext, read_context
from oma.cli.doctor_environment import examine_environment
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.finding import Finding, warning
from oma.cli.fleet_engine import address_of
from oma.cli.fleet_findings import fleet_findings
from oma.cli.option_values import JsonOptions
from oma.cli.sampled_agents import sampled_findings
from oma.cli.service_question import ask
from oma.config.places import config_directory
from oma.config.profiles import load_profiles
from oma.errors import OmaError
from oma.runtime.client.server_finder import find_sessions, tmux_version
from oma.runtime.client.tmux_binary import VARIABLE, tmux_binary
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.service.protocol import STATUS
from oma.tmux.capabilities import check, is_misunderstanding, known_crashes, parse_version
from oma.tmux.options import SHOW_SERVER_OPTIONS, parse_server_options
from oma.tmux.queries.session_rows import LIST_SESSIONS


@attrs.frozen(kw_only=True)
class DoctorOptions(JsonOptions):
    """What is looked at besides."""

    fleet: str | None = None
    """An engine on which machines publish."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma doctor`."""
    add_json(parser)
    parser.add_argument(
        "--fleet", metavar="URL", help="also of the engine, and of the machines that publish there"
    )


def run(options: DoctorOptions) -> int:
    """Print the findings; 1 when something keeps `oma` from working.

    Raises:
        ConfigError: The address of an engine is none.
    """
    engine = None if options.fleet is None else address_of(options.fleet)
    findings = trio.run(_examine, read_context(options))
    findings += sampled_findings(ask(options, STATUS))
    if engine is not None:
        findings += trio.run(fleet_findings, engine)
    if options.json:
        print(json.dumps([attrs.asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            print(f"{finding.label} {finding.about:<10} {finding.text}")
    return DONE if all(finding.ok for finding in findings) else FAILED


async def _examine(context: CliContext) -> list[Finding]:
    findings = [
        Finding("system", ok=True, text=f"Python {platform.python_version()}, {sys.platform}"),
        *await _tmux(context),
        *examine_environment(),
        Finding("config", ok=True, text=str(context.config_path or "defaults")),
    ]
    directory = config_directory(os.environ)
    _, errors = load_profiles(None if directory is None else directory / "profiles")
    findings += [Finding("profile", ok=False, text=str(error)) for error in errors]
    return findings


async def _tmux(context: CliContext) -> list[Finding]:
    try:
        text = await tmux_version()
        version = parse_version(text)
        check(version)
    except OmaError as error:
        return [Finding("tmux", ok=False, text=str(error))]
    named = f" ({tmux_binary(os.environ)})" if os.environ.get(VARIABLE) else ""
    ours = f"version {text}{named}, control mode with flow control"
    findings = [Finding("tmux", ok=True, text=ours)]
    try:
        sessions = await find_sessions(context.server)
        running = sessions[0].server_version if sessions else text
        findings += _crashes(running)
        if sessions is None:
            return [*findings, await _no_server(context, text)]
    except OmaError as error:
        return [*findings, Finding("server", ok=False, text=f"{context.socket}: {error}")]
    if running != text:
        mixed = f"tmux {running}, not {text} as our clients: name the server's tmux in {VARIABLE}"
        findings.append(warning("server", mixed))
    agents = [row for row in sessions if context.watched(row.name)]
    text = f"{context.socket}: {len(sessions)} sessions, {len(agents)} of them agents"
    findings.append(Finding("server", ok=True, text=text))
    findings += await _options(context)
    findings += [
        warning(
            "server",
            f"{row.name!r} has destroy-unattached on: it gets no client, its agents are sampled",
        )
        for row in agents
        if row.destroy_unattached
    ]
    return findings


async def _options(context: CliContext) -> list[Finding]:
    """Say what the user's options do to sessions that nobody looks at."""
    answer = await TmuxClient(context.server).ask(SHOW_SERVER_OPTIONS)
    options = parse_server_options(answer.output.splitlines())
    findings = []
    if options is not None and options.destroy_unattached:
        text = (
            "destroy-unattached is on: a session ends when nobody is attached to it, but those that "
            "oma new and oma up start"
        )
        findings.append(warning("options", text))
    if options is not None and options.remain_on_exit:
        text = "remain-on-exit is on: panes stay when their programs end, but that of oma up"
        findings.append(Finding("options", ok=True, text=text))
    return findings


def _crashes(version: str) -> list[Finding]:
    return [
        warning("tmux", f"known crash of {version}: {crash.sentence}; oma cannot prevent it")
        if crash.avoidance is None
        else Finding(
            "tmux",
            ok=True,
            text=f"known crash of {version}, avoided: {crash.sentence}; {crash.avoidance}",
        )
        for crash in known_crashes(parse_version(version))
    ]


async def _no_server(context: CliContext, version: str) -> Finding:
    answer = await TmuxClient(context.server).ask(LIST_SESSIONS)
    if is_misunderstanding(answer.complaint):
        text = f"{context.socket}: does not understand tmux {version}: name its own in {VARIABLE}"
        return Finding("server", ok=False, text=text)
    return Finding("server", ok=True, text=f"none at {context.socket}")
