import gc

import pytest

from oma.cli import garbage
from oma.cli.garbage import garbage_when_idle, no_garbage, rarely_garbage


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


def test_nothing_is_searched_for_garbage_meanwhile(thawed):
    with no_garbage():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_searched_for_again_however_the_block_ends(thawed):
    with pytest.raises(ImportError), no_garbage():
        raise ImportError
    assert gc.isenabled()


def test_it_is_searched_for_as_often_as_before_when_a_block_has_ended():
    before = gc.get_threshold()
    with rarely_garbage():
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


def test_all_there_is_is_searched_when_nobody_waits_and_there_may_be_garbage(thawed, monkeypatch):
    searched = []
    monkeypatch.setattr(garbage.gc, "collect", lambda: searched.append(gc.get_freeze_count()))
    before = gc.get_threshold()
    with garbage_when_idle() as found:
        assert gc.get_threshold()[2] >= 1_000_000
        for counts in ((0, 0, 9), (0, 0, 10), (0, 0, 10)):
            monkeypatch.setattr(garbage.gc, "get_count", lambda counts=counts: counts)
            found.look()
    assert gc.get_threshold() == before
    assert (len(searched), searched[0]) == (2, 0)
    assert searched[1] > 0  # what the first search left is looked at no more
