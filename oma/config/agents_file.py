"""A fleet as a file: agents that are to be there. Read whole, and refused whole where a part is wrong."""

import json
from collections.abc import Iterable, Mapping

import attrs

from oma.config.kinds import NAME_CHARACTERS
from oma.errors import ConfigError

NAMED_BY = "letters, digits, '_' and '-'"
_TEXTS = ("name", "group", "profile", "command", "directory", "worktree", "base")


@attrs.frozen
class FleetAgent:
    """One agent."""

    name: str
    """Without the prefix of agents."""
    profile: str = ""
    command: str = ""
    """A line for the shell; one of the two, or neither for the default command."""
    directory: str = ""
    """Relative to that of the file; empty is that of the file for one that is started, and any for one that is there."""
    worktree: str | None = None
    """The branch of its git worktree; empty is that of its name, `None` is none."""
    base: str | None = None
    """Where that branch begins."""
    prompts: tuple[str, ...] = ()
    """What is queued for it when it is started."""
    group: str = ""
    """That it is put in; empty for none."""


def fleet_from_mapping(mapping: Mapping[str, object], source: str) -> tuple[FleetAgent, ...]:
    """Return the agents of a file in their order.

    Args:
        mapping: What the file holds: `[[agent]]` tables.
        source: The file, for messages.

    Raises:
        ConfigError: Something in it is unknown or wrong; the text names the agent and the key.
    """
    for key in mapping:
        if key != "agent":
            raise ConfigError(f"{source}: unknown key {key!r}: a fleet has [[agent]] tables alone")
    tables = mapping.get("agent", [])
    if not isinstance(tables, list) or not all(isinstance(each, Mapping) for each in tables):
        raise ConfigError(f"{source}: agent: expected [[agent]] tables")
    agents = tuple(
        _agent(each, f"{source}: agent {number}") for number, each in enumerate(tables, 1)
    )
    names = [agent.name for agent in agents]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f"{source}: two agents are named {name!r}")
    return agents


def _agent(table: Mapping[str, object], where: str) -> FleetAgent:
    known = [field.name for field in attrs.fields(FleetAgent)]
    for key in table:
        if key not in known:
            raise ConfigError(f"{where}: unknown key {key!r}; there are {', '.join(known)}")
    name = table.get("name")
    if not isinstance(name, str) or not name or not set(name) <= NAME_CHARACTERS:
        raise ConfigError(f"{where}: name = {name!r}: expected {NAMED_BY}")
    values = {key: _text(table[key], key, where) for key in _TEXTS if key in table}
    if not set(values.get("group", "")) <= NAME_CHARACTERS:
        raise ConfigError(f"{where}: group = {values['group']!r}: expected {NAMED_BY}")
    if "profile" in values and "command" in values:
        raise ConfigError(f"{where}: profile and command exclude each other")
    if "base" in values and "worktree" not in values:
        raise ConfigError(f"{where}: base is for a worktree")
    return FleetAgent(**values, prompts=_prompts(table.get("prompts", []), where))


def _text(value: object, key: str, where: str) -> str:
    if key == "worktree" and value in (True, ""):
        return ""
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{where}: {key} = {value!r}: expected a text")
    return value


def _prompts(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, list):
        prompts = tuple(each for each in value if isinstance(each, str) and each.strip())
        if len(prompts) == len(value):
            return prompts
    raise ConfigError(f"{where}: prompts: expected a list of texts")


def fleet_text(agents: Iterable[FleetAgent]) -> str:
    """Return a file that holds the agents; `fleet_from_mapping` reads it."""
    return "\n".join("".join(_lines(agent)) for agent in agents)


def _lines(agent: FleetAgent) -> Iterable[str]:
    yield "[[agent]]\n"
    for key in _TEXTS:
        value = getattr(agent, key)
        if value is not None and (value or key == "worktree"):
            yield f"{key} = {_toml(value)}\n"
    if agent.prompts:
        yield f"prompts = [{', '.join(map(_toml, agent.prompts))}]\n"


def _toml(text: str) -> str:
    """Return a text as a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
