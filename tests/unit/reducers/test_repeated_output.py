from hypothesis import given
from hypothesis import strategies as st

from oma.reducers.repeated_output import LONGEST_BYTES, MOST_SHAPES, RepeatedOutput
from tests.support.fleet_play import PANE, captured, play, sampled, seen

PIECES = (
    "\x1b[2J\x1b[H\x1b[5;1H✻ Baking… (1s · esc to interrupt)",
    "\x1b[5;1H✶ Baking… (22s · esc to interrupt)\x1b[K",
    "\x1b[5;1H\x1b[K",
    "\x1b[8;1H Do you want to proceed?\r\n ❯ 1. Yes\r\n   2. No\r\n",
    "\x1b[8;1H\x1b[J",
    "● Done.\r\n",
    "API Error: 529 overloaded\r\n",
    "\x1b]0;✳ Fix it\x07",
    "12 ",
)


def after_looks(*found):
    """Return what was printed before, by looks that found the same or not."""
    repeated = RepeatedOutput()
    for data, is_as_before in found:
        repeated.take(data)
        repeated.looked(is_as_before=is_as_before)
    return repeated


def test_output_repeats_what_a_look_found_nothing_new_in():
    assert not RepeatedOutput().take(b"* Baking 1s")
    assert after_looks((b"* Baking 1s", True)).take(b"- Baking 2s")
    assert not after_looks((b"* Baking 1s", True)).take(b"* Boiling 2s")


def test_nothing_repeats_what_came_before_something_new():
    repeated = after_looks((b"* Baking 1s", True), (b"Do you want to proceed?", False))

    assert not repeated.take(b"* Baking 2s")


def test_output_that_no_look_has_followed_yet_is_not_known():
    repeated = RepeatedOutput()
    repeated.take(b"one")

    assert not repeated.take(b"one")


def test_a_long_piece_is_never_a_repetition():
    piece = b"x" * (LONGEST_BYTES + 1)

    assert not after_looks((piece, True)).take(piece)


def test_what_is_kept_of_many_shapes_is_bounded():
    letters = "abcdefghijklmnopqrst"
    repeated = RepeatedOutput()
    for one in letters:
        for other in letters:
            repeated.take(f"{one}{other}".encode())
    repeated.looked(is_as_before=True)
    for one in letters:
        repeated.take(one.encode())
        repeated.looked(is_as_before=True)

    assert len(repeated.fresh) <= MOST_SHAPES
    assert len(repeated.known) <= MOST_SHAPES


class NeverRepeated(RepeatedOutput):
    """Takes every piece of output for a new one."""

    def take(self, data):
        return False


def lived(pieces, memory):
    """Return what is believed of an agent in the end, and its screen, after it printed these pieces."""
    agent = play().at(0.0, seen(command="claude"), sampled(("claude",)), captured())
    (fold,) = agent.fleet._roster.agents.values()
    fold.panes[PANE].repeated = memory
    t = 1.0
    for pause_s, piece in pieces:
        t = round(t + pause_s, 6)
        agent.prints(t, piece)
    agent.at(t + 2.0)
    verdict = fold.verdict(t + 2.0)
    return verdict.health, verdict.reason, verdict.rule, fold.judge.last_evidence.lines


@given(
    st.lists(
        st.tuples(st.sampled_from([0.001, 0.015, 0.1, 0.4, 1.5]), st.sampled_from(PIECES)),
        max_size=30,
    )
)
def test_an_agent_whose_repetitions_are_looked_at_later_is_judged_as_any_other(pieces):
    assert lived(pieces, RepeatedOutput()) == lived(pieces, NeverRepeated())
