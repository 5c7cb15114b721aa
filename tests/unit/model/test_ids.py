import pytest

from oma.errors import ProtocolError
from oma.model.ids import parse_pane_id, parse_session_id, parse_window_id

PARSERS = [(parse_session_id, "$"), (parse_window_id, "@"), (parse_pane_id, "%")]


@pytest.mark.parametrize(("parse", "sigil"), PARSERS)
@pytest.mark.parametrize("number", ["0", "7", "4294967295"])
def test_an_id_keeps_its_sigil(parse, sigil, number):
    assert parse(f"{sigil}{number}") == f"{sigil}{number}"


@pytest.mark.parametrize(("parse", "sigil"), PARSERS)
def test_the_id_of_another_kind_is_refused(parse, sigil):
    for other in {"$", "@", "%"} - {sigil}:
        with pytest.raises(ProtocolError, match="not a "):
            parse(f"{other}1")


@pytest.mark.parametrize(
    "text", ["", "$", "$x", "$1 ", " $1", "$-1", "$1\n", "$²", "$१", "1", "$$1"]
)
def test_what_is_no_number_is_refused_and_shown(text):
    with pytest.raises(ProtocolError) as refusal:
        parse_session_id(text)

    assert str(refusal.value) == f"not a session id: {text!r}"
