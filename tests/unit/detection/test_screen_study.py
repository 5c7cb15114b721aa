"""What moves while an agent works, and what stands when it rests."""

import pytest

from oma.detection.evidence import Evidence
from oma.detection.screen_study import MARKER, ScreenStudy

COMPOSER = ("──────────────", "> ", "──────────────")


def studied(*looks, end_s=40.0):
    study = ScreenStudy()
    for t, *lines in looks:
        study.look(t, Evidence(tuple(lines), 0, 0, "", "x", columns=80))
    return study.signs(end_s)


def turn(start_s, said="Done it", footer="ready to go"):
    """Two seconds of a spinner, then eight of rest."""
    working = [
        (start_s + n / 5, f"{'abcd'[n % 4]}%", "~/|+"[n % 4] + " Cooking beans", *COMPOSER)
        for n in range(10)
    ]
    return [*working, (start_s + 2, said, *COMPOSER, footer)]


def texts(signs):
    return [sign.text for sign in signs]


def test_the_frames_of_a_spinner_are_one_sign_of_work_and_a_footer_is_one_of_rest():
    found = studied(*turn(0.0), *turn(10.0), *turn(20.0), end_s=30.0)

    assert set("~|+") <= set(found.work[0].text)
    assert found.work[0].is_first
    assert "ready to go" in texts(found.rest)
    assert (found.work_s, found.covered_s, found.rest_s) == pytest.approx((6.0, 6.0, 24.0))
    assert found.bare_s == 0.0
    assert found.has_composer


def test_what_stands_once_is_an_answer_and_no_sign():
    found = studied(*turn(0.0, "The answer is clear"), *turn(10.0, "Another one"), end_s=20.0)

    assert texts(found.rest) == ["ready to go"]


def test_what_is_shown_always_is_a_sign_of_nothing():
    found = studied(
        *[(t, *lines, "always shown") for t, *lines in (*turn(0.0), *turn(10.0))], end_s=20.0
    )

    assert "always shown" not in texts((*found.work, *found.rest))


def test_a_clock_that_says_how_to_interrupt_is_a_marker():
    looks = [(n / 5, f"Busy ({n}s · esc to interrupt)") for n in range(20)]

    assert MARKER in texts(studied(*looks, (4.0, "over"), end_s=10.0).work)


def test_a_draft_moves_nothing():
    typed = [(3 + n / 5, "hello", COMPOSER[0], f"> {'x' * n}", COMPOSER[2]) for n in range(1, 9)]

    found = studied((0.0, "hello", *COMPOSER), *typed, end_s=10.0)

    assert (found.work_s, found.rest_s) == (0.0, 10.0)


def test_a_question_is_neither_work_nor_rest():
    asks = ("Do you want to proceed?", "❯ 1. Yes", "  2. No", "Enter to select · Esc to cancel")
    found = studied((0.0, *asks), end_s=10.0)

    assert [t for t, _ in found.questions] == [0.0]
    assert (found.work_s, found.rest_s) == (0.0, 0.0)


def test_movement_without_a_sign_is_told():
    stream = [
        (n / 5, f"{'abcdefghij'[n % 10] * 5} {'klmnopqrst'[n // 10] * 6}") for n in range(50)
    ]

    found = studied(*stream, end_s=10.0)

    assert found.bare_s > 5.0


def test_nothing_seen_is_nothing_learnt():
    found = studied()

    assert (found.work, found.rest, found.questions, found.work_s) == ((), (), (), 0)
