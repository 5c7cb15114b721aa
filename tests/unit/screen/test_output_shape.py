import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.screen.output_shape import output_shape

FRAME = "\x1b[34;1H\x1b[38;5;174m✢ Warping… (3s · ↓ 77 tokens)\x1b[39m\x1b[K"
colours = st.sampled_from(["\x1b[m", "\x1b[1;31m", "\x1b[38;2;1;2;3m", "\x1b[4:3m"])


@pytest.mark.parametrize(
    "other",
    [
        "\x1b[34;1H\x1b[38;5;174m✳ Warping… (14s · ↑ 1,207 tokens)\x1b[39m\x1b[K",
        "\x1b[7;1HWarp\x1b[38;5;216mi\x1b[39mng… (3s · ↓ 77 tokens)\x1b[K",
        "\x1b[34;1H\x1b[38;5;174m  Warping… (3s · ↓ 77 tokens)\x1b[39m\x1b[K",
    ],
    ids=["the clock runs", "a letter shines elsewhere", "a mark blinks"],
)
def test_frames_of_one_spinner_have_one_shape(other):
    assert output_shape(FRAME.encode()) == output_shape(other.encode())


@pytest.mark.parametrize(
    "other",
    [
        FRAME.replace("Warping", "Weaving"),
        FRAME.replace("\x1b[K", "\x1b[J"),
        FRAME + "\r\n",
        FRAME.replace("Warping", "読んでいます"),
        "\x1b[34;1H❯ 1. Yes",
        "",
    ],
)
def test_another_text_or_another_sequence_is_another_shape(other):
    assert output_shape(FRAME.encode()) != output_shape(other.encode())


def test_a_shape_is_the_same_in_every_process():
    assert output_shape(b"\x1b[1mBaking 12%") == 107828745


@given(st.binary())
def test_any_bytes_have_a_shape(data):
    assert 0 <= output_shape(data) < 1 << 32


@given(st.lists(st.text("abcXYZ\r\n[]éß読"), max_size=8), st.data())
def test_colours_and_numbers_between_texts_do_not_count(texts, data):
    between = [data.draw(st.one_of(colours, st.text("0123456789 ·✳⠋"))) for _ in texts]
    painted = "".join(text + other for text, other in zip(texts, between, strict=True))

    assert output_shape(painted.encode()) == output_shape("".join(texts).encode())
