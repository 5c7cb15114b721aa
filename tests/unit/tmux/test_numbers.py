import pytest

from oma.errors import ProtocolError
from oma.tmux.numbers import parse_number


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "1" * 5000, b"x", b""])
def test_what_tmux_never_prints_is_no_number(text):
    with pytest.raises(ProtocolError, match="not a number"):
        parse_number(text)
