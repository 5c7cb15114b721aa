import pytest

from tests.support.fake_web import make_web


@pytest.fixture
def web(tmp_path):
    """Give a web app without a server."""
    made = make_web(tmp_path)
    yield made
    made.access.audit.close()
