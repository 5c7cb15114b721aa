"""Agents by the values of their fields: where thousands a second are otherwise, each is in a few of them. Pure.

What is not otherwise stays the very same value, so that who looks next need not compare it.
"""

from collections.abc import Mapping
from itertools import compress
from operator import attrgetter, is_not
from typing import Any

import attrs

from oma.model.state import AgentState

_NAMES = tuple(field.name for field in attrs.fields(AgentState))
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_values_of = attrgetter(*_NAMES)


def altered(agent: AgentState, changes: Mapping[str, Any]) -> AgentState:
    """Return an agent of which some fields are otherwise: `attrs.evolve`, at a third of its cost."""
    values = list(_values_of(agent))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    return AgentState(*values)


def differences(before: AgentState, now: AgentState) -> dict[str, Any]:
    """Return the fields of `now` whose values are other objects than before."""
    values = _values_of(now)
    others = list(map(is_not, values, _values_of(before)))
    return dict(zip(compress(_NAMES, others), compress(values, others), strict=True))
