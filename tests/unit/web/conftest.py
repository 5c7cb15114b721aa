import os

import pytest

from tests.support.fake_web import make_web


@pytest.fixture
def no_umask():
    """Files are made with all the bits that are asked for."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def web(tmp_path):
    """Give a web app without a server."""
    made = make_web(tmp_path)
    yield made
    made.access.audit.close()
