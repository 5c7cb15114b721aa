import gc

import pytest

from oma.cli.importing import importing


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


def test_nothing_is_searched_for_garbage_meanwhile(thawed):
    with importing():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_searched_for_again_however_the_block_ends(thawed):
    with pytest.raises(ImportError), importing():
        raise ImportError
    assert gc.isenabled()
