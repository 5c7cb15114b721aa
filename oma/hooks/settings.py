"""Settings of an agent with its hooks: ours are put in and taken out, the rest stays as it is.

Claude Code and Gemini CLI keep the same shape: `hooks` maps each event to a list of groups, each with
an optional `matcher` and a list `hooks` of commands. Mappings in, new mappings out.
"""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NoReturn

from oma.errors import OmaError

Settings = dict[str, object]


def install_hooks(
    settings: Settings,
    events: Sequence[str],
    hook: Mapping[str, object],
    is_ours: Callable[[str], bool],
) -> Settings:
    """Return `settings` with `hook` at the end of each event's groups.

    Installing twice is installing once; hooks of ours that differ from `hook` are replaced.

    Args:
        settings: is left as it is.
        events: where to hook in.
        hook: its `command` is one that `is_ours` knows.
        is_ours: whether a command line is one of ours.

    Raises:
        OmaError: What stands at `hooks` does not have the shape that the agent documents.
    """
    _check(settings, events)
    group = {"hooks": [dict(hook)]}
    if _our_groups(settings, is_ours) == {event: [group] for event in events}:
        return settings
    settings = copy.deepcopy(uninstall_hooks(settings, is_ours))
    hooks = settings.setdefault("hooks", {})
    assert isinstance(hooks, dict)
    for event in events:
        hooks.setdefault(event, []).append(copy.deepcopy(group))
    return settings


def uninstall_hooks(settings: Settings, is_ours: Callable[[str], bool]) -> Settings:
    """Return `settings` without our hooks, and without the containers that this leaves empty.

    Total: what does not have the documented shape is not ours, and stays.
    """
    ours = _our_groups(settings, is_ours)
    if not ours:
        return settings
    settings = copy.deepcopy(settings)
    hooks = settings["hooks"]
    assert isinstance(hooks, dict)
    for event in ours:
        hooks[event] = [rest for group in hooks[event] for rest in _rests(group, is_ours)]
        if not hooks[event]:
            del hooks[event]
    if not hooks:
        del settings["hooks"]
    return settings


def installed_events(settings: Settings, is_ours: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the events that have a hook of ours, in their order. Total."""
    return tuple(_our_groups(settings, is_ours))


def _our_groups(settings: Settings, is_ours: Callable[[str], bool]) -> dict[str, list[object]]:
    hooks = settings.get("hooks")
    if not isinstance(hooks, dict):
        return {}
    found = {
        event: [group for group in groups if _has_ours(group, is_ours)]
        for event, groups in hooks.items()
        if isinstance(groups, list)
    }
    return {event: groups for event, groups in found.items() if groups}


def _hooks_of(group: object) -> list[object]:
    found = group.get("hooks") if isinstance(group, dict) else None
    return found if isinstance(found, list) else []


def _is_our_hook(hook: object, is_ours: Callable[[str], bool]) -> bool:
    command = hook.get("command") if isinstance(hook, dict) else None
    return isinstance(command, str) and is_ours(command)


def _has_ours(group: object, is_ours: Callable[[str], bool]) -> bool:
    return any(_is_our_hook(hook, is_ours) for hook in _hooks_of(group))


def _rests(group: object, is_ours: Callable[[str], bool]) -> Iterable[object]:
    """Return the group without our hooks, alone; nothing when there were no others."""
    if not _has_ours(group, is_ours):
        return (group,)
    assert isinstance(group, dict)
    others = [hook for hook in _hooks_of(group) if not _is_our_hook(hook, is_ours)]
    return (group | {"hooks": others},) if others else ()


def _check(settings: Settings, events: Iterable[str]) -> None:
    hooks = settings.get("hooks", {})
    if not isinstance(hooks, dict):
        _refuse("hooks", "an object", hooks)
    for event in events:
        if not isinstance(hooks.get(event, []), list):
            _refuse(f"hooks.{event}", "an array", hooks[event])


def _refuse(place: str, wanted: str, value: object) -> NoReturn:
    raise OmaError(f"{place} has to be {wanted}, not {value!r}")
