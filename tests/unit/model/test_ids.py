"""Ids are parsed once, at the edge."""

import pytest

from oma.errors import ProtocolError
from oma.model.ids import parse_pane_id, parse_session_id, parse_window_id

PARSERS = {"$": parse_session_id, "@": parse_window_id, "%": parse_pane_id}


@pytest.mark.parametrize(("sigil", "parse"), PARSERS.items())
def test_an_id_keeps_its_sigil(sigil, parse):
    assert parse(f"{sigil}12") == f"{sigil}12"


@pytest.mark.parametrize(("sigil", "parse"), PARSERS.items())
@pytest.mark.parametrize("rest", ["", "x", "1 ", "-1", "1;kill-server", "١", "1\n"])
def test_anything_else_is_refused(sigil, parse, rest):
    with pytest.raises(ProtocolError, match="not a "):
        parse(sigil + rest)


@pytest.mark.parametrize(("sigil", "parse"), PARSERS.items())
def test_the_id_of_another_kind_is_refused(sigil, parse):
    for other in set(PARSERS) - {sigil}:
        with pytest.raises(ProtocolError):
            parse(f"{other}1")
