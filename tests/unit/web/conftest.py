import pytest

from tests.web_site import world as make_world


@pytest.fixture
def world(tmp_path):
    """Give a site without a world."""
    made = make_world(tmp_path)
    yield made
    made.site.audit.close()
