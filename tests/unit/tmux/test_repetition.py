from hypothesis import given
from hypothesis import strategies as st

from oma.model.ids import PaneId
from oma.tmux.notifications import Output, Reply, SessionsChanged
from oma.tmux.repetition import LEAST_READS, MOST_BYTES, MOST_SHAPES, Repetition

PANE = PaneId("%1")


def output(text):
    return Output(PANE, text.encode())


def frame(number):
    return [output(f"\x1b[5;1H* Baking for {number}s, esc to interrupt\x1b[K")]


def spinning():
    """A client that has repeated itself for long enough."""
    repetition = Repetition()
    for number in range(LEAST_READS + 1):
        is_repeating = repetition.take(frame(number))
    assert is_repeating
    return repetition


def test_a_client_repeats_itself_when_some_reads_brought_nothing_new():
    repetition = Repetition()

    assert [repetition.take(frame(n)) for n in range(5)] == [False, False, False, True, True]


def test_something_new_ends_it_and_it_has_to_last_again():
    repetition = spinning()

    assert not repetition.take([*frame(7), output("Do you want to proceed?")])
    assert not repetition.take(frame(8))
    assert [repetition.take(frame(n)) for n in range(2)] == [False, True]


def test_what_answers_a_key_is_never_a_repetition():
    repetition = spinning()

    assert [repetition.take([output("a")]) for _ in range(9)] == [False] * 9


def test_a_flood_is_never_a_repetition():
    repetition = spinning()
    frames = frame(1) * (MOST_BYTES // len(frame(1)[0].data) + 1)

    assert not repetition.take(frames)


def test_what_tmux_itself_says_ends_it():
    for event in (SessionsChanged(), Reply(1, 1, True, True, b"")):
        assert not spinning().take([event])


@given(st.lists(st.text(min_size=16, max_size=30), max_size=200))
def test_what_is_kept_is_bounded_whatever_is_said(texts):
    repetition = Repetition()
    for text in texts:
        repetition.take([output(text)])

    assert len(repetition._shapes) <= MOST_SHAPES
