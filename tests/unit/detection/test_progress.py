from oma.detection.profile_parser import profile_from_mapping
from oma.detection.progress import News, Novelty, digest, no_progress, text_height
from oma.model.health import Health

PROFILE = profile_from_mapping(
    "x",
    {
        "chatter": "^Tip",
        "rule": [
            {"name": "spinner", "state": "working", "scope": "screen", "any": "^[✶✻]"},
            {"name": "prompt", "state": "idle", "scope": "screen", "any": "^>"},
            {
                "name": "retry",
                "state": "stuck",
                "scope": "screen",
                "any": "^again",
                "linger_ms": 9,
            },
            {"name": "error", "state": "stuck", "scope": "screen", "any": "^(✶ )?ERR"},
        ],
    },
    "x.toml",
)


def first_seen(*screens):
    novelty = Novelty()
    return [novelty.look(float(t), tuple(map(digest, screen))) for t, screen in enumerate(screens)]


def shown(*screens):
    """Return after each screen, one a second, when it and its content were new."""
    news = News(PROFILE, -1.0)
    told = []
    for t, lines in enumerate(screens):
        news.look(float(t), lines)
        told.append((news.new_s, news.content_s))
    return told


def test_a_screen_that_comes_back_was_first_seen_then():
    whole, torn = ("whole", "frame"), ("whole",)

    assert first_seen(whole, torn, whole, whole, torn) == [0.0, 1.0, 0.0, 0.0, 1.0]


def test_a_screen_is_forgotten_after_many_others():
    others = [("line " + "a" * count,) for count in range(1, 65)]

    assert first_seen(("line",), *others, ("line",))[-1] == 65.0
    assert first_seen(("line",), *others[1:], ("line",))[-1] == 0.0


def test_screens_are_kept_in_a_bounded_number_and_as_numbers():
    novelty = Novelty()
    for t in range(1000):
        novelty.look(float(t), (digest(f"line {'a' * t}"),) * 25)

    assert len(novelty._recent) == 64
    assert {type(known) for known in novelty._recent} == {int}


def test_every_process_gives_a_line_the_same_number():
    assert digest("a line") == 16749982549589919280
    assert hash((digest("a line"), digest(""))) == 6437016973319725216


def test_a_screen_that_keeps_coming_back_is_not_forgotten():
    screens = []
    for count in range(1, 100):
        screens += [("back",), ("line " + "a" * count,)]

    assert set(first_seen(*screens)[::2]) == {0.0}


def test_a_clock_and_a_spinner_are_nothing_new():
    assert shown(("text", "✶ Vibing… (3s)"), ("text", "✻ Vibing… (4s)"))[1] == (0.0, 0.0)


def test_another_line_is_new():
    assert shown(("a",), ("a", "b"), ("a", "b", "c")) == [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]


def test_signs_of_work_of_rest_and_of_another_try_are_no_content():
    told = shown(
        ("text", ">"), ("text", "✶ Vibing…"), ("text", "again in 3s"), ("text", "> typed")
    )

    assert told == [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)]


def test_a_final_error_is_content():
    assert shown(("text",), ("text", "ERR"))[1] == (1.0, 1.0)


def test_a_final_error_behind_the_last_frame_of_a_spinner_is_content():
    assert shown(("text",), ("text", "✶ ERR"))[1] == (1.0, 1.0)


def test_a_count_of_tokens_is_content():
    told = shown(
        ("✶ Vibing… (1s)",), ("✶ Vibing… (2s · 5 tokens)",), ("✶ Vibing… (3s · 9 tokens)",)
    )

    assert [content_s for _, content_s in told] == [0.0, 1.0, 2.0]


def test_chatter_and_blank_lines_are_nothing_new():
    assert shown(("text", "Tip: one"), ("text", "", " ", "Tip: two", ""))[1] == (0.0, 0.0)


def test_only_the_bottom_of_the_screen_tells_news():
    assert shown(("old", *["x"] * 30), ("new", *["x"] * 30))[1] == (0.0, 0.0)


def test_height_ends_at_the_last_text():
    assert text_height(("a", "", "b", " ", "")) == 3
    assert text_height(("", "")) == 0


def test_no_progress_counts_from_the_last_news_on():
    claim = no_progress("claude", 50.0, 120.0)

    assert (claim.health, claim.reason, claim.rule) == (
        Health.STUCK,
        "no-progress",
        "claude/no_progress",
    )
    assert (claim.since_s, claim.firm_s) == (170.0, 170.0)
