"""What `oma tmux install` sets on a server, and how each of it is taken away again.

A segment is added to the status line and to the formats of windows, beside what the user has there, and is
removed from wherever it stands then. An option that had to change otherwise is kept in an option of ours. A
key that is taken stays as it is.
"""

import re
from collections.abc import Mapping, Sequence

import attrs

from oma.tmux.commands.command import Command
from oma.tmux.commands.server_settings import BindKey, SetGlobalOption, UnbindKey
from oma.tmux.status_segment import STATUS_OPTION, WINDOW_OPTION

_SEGMENTS = {
    "status-right": f"#{{?{STATUS_OPTION},#{{{STATUS_OPTION}}} ,}}",
    "window-status-format": f"#{{{WINDOW_OPTION}}}",
    "window-status-current-format": f"#{{{WINDOW_OPTION}}}",
}
"""Option → what is added to it."""

_LENGTH = "status-right-length"
_OLD_LENGTH = "@oma_status_right_length"
_MORE_COLUMNS = 40
"""What the segment takes at most, on top of what the user's own may take."""

INSTALLED_OPTION = "@oma_installed"
"""Set where a service is to set the options that are shown."""

OPTIONS = (*_SEGMENTS, _LENGTH, _OLD_LENGTH, INSTALLED_OPTION, STATUS_OPTION)
"""Those that are looked at."""

KEY_MARK = "OMA_KEY="
"""Begins the command of each binding of ours."""

_KEY = re.compile(r"[A-Za-z0-9]|(?:[CM]-){1,2}[a-z]|F[1-9][0-2]?", re.ASCII)
_BOUND = re.compile(r"bind-key +(?:-r +)?-T +prefix +(\S+) +(.*)", re.ASCII)


@attrs.frozen
class InstalledKey:
    """Something that a key does."""

    name: str
    about: str
    """For the list of keys."""
    key: str
    """That it is bound to unless the user wants another one."""


KEY_ACTIONS = (
    InstalledKey("next", "oma: go to the next agent that needs you", "a"),
    InstalledKey("dashboard", "oma: the dashboard in a popup", "A"),
    InstalledKey("answer", "oma: answer the agent that waits, in a popup", "y"),
)


@attrs.frozen
class ServerSettings:
    """How a server is set now."""

    options: Mapping[str, str]
    """Those of `OPTIONS` that are set."""
    keys: Mapping[str, str]
    """Key after the prefix → what it runs."""

    @property
    def own_keys(self) -> tuple[str, ...]:
        """The keys that are bound to something of ours."""
        return tuple(key for key, command in self.keys.items() if KEY_MARK in command)


@attrs.frozen
class SettingChange:
    """One thing that is set or taken away."""

    about: str
    """What, in one line for the user."""
    command: Command


@attrs.frozen
class InstallationPlan:
    """What is to be changed."""

    changes: tuple[SettingChange, ...] = ()
    left: tuple[str, ...] = ()
    """What is left as it is, and why; one line each."""


def is_key(text: str) -> bool:
    """Say whether a text is a key that can be bound: `a`, `M-a`, `F5`."""
    return _KEY.fullmatch(text) is not None


def parse_keys(lines: Sequence[str]) -> dict[str, str]:
    """Return what the keys after the prefix run, from the lines of `list-keys`."""
    found = (_BOUND.match(line) for line in lines)
    return {match[1]: match[2] for match in found if match is not None}


def installation(
    now: ServerSettings, keys: Mapping[str, str], oma: Mapping[str, str]
) -> InstallationPlan:
    """Return what is missing on a server.

    Args:
        now: How it is set.
        keys: Name of a `InstalledKey` → the key that it is to have; empty for none.
        oma: Name of a `InstalledKey` → the line for the shell that does it.
    """
    changes = [
        _set(name, f"{segment}{value}" if name == "status-right" else f"{value}{segment}")
        for name, segment in _SEGMENTS.items()
        if segment not in (value := now.options.get(name, ""))
    ]
    length = now.options.get(_LENGTH, "")
    if _OLD_LENGTH not in now.options and length.isdigit():
        changes.append(_set(_LENGTH, str(int(length) + _MORE_COLUMNS)))
        changes.append(_set(_OLD_LENGTH, length))
    if INSTALLED_OPTION not in now.options:
        changes.append(_set(INSTALLED_OPTION, "1"))
    left = []
    for action in KEY_ACTIONS:
        key = keys.get(action.name, "")
        if not key:
            continue
        line = f"{KEY_MARK}{action.name} exec {oma[action.name]}"
        bound = now.keys.get(key, "")
        if bound and KEY_MARK not in bound:
            left.append(f"key {key} ({action.name}): it is bound already: {bound}")
        elif f"{KEY_MARK}{action.name} " not in bound:
            about = f"bind {key}: {action.about.removeprefix('oma: ')}"
            changes.append(SettingChange(about, BindKey(key, action.about, line)))
    return InstallationPlan(tuple(changes), tuple(left))


def removal(now: ServerSettings) -> InstallationPlan:
    """Return what takes everything away again, and restores what was there."""
    changes = [
        _set(name, now.options[name].replace(segment, ""))
        for name, segment in _SEGMENTS.items()
        if segment in now.options.get(name, "")
    ]
    old, length = now.options.get(_OLD_LENGTH, ""), now.options.get(_LENGTH, "")
    if old.isdigit():
        if length == str(int(old) + _MORE_COLUMNS):  # else the user has set another one since
            changes.append(_set(_LENGTH, old))
        changes.append(_unset(_OLD_LENGTH))
    changes += [_unset(name) for name in (INSTALLED_OPTION, STATUS_OPTION) if name in now.options]
    changes += [SettingChange(f"unbind {key}", UnbindKey(key)) for key in now.own_keys]
    return InstallationPlan(tuple(changes))


def describe(now: ServerSettings) -> tuple[str, ...]:
    """Return what of ours is set, one line each."""
    lines = [
        f"{name}: holds {segment}"
        for name, segment in _SEGMENTS.items()
        if segment in now.options.get(name, "")
    ]
    lines += [
        f"{name} = {now.options[name]}"
        for name in (_OLD_LENGTH, INSTALLED_OPTION, STATUS_OPTION)
        if name in now.options
    ]
    return (*lines, *(f"key {key}: {now.keys[key]}" for key in now.own_keys))


def _set(name: str, value: str) -> SettingChange:
    return SettingChange(f"set {name} {value!r}", SetGlobalOption(name, value))


def _unset(name: str) -> SettingChange:
    return SettingChange(f"unset {name}", SetGlobalOption(name, None))
