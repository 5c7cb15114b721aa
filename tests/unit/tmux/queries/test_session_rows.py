import pytest

from oma.errors import ProtocolError
from oma.tmux.queries.session_rows import SESSIONS_FORMAT, SessionRow, parse_sessions


@pytest.mark.parametrize(
    ("value", "destroyed"),
    [("", False), ("0", False), ("off", False), ("1", True), ("on", True), ("keep-last", True)],
)
def test_a_session_that_may_end_with_its_last_client_is_told(value, destroyed):
    (session,) = parse_sessions([f"$1\tname\t{value}\t99\t3.3a", ""])

    assert session == SessionRow("$1", "name", destroyed, 99, "3.3a")


def test_an_answer_of_another_shape_is_refused():
    with pytest.raises(ProtocolError):
        parse_sessions(["$1\tname"])


def test_the_format_holds_nothing_that_strftime_would_expand():
    assert "%" not in SESSIONS_FORMAT
