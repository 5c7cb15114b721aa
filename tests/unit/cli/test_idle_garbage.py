import gc

import pytest

from oma.cli import idle_garbage
from oma.cli.idle_garbage import garbage_when_idle


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


def test_all_there_is_is_searched_when_nobody_waits_and_there_may_be_garbage(thawed, monkeypatch):
    searched = []
    monkeypatch.setattr(idle_garbage.gc, "collect", lambda: searched.append(gc.get_freeze_count()))
    before = gc.get_threshold()
    with garbage_when_idle() as found:
        assert gc.get_threshold()[2] >= 1_000_000
        for counts in ((0, 0, 9), (0, 0, 10), (0, 0, 10)):
            monkeypatch.setattr(idle_garbage.gc, "get_count", lambda counts=counts: counts)
            found.look()
    assert gc.get_threshold() == before
    assert (len(searched), searched[0]) == (2, 0)
    assert searched[1] > 0  # what the first search left is looked at no more
