"""`oma profiles draft`: a profile for an agent that nobody knows, from a recording of it."""

from pathlib import Path

from oma.cli.cli_context import CliContext, profiles_in_force
from oma.cli.log_source import open_source
from oma.detection.profile_draft import draft_text
from oma.errors import ConfigError
from oma.reducers.log_study import LogStudy, PaneStudy


def draft(path: Path, context: CliContext, agent: str | None) -> str:
    """Return the text of a profile, in TOML.

    Args:
        path: The recording, or a transcript.
        context: With the prefix of agents' names.
        agent: Which; `None` where the recording holds one alone.

    Raises:
        ConfigError: There is no such agent, or several are there and none was named.
        RecordingError: The recording cannot be read.
    """
    log, end_s = LogStudy(), 0.0
    with open_source(path, context.config, profiles_in_force()) as source:
        for record in source.records:
            log.take(record.t, record.event)
            end_s = record.t
    name, pane = _chosen(log, context.config.dashboard.session_prefix, agent, path)
    programs = tuple(pane.programs)
    argv = rf"(^|/)({'|'.join(map(_escaped, programs))})(\.\w+)?( |$)"
    return draft_text(
        pane.study.signs(end_s),
        f"{name} in {path.name}",
        programs,
        argv if pane.is_launched and programs else None,
    )


def _chosen(log: LogStudy, prefix: str, agent: str | None, path: Path) -> tuple[str, PaneStudy]:
    named = log.named
    names = [*named] if agent is None else [n for n in (agent, f"{prefix}{agent}") if n in named]
    if agent is None and len(names) > 1:
        raise ConfigError(f"{path}: several agents: --agent {', '.join(sorted(names))}")
    if not names:
        known = ", ".join(sorted(named)) or "none"
        raise ConfigError(f"{path}: no agent {agent or ''!r}; there are: {known}")
    return names[0], named[names[0]]


def _escaped(name: str) -> str:
    return "".join(sign if sign.isalnum() else rf"\x{{{ord(sign):x}}}" for sign in name)
