"""The queue of prompts as lines of JSON: one that holds all of it, then one for each change.

So a change costs what it says, however much is queued.
"""

import json
from collections.abc import Iterable

import attrs

from oma.model.ids import PaneId
from oma.model.prompts import WAITING, Addressee, Prompt, PromptQueue


def whole_line(queue: PromptQueue) -> bytes:
    """Return the line that holds a queue."""
    return _line(attrs.asdict(queue))


def change_line(before: PromptQueue, after: PromptQueue) -> bytes | None:
    """Return the line that makes one queue another one; `None` where only a whole one would do."""
    known = {prompt.number: prompt for prompt in before.prompts}
    put = [prompt for prompt in after.prompts if known.pop(prompt.number, None) != prompt]
    told: dict[str, object] = {"next_number": after.next_number}
    if put:
        told["put"] = [attrs.asdict(prompt) for prompt in put]
    if known:
        told["out"] = list(known)
    if before.stopped != after.stopped:
        told["stopped"] = [(attrs.asdict(to), why) for to, why in after.stopped]
    if before.goes_on != after.goes_on:
        told["goes_on"] = [attrs.asdict(to) for to in after.goes_on]
    line = _line(told)
    return line if with_changes(before, [line]) == after else None


def read_whole(line: bytes) -> PromptQueue:
    """Return the queue that a line holds.

    Raises:
        ValueError, TypeError, LookupError, AttributeError: It holds none.
    """
    told = json.loads(line)
    prompts, stopped, number = told["prompts"], told["stopped"], told["next_number"]
    if not (isinstance(prompts, list) and isinstance(number, int)):
        raise TypeError
    goes_on = _goes_on(told.get("goes_on", []))
    return PromptQueue(tuple(map(_prompt, prompts)), _stopped(stopped), number, goes_on)


def with_changes(queue: PromptQueue, lines: Iterable[bytes]) -> PromptQueue:
    """Return the queue after changes.

    Raises:
        ValueError, TypeError, LookupError, AttributeError: A line is none of ours.
    """
    prompts = {prompt.number: prompt for prompt in queue.prompts}
    stopped, next_number, goes_on = queue.stopped, queue.next_number, queue.goes_on
    for line in lines:
        told = json.loads(line)
        for each in told.get("put", ()):
            prompts[int(each["number"])] = _prompt(each)
        for number in told.get("out", ()):
            del prompts[number]
        if "stopped" in told:
            stopped = _stopped(told["stopped"])
        if "goes_on" in told:
            goes_on = _goes_on(told["goes_on"])
        next_number = int(told["next_number"])
    return PromptQueue(tuple(prompts.values()), stopped, next_number, goes_on)


def _line(told: dict[str, object]) -> bytes:
    return json.dumps(told).encode() + b"\n"


def _prompt(told: dict[str, object]) -> Prompt:
    state = str(told.get("state", WAITING))
    return Prompt(int(str(told["number"])), _addressee(told["to"]), str(told["text"]), state)


def _stopped(told: object) -> tuple[tuple[Addressee, str], ...]:
    if not isinstance(told, list):
        raise TypeError
    return tuple((_addressee(to), str(why)) for to, why in told)


def _goes_on(told: object) -> tuple[Addressee, ...]:
    if not isinstance(told, list):
        raise TypeError
    return tuple(map(_addressee, told))


def _addressee(told: object) -> Addressee:
    if not isinstance(told, dict):
        raise TypeError
    names = told["name"], told["lasting_name"]
    return Addressee(told["server"], PaneId(told["pane"]), *names)
