"""What an engine has to be able to do, two can."""

import inspect

import pytest

from oma.runtime.fleet.engine import EngineLink
from oma.runtime.fleet.redis_engine import RedisLink
from tests.support.fake_engine import FakeEngine

MEMBERS = [name for name in vars(EngineLink) if not name.startswith("_")]


@pytest.mark.parametrize("link", [RedisLink, FakeEngine])
@pytest.mark.parametrize("name", MEMBERS)
def test_a_link_has_every_member(link, name):
    ours, theirs = (inspect.signature(vars(kind)[name]) for kind in (EngineLink, link))
    assert list(ours.parameters) == list(theirs.parameters)
