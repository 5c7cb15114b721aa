r"""Filters: which agents a user means by a line of words. Pure.

word            is in the name, command, title, directory or branch, whatever the case
~word           its letters are in the name in this order
/regex/         fits one of these texts; a blank in it is written as \s
health:stuck    so begin reason, profile, host, session, branch and project, too
group:api       so begins the group that it was put in, its project, its session or its host
@night          a saved filter
not word        does not fit; also !word
a b or c        both a and b, or c
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial

import attrs

from oma.detection.patterns import PatternSet
from oma.errors import ConfigError
from oma.model.health import Health
from oma.model.state import AgentState

Test = Callable[[AgentState], bool]

SavedFilters = tuple[tuple[str, str], ...]
"""Name → filter."""


@attrs.frozen
class Filter:
    """A line of words that was read."""

    alternatives: tuple[tuple[Test, ...], ...]
    """It fits whom all tests of one of them fit; none fits everybody."""
    complaints: tuple[str, ...]
    """What in it is probably not meant so."""

    def fits(self, agent: AgentState) -> bool:
        """Say whether the filter fits an agent."""
        if not self.alternatives:
            return True
        return any(all(test(agent) for test in tests) for tests in self.alternatives)


@lru_cache(maxsize=64)
def read_filter(text: str, saved: SavedFilters = ()) -> Filter:
    """Return the filter that a line of words is. Total: what is wrong with it is among its complaints.

    Args:
        text: What a user typed.
        saved: The filters of the configuration.
    """
    alternatives: list[list[Test]] = [[]]
    complaints: list[str] = []
    negated = False
    for word in text.split():
        match word.casefold():
            case "or":
                alternatives.append([])
                negated = False
            case "not" | "!":
                negated = not negated
            case _:
                bare = word.removeprefix("!")
                test = _test(bare, saved, complaints)
                alternatives[-1].append(partial(_not, test) if negated != (bare != word) else test)
                negated = False
    return Filter(tuple(map(tuple, filter(None, alternatives))), tuple(complaints))


def checked_filter(text: str, saved: SavedFilters = ()) -> Filter:
    """Return the filter that a line of words is.

    Raises:
        ConfigError: Something in it is probably not meant so.
    """
    found = read_filter(text, saved)
    if found.complaints:
        raise ConfigError(f"filter {text!r}: {'; '.join(found.complaints)}")
    return found


def saved_filters(lines: Iterable[str]) -> SavedFilters:
    """Return the filters of `[dashboard] filters`, each `NAME = FILTER`."""
    parts = (line.partition("=") for line in lines)
    return tuple((name.strip(), text.strip()) for name, _, text in parts)


def _not(test: Test, agent: AgentState) -> bool:
    return not test(agent)


def _test(word: str, saved: SavedFilters, complaints: list[str]) -> Test:
    if len(word) > 2 and word[0] == word[-1] == "/":
        return _pattern_test(word[1:-1], complaints)
    if word[0] == "~" and len(word) > 1:
        return partial(_has_in_order, word[1:].casefold())
    if word[0] == "@" and saved:
        return _saved_test(word[1:], saved, complaints)
    field, colon, value = word.casefold().partition(":")
    if colon and field in _FIELDS:
        if field == "health" and not any(health.startswith(value) for health in Health):
            complaints.append(f"no health begins with {value!r}")
        return partial(_begins, field, value)
    if colon and field.isalpha() and value[:1].isalpha():
        complaints.append(f"{field!r} is no field: {', '.join(_FIELDS)}")
    return partial(_contains, word.casefold())


def _pattern_test(source: str, complaints: list[str]) -> Test:
    try:
        patterns = PatternSet.of([source], "filter")
    except ConfigError as error:
        complaints.append(str(error).removeprefix("filter: "))
        return lambda _: False
    return lambda agent: any(patterns.search(text) is not None for text in _texts(agent))


def _saved_test(name: str, saved: SavedFilters, complaints: list[str]) -> Test:
    text = dict(saved).get(name)
    if text is None:
        complaints.append(f"no saved filter {name!r}: {', '.join(n for n, _ in saved)}")
        return lambda _: False
    found = read_filter(text)
    complaints += found.complaints
    return found.fits


def _texts(agent: AgentState) -> tuple[str, ...]:
    return agent.name, agent.command, agent.title, agent.cwd, agent.branch


def _contains(word: str, agent: AgentState) -> bool:
    return any(word in text.casefold() for text in _texts(agent))


def _has_in_order(letters: str, agent: AgentState) -> bool:
    left = iter(agent.name.casefold())
    return all(letter in left for letter in letters)


def _begins(field: str, value: str, agent: AgentState) -> bool:
    return any(text.casefold().startswith(value) for text in _FIELDS[field](agent))


def _project(agent: AgentState) -> str:
    return agent.project.rstrip("/").rpartition("/")[2]


_FIELDS: Mapping[str, Callable[[AgentState], tuple[str, ...]]] = {
    "health": lambda agent: (agent.verdict.health.value,),
    "reason": lambda agent: (agent.verdict.reason,),
    "profile": lambda agent: (agent.profile,),
    "project": lambda agent: (_project(agent), agent.project),
    "branch": lambda agent: (agent.branch,),
    "session": lambda agent: (agent.session_name,),
    "host": lambda agent: (agent.host,),
    "group": lambda agent: (agent.group, _project(agent), agent.session_name, agent.host),
}
"""Field → what may begin with the word behind it."""
