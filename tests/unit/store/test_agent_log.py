"""What pages and notifications read has the same members, whose agents they may be."""

import inspect

import attrs
import pytest

from oma.store.agent_log import AgentLog
from oma.store.hosts_log import HostsLog
from oma.store.store import Store

MEMBERS = [name for name in vars(AgentLog) if not name.startswith("_")]


@pytest.mark.parametrize("log", [Store, HostsLog])
def test_a_log_has_every_member(log):
    fields = {field.name for field in attrs.fields(log)}
    assert set(MEMBERS) <= fields | set(vars(log))
    for name in MEMBERS:
        if not isinstance(ours := vars(AgentLog)[name], property):
            given = list(inspect.signature(vars(log)[name]).parameters)
            wanted = list(inspect.signature(ours).parameters)
            assert given[: len(wanted)] == wanted
