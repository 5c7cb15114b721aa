"""What a machine publishes, as JSON there and back."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.model.publication import (
    HostDescription,
    PublishedPiece,
    Told,
    description_text,
    piece_text,
    read_agents,
    read_description,
    read_piece,
    read_told,
    split_id,
    told_id,
)
from oma.model.published import agent_text, transition_text
from tests.unit.model.published_agents import AGENT, TOLD

HOST = HostDescription(1_764_000_000_000, 3, 17, 4.5, "ab12", "3.3a", "0.2.0")
PIECE = PublishedPiece(HOST.boot, 4, 5.5, (AGENT,), ("$9",), told=(Told(HOST.boot, 18, TOLD),))


def test_it_comes_back_as_it_was():
    assert read_description(description_text(HOST).encode()) == HOST
    stopped = attrs.evolve(HOST, stopped=True)
    assert read_description(description_text(stopped).encode()) == stopped
    for piece in (
        PIECE,
        PublishedPiece(1, 2, 3.0, whole=True),
        PublishedPiece(1, 2, 3.0, stopped=True),
    ):
        assert read_piece(piece_text(piece).encode()) == piece
    assert piece_text(PIECE, [agent_text(AGENT)]) == piece_text(PIECE)
    (told,) = PIECE.told
    assert read_told(told_id(told), transition_text(TOLD).encode()) == told
    assert read_agents([agent_text(AGENT).encode()]) == [AGENT]


@pytest.mark.parametrize("text", ["", "1-", "-1", "a-1", "1", "1-2-3", "１-2"])
def test_what_is_no_id_is_refused(text):
    with pytest.raises(ProtocolError):
        split_id(text)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"\xff", b'{"version": 2}', b"[" * 100_000, b'{"boot": NaN}'],
)
def test_what_is_of_another_form_is_refused(data):
    for reader in (read_description, read_piece):
        with pytest.raises(ProtocolError):
            reader(data)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"boot": ', '"boot": -'),
        ('"t": 5.5', '"t": Infinity'),
        ('"gone": ["$9"]', '"gone": ["x"]'),
        ('"gone": ["$9"]', '"gone": [1]'),
        ('"gone": ["$9"]', '"gone": 1'),
        ("[18,", "[18,1,"),
        ("[18,", "[null,"),
    ],
)
def test_a_piece_with_one_thing_wrong_is_refused(before, after):
    text = piece_text(PIECE)
    assert before in text
    with pytest.raises(ProtocolError):
        read_piece(text.replace(before, after).encode())


def test_more_agents_than_a_host_has_are_refused():
    with pytest.raises(ProtocolError, match="too many"):
        read_agents([b"{}"] * 5001)


@given(st.binary())
def test_whatever_it_is_nothing_else_is_raised(data):
    for reader in (read_description, read_piece):
        with pytest.raises(ProtocolError):
            reader(data)
