import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.events import ProcessSample
from oma.reducers.pane import (
    FRAME_S,
    LOOK_EVERY_S,
    LOOKS_SAVED,
    MOST_UNREAD,
    QUIET_S,
    REPAINT_S,
    REPEAT_LOOK_S,
    PaneFold,
)
from tests.support.fleet_play import PANE, captured, seen


def pane(**facts):
    """A pane that was captured at the start and looked at."""
    fold = PaneFold(seen=seen(**facts), title=facts.get("title", ""))
    fold.captured(0.0, captured())
    fold.look(0.0)
    return fold


def test_a_quiet_pane_that_prints_is_looked_at_at_once():
    fold = pane()

    fold.output(10.0, b"hello")

    assert fold.look_due_s == 10.0
    assert fold.look(10.0).lines[0] == "hello"
    assert fold.look_due_s == math.inf


def test_a_burst_of_a_quiet_pane_is_looked_at_as_it_comes():
    fold = pane()
    for step in range(int(LOOKS_SAVED)):
        t = 10.0 + step * QUIET_S / 2
        fold.output(t, b"x")
        assert fold.look_due_s == t
        fold.look(t)


def test_a_pane_that_pauses_between_its_words_is_looked_at_after_each():
    fold = pane()
    for step in range(50):
        t = round(10.0 + step * 1.5 * QUIET_S, 6)
        fold.output(t, b"x")
        assert fold.look_due_s == t
        fold.look(t)


def test_a_pane_that_floods_is_looked_at_as_often_as_a_user_can_read():
    fold, looks = pane(), 0
    for step in range(1000):
        t = 10.0 + step / 1000
        fold.output(t, b"x")
        if fold.look_due_s <= t:
            fold.look(t)
            looks += 1

    assert looks <= 1.0 / LOOK_EVERY_S + LOOKS_SAVED + 1


@given(st.lists(st.floats(0.001, 0.05), max_size=30))
def test_output_is_seen_within_one_turn_however_much_came_before(pauses):
    fold, t = pane(), 10.0
    for pause in pauses:
        t = round(t + pause, 6)
        fold.output(t, b"x")
        assert t <= fold.look_due_s <= t + LOOK_EVERY_S + 1e-6 or fold.look_due_s < t
        if fold.look_due_s <= t:
            fold.look(t)


def working():
    """A pane whose spinner was looked at, and told nothing new."""
    fold = pane()
    fold.output(10.0, b"\x1b[H* Baking 1s")
    fold.look(10.0)
    fold.looked(is_as_before=True)
    return fold


def test_what_repeats_itself_is_looked_at_a_few_times_a_second_at_moments_that_panes_share():
    fold = working()

    fold.output(10.11, b"\x1b[H- Baking 2s")
    assert fold.look_due_s == 10.5
    fold.output(10.21, b"\x1b[H* Baking 3s")
    assert fold.look_due_s == 10.5

    assert fold.look(10.5).lines[0] == "* Baking 3s"


@given(st.floats(0.001, 30.0))
def test_the_last_frame_of_a_spinner_is_always_looked_at_and_soon(pause):
    fold, t = working(), round(10.0 + pause, 6)

    fold.output(t, b"\x1b[H- Baking 99s")

    assert t <= fold.look_due_s <= max(t, 10.0 + REPEAT_LOOK_S)
    assert fold.look(fold.look_due_s).lines[0] == "- Baking 99s"


def test_something_new_and_a_fact_do_not_wait_for_the_look_at_a_spinner():
    for happen in (lambda fold: fold.output(10.15, b"May I?"), lambda fold: fold.touch(10.15)):
        fold = working()
        fold.output(10.1, b"\x1b[H- Baking 2s")

        happen(fold)

        assert fold.look_due_s == 10.15


def test_a_title_that_comes_with_a_frame_is_looked_at_at_once():
    fold = working()

    fold.output(10.1, b"\x1b[H- Baking 2s\x1b]2;now\x07")

    assert fold.look_due_s == 10.1


def test_a_frame_whose_beginning_is_marked_is_looked_at_when_it_has_ended():
    fold = pane()

    fold.output(10.0, b"\x1b[?2026hhalf")
    assert fold.look_due_s == 10.0 + FRAME_S
    fold.output(10.003, b" and half\x1b[?2026l")
    assert fold.look_due_s == 10.003

    evidence = fold.look(10.003)
    assert evidence.lines[0] == "half and half"
    assert evidence.is_whole


