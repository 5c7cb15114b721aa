from oma.detection.progress import Novelty, no_progress
from oma.model.health import Health


def news(*screens):
    novelty = Novelty()
    return [novelty.look(screen) for screen in screens]


def test_a_clock_and_a_spinner_are_nothing_new():
    assert news(["✶ Vibing… (3s)"], ["✻ Vibing… (4s)"]) == [True, False]


def test_another_line_is_new():
    assert news(["a"], ["a", "b"], ["a", "b", "c"]) == [True, True, True]


def test_frames_that_come_back_are_nothing_new():
    whole, torn = ["whole", "frame"], ["whole"]

    assert news(whole, torn, whole, torn) == [True, True, False, False]


def test_a_screen_is_forgotten_after_many_others():
    others = [["line " + "a" * count] for count in range(1, 65)]

    assert news(["line"], *others, ["line"])[-1] is True
    assert news(["line"], *others[1:], ["line"])[-1] is False


def test_a_screen_that_keeps_coming_back_is_not_forgotten():
    screens = []
    for count in range(1, 100):
        screens += [["back"], ["line " + "a" * count]]

    assert not any(news(*screens)[2::2])


def test_no_progress_counts_from_the_last_news_on():
    claim = no_progress("claude", 50.0, 120.0)

    assert (claim.health, claim.reason, claim.rule) == (
        Health.STUCK,
        "no-progress",
        "claude/no_progress",
    )
    assert (claim.since_s, claim.firm_s) == (170.0, 170.0)
