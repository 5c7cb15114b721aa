import pytest
from hypothesis import given

from oma.recording.field_kinds import CELLS, KINDS, MismatchError, optional, read_data, write_data
from tests.support.strategies import data


@given(data())
def test_data_survives_its_spelling(value):
    key, spelling = write_data(value)

    assert read_data({key: spelling}) == value


@pytest.mark.parametrize("value", [bytes([n]) for n in range(256)] + [bytes(range(256))])
def test_every_byte_value_survives_and_only_ascii_alone_is_text(value):
    key, spelling = write_data(value)

    assert key == ("text" if value.isascii() else "base64")
    assert read_data({key: spelling}) == value


@pytest.mark.parametrize(
    "value",
    [b"\xed\xa0\x80", b"\xed\xb2\x80", b"\xc3", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"ok \xff"],
    ids=["high surrogate", "low surrogate", "cut", "overlong", "beyond unicode", "stray"],
)
def test_bytes_that_are_not_strictly_utf8_go_to_base64(value):
    key, spelling = write_data(value)

    assert key == "base64"
    assert read_data({key: spelling}) == value


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": 1},
        {"text": 1, "base64": "QQ=="},
        {"text": "\udc80"},
        {"base64": "QQ"},
        {"base64": "Q!Q=="},
        {"base64": "é"},
        {"base64": None},
    ],
    ids=str,
)
def test_malformed_data_is_refused(fields):
    with pytest.raises(MismatchError):
        read_data(fields)


@pytest.mark.parametrize(
    ("annotation", "wrong"),
    [
        (str, 1),
        (str, None),
        (int, True),
        (int, 1.0),
        (int, "1"),
        (bool, 1),
        (float | None, "1"),
        (float | None, True),
        (tuple[str, ...], "ab"),
        (tuple[str, ...], ["a", 1]),
    ],
)
def test_a_value_of_another_type_is_refused(annotation, wrong):
    with pytest.raises(MismatchError):
        KINDS[annotation].read(wrong)


@pytest.mark.parametrize("wrong", ["4", "%", "%x", "%٤", "$4", 4, None])
def test_an_id_without_its_sigil_and_digits_is_refused(wrong):
    pane = next(kind for kind in KINDS.values() if kind.expected.startswith("a pane id"))

    assert pane.read("%4") == "%4"
    with pytest.raises(MismatchError):
        pane.read(wrong)


def test_a_size_that_no_terminal_has_is_refused():
    assert CELLS.read(65_535) == 65_535
    for wrong in (-1, 65_536, 2**62, True, "80"):
        with pytest.raises(MismatchError):
            CELLS.read(wrong)


def test_a_whole_number_is_a_number_too():
    read = KINDS[float | None].read(3)

    assert read == 3.0
    assert type(read) is float


def test_an_optional_kind_takes_null_and_says_so():
    kind = optional(KINDS[int])

    assert kind.read(None) is None
    assert kind.read(2) == 2
    assert kind.expected == "an integer or null"
