"""What is sent in these tests."""

import pytest

from oma.notify.message import Message


@pytest.fixture
def message():
    return Message("news", "fix asks you", "Proceed?\n1. Yes", '{"kind": "news"}')
