"""Every executor has all that a dashboard asks for, and takes the same arguments."""

import inspect

import pytest

from oma.cli.replay_dashboard import NullExecutor
from oma.runtime.display.intent_executor import IntentExecutor
from oma.runtime.fleet.far_executor import FarExecutor
from oma.tui.executor import Executor

MEMBERS = {name: member for name, member in vars(Executor).items() if not name.startswith("_")}


@pytest.mark.parametrize("executor", [NullExecutor, IntentExecutor, FarExecutor])
@pytest.mark.parametrize("name", MEMBERS)
def test_an_executor_has_every_member(executor, name):
    member = MEMBERS[name]
    if isinstance(member, property):
        assert name in executor.__annotations__ or isinstance(getattr(executor, name), property)
    else:
        wanted, found = inspect.signature(member), inspect.signature(getattr(executor, name))
        assert list(wanted.parameters) == list(found.parameters)