def test_a_frame_that_does_not_end_is_looked_at_all_the_same():
    fold = pane()

    for step in range(20):
        fold.output(10.0 + step / 100, b"\x1b[?2026hhalf")

    assert fold.look_due_s == 10.0 + FRAME_S


def test_what_a_pane_without_a_screen_prints_is_looked_at_when_it_says_something_else():
    fold = pane()
    fold.lost()
    fold.look(1.0)

    fold.output(10.0, b"text")
    assert fold.look_due_s == math.inf

    fold.output(11.0, b"\x1b]2;title\x07")
    assert fold.look_due_s == 11.0


def test_frames_that_wait_for_a_look_do_not_add_up():
    fold = working()
    for step in range(200):
        fold.output(10.05 + step / 1000, b"\x1b[H- Baking 2s")

    assert len(fold._unread) < MOST_UNREAD


def test_a_title_is_what_the_program_said_last_and_tmux_says_when_asked():
    fold = pane(title="before")

    fold.output(1.0, b"\x1b]2;now\x07")

    assert fold.title == "now"
    assert fold.look(1.0).title == "now"


def test_a_report_stands_until_it_is_cleared():
    fold = pane()
    fold.output(1.0, b"\x1b]7501;state=blocked:kind=permission\x07")
    report = fold.look(1.0).report
    fold.output(2.0, b"\x1b]7501;state=clear\x07")

    assert fold.look(2.0).report is None
    assert report is not None
    assert report.state == "blocked"
    assert fold.look(2.0).report_s == 2.0


@pytest.mark.parametrize(
    ("after_s", "work"), [(0.0, False), (REPAINT_S / 2, False), (REPAINT_S, True)]
)
def test_what_follows_a_resize_is_a_repaint_for_a_while(after_s, work):
    fold = pane()

    fold.resized(5.0, 100, 30)

    assert fold.counts_as_work(5.0 + after_s) is work
    assert (fold.seen.columns, fold.seen.rows) == (100, 30)


def test_what_was_seen_last_stands_while_the_screen_is_not_known():
    fold = pane()
    fold.output(1.0, b"known")
    fold.look(1.0)
    fold.forget_screen()
    fold.output(2.0, b"lost")

    assert fold.rows() is None
    assert fold.styled_rows(5) is None
    assert fold.look(2.0).lines[0] == "known"


def test_a_capture_begins_the_screen_afresh():
    fold = pane()
    fold.output(1.0, b"old")
    fold.captured(2.0, captured(b"new\n", cursor_row=1))

    assert fold.look_due_s <= 2.0
    assert fold.look(2.0).lines[0] == "new"
    assert fold.rows()[0] == "new"
    assert "".join(run.text for run in fold.styled_rows(24)[0]) == "new"


def test_what_lies_under_an_alternate_screen_has_to_be_captured():
    fold = pane()
    fold.captured(1.0, captured(alternate=True))
    fold.look(1.0)
    assert fold.distrust is None

    fold.output(2.0, b"\x1b[?1049lback")
    fold.look(2.0)

    assert fold.distrust == "the alternate screen was left"
    fold.captured(3.0, captured(b"shell\n"))
    assert fold.distrust is None


def test_an_alternate_screen_that_we_saw_begin_needs_no_capture():
    fold = pane()
    fold.output(1.0, b"under\x1b[?1049hover")
    fold.look(1.0)
    fold.output(2.0, b"\x1b[?1049l")

    assert fold.look(2.0).lines[0] == "under"


def test_the_process_and_its_children_are_evidence():
    fold = pane(command="node")
    assert fold.look(0.0).argv == ()

    fold.sample = ProcessSample(PANE, ("node", "codex"), 3, None, 1)

    evidence = fold.look(1.0)
    assert (evidence.command, evidence.argv, evidence.children) == ("node", ("node", "codex"), 3)


def test_a_capture_after_lost_output_says_whether_the_screen_is_another():
    fold = pane()
    fold.output(1.0, b"words")
    fold.lost()

    assert not fold.captured(2.0, captured(b"words\n"))
    fold.lost()
    assert fold.captured(3.0, captured(b"other words\n"))


def test_a_first_capture_tells_nothing_of_what_was_lost_before_it():
    fold = PaneFold(seen=seen(), title="")
    fold.lost()

    assert not fold.captured(1.0, captured(b"words\n"))
