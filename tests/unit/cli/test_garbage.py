import gc

import pytest

from oma.cli.garbage import no_garbage, rarely_garbage


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
