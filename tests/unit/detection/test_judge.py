import math

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.detection.evidence import Evidence
from oma.detection.judge import Judge
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.thresholds import Thresholds
from oma.errors import ConfigError
from oma.model.health import Health
from oma.model.ids import PaneId
from oma.model.signals import StatusReported
from oma.model.status_file import StatusFileRead

GENERIC = profile_from_mapping(
    "generic",
    {
        "error_patterns": True,
    },
    "g.toml",
)
AGENT = profile_from_mapping(
    "agent",
    {
        "rule": [
            {"name": "ask", "state": "waiting", "scope": "bottom:3", "any": "^Sure\\?"},
            {"name": "retry", "state": "stuck", "scope": "bottom:3", "any": "^retrying"},
            {"name": "title", "state": "working", "scope": "title", "any": "^⠂"},
            {"name": "footer", "state": "working", "scope": "bottom:1", "any": "busy"},
            {"name": "prompt", "state": "idle", "scope": "bottom:1", "any": "^>"},
            {"name": "bye", "state": "exited", "scope": "bottom:3", "any": "^Resume"},
        ]
    },
    "a.toml",
)


FAILING = profile_from_mapping(
    "agent",
    {
        "rule": [
            {
                "name": "error",
                "state": "stuck",
                "scope": "bottom:3",
                "any": "^ERR",
                "unless": "busy",
            },
            {"name": "footer", "state": "working", "scope": "bottom:1", "any": "busy"},
            {"name": "prompt", "state": "idle", "scope": "bottom:1", "any": "^>"},
        ]
    },
    "f.toml",
)


def screen(*lines, title="", command="agent", **facts):
    return Evidence(lines, 0, 0, title, command, **facts)


def judged(profile, *steps, thresholds=Thresholds()):  # noqa: B008  frozen
    """Carry out `(t, None)` as activity and `(t, evidence)` as a look."""
    judge = Judge(profile, thresholds, 0.0)
    for t, evidence in steps:
        if evidence is None:
            judge.active(t)
        else:
            judge.look(t, evidence)
    return judge


def told(judge, t):
    verdict = judge.verdict(t)
    return verdict.health, verdict.rule.partition("/")[2], verdict.since_s


# ------------------------------------------------------------------ an unknown agent


def test_a_draft_at_rest_is_no_activity_and_what_is_sent_is():
    def shown(*lines):
        return Evidence(lines, len(lines) - 1, 0, "", "agent")

    rest, drafted = shown("Done.", "", "> "), shown("Done.", "", "> m")
    sent = shown("Done.", "", "> m it", "", "> ")
    judge = judged(GENERIC, (1.0, rest), (10.0, None), (10.1, drafted))
    assert told(judge, 10.1) == (Health.IDLE, "at_prompt", 3.0)

    judge.active(11.0)
    judge.look(11.1, sent)
    assert told(judge, 30.0) == (Health.OK, "active", 11.1)
    assert told(judge, 71.0) == (Health.IDLE, "at_prompt", 71.0)


@pytest.mark.parametrize(
    ("t", "expected"),
    [
        (10.0, (Health.OK, "active", 0.0)),
        (69.999999, (Health.OK, "active", 0.0)),
        (70.0, (Health.IDLE, "idle_warning", 70.0)),
        (309.999999, (Health.IDLE, "idle_warning", 70.0)),
        (310.0, (Health.STUCK, "idle_critical", 310.0)),
        (9999.0, (Health.STUCK, "idle_critical", 310.0)),
    ],
)
def test_silence_alone_makes_an_unknown_agent_idle_and_then_stuck(t, expected):
    assert told(judged(GENERIC, (10.0, None)), t) == expected


def test_silence_tells_its_reason_and_evidence():
    verdict = judged(GENERIC).verdict(60.0)

    assert (verdict.reason, verdict.evidence) == ("silent", "no output for 60 s")


def test_activity_ends_silence_and_begins_a_new_stretch():
    judge = judged(GENERIC, (10.0, None), (400.0, None))

    assert told(judge, 400.0) == (Health.OK, "active", 400.0)
    assert judge.deadline_s() == 460.0


def test_a_standing_error_makes_an_unknown_agent_stuck():
    judge = judged(GENERIC, (0.5, screen("$")), (5.0, None), (5.0, screen("$", "Error: no")))

    assert told(judge, 5.9)[0] is Health.OK
    assert judge.deadline_s() == 6.0
    assert told(judge, 6.0) == (Health.STUCK, "error_patterns", 5.0)
    assert judge.verdict(6.0).reason == "error-text"
    assert told(judge, 1000.0) == (Health.STUCK, "error_patterns", 5.0)


def test_an_error_that_stands_already_has_stood_since_the_last_activity():
    judge = Judge(GENERIC, Thresholds(), -20.0)
    judge.look(0.0, screen("Error: no"))

    assert told(judge, 0.0) == (Health.STUCK, "error_patterns", -19.0)


def test_an_unknown_agent_is_judged_by_what_it_reports_and_by_the_shell_that_comes_back():
    report = StatusReported("blocked")
    judge = judged(GENERIC, (1.0, screen("Sure?", report=report, report_s=1.0)))
    assert told(judge, 2.0)[:2] == (Health.WAITING, "report")

    judge.look(9.0, screen("", command="bash", report=report, report_s=1.0))
    assert told(judge, 10.0)[:2] == (Health.EXITED, "shell_back")


def test_an_unknown_agent_that_asks_is_told_by_the_shape_of_its_question():
    judge = judged(GENERIC, (1.0, screen("Go on?", "  ❯ 1. Yes", "    2. No")))

    assert told(judge, 2.0)[:2] == (Health.WAITING, "dialog-shape")


def test_an_unknown_agent_at_its_prompt_rests_and_is_never_stuck():
    rule = "─" * 20
    judge = judged(GENERIC, (1.0, screen("Done.", rule, "❯ ", rule, "  status")))

    assert told(judge, 2.0)[0] is Health.OK
    assert told(judge, 7.0)[:2] == (Health.IDLE, "at_prompt")
    assert told(judge, 10_000.0)[0] is Health.IDLE


def test_an_unknown_agent_that_prints_an_error_is_active_until_it_stands():
    judge = judged(GENERIC, (1.0, screen("$")))
    assert told(judge, 100.0)[0] is Health.IDLE

    judge.look(100.0, screen("$", "error"))
    judge.active(100.0)

    assert told(judge, 100.0)[:2] == (Health.OK, "active")


def test_thresholds_are_those_of_the_user():
    thresholds = Thresholds(5.0, 7.0, ("oops",), 0.0)
    judge = judged(GENERIC, (1.0, screen("error")), thresholds=thresholds)
    assert [told(judge, t)[0] for t in (4.0, 5.0, 7.0)] == [Health.OK, Health.IDLE, Health.STUCK]

    judge = judged(GENERIC, (1.0, screen("")), (2.0, screen("oops")), thresholds=thresholds)
    assert told(judge, 2.0)[:2] == (Health.STUCK, "error_patterns")


def test_a_bad_error_pattern_is_refused():
    with pytest.raises(ConfigError):
        Judge(GENERIC, Thresholds(error_patterns=("(x",)), 0.0)


# ------------------------------------------------------------------ a known agent


def test_a_known_agent_is_judged_by_its_rules_and_not_by_words():
    judge = judged(AGENT, (1.0, screen("error: failed", "busy")))

    assert told(judge, 1.0) == (Health.OK, "footer", 0.0)
    assert judge.verdict(1.0).reason == "working"


def test_an_agent_at_its_prompt_is_never_stuck_by_silence():
    judge = judged(AGENT, (1.0, screen(">")))

    assert told(judge, 1.6)[:2] == (Health.OK, "active")
    assert told(judge, 1.7) == (Health.IDLE, "prompt", 1.0)
    assert told(judge, 9999.0) == (Health.IDLE, "prompt", 1.0)


def test_an_agent_that_falls_silent_at_work_is_idle_and_then_stuck():
    judge = judged(AGENT, (1.0, screen("busy")), (2.0, screen("whatever")), (2.0, None))

    assert [told(judge, t)[0] for t in (2.0, 62.0, 302.0)] == [
        Health.OK,
        Health.IDLE,
        Health.STUCK,
    ]


def test_a_screen_that_no_rule_explains_is_a_verdict_and_never_stuck():
    judge = judged(AGENT, (1.0, screen("whatever")), (2.0, None))

    assert told(judge, 2.0)[0] is Health.OK
    assert told(judge, 301.0)[:2] == (Health.IDLE, "unknown_screen")
    assert judge.verdict(301.0).reason == "unknown-screen"
    assert told(judge, 302.0)[:2] == (Health.IDLE, "unknown_screen_stands")
    assert judge.verdict(302.0).reason == "attention"


def test_an_agent_that_rested_rests_on_behind_a_screen_that_no_rule_explains():
    judge = judged(AGENT, (1.0, screen(">")), (10.0, screen("a panel")), (10.0, None))

    assert told(judge, 11.0)[0] is Health.OK
    assert told(judge, 16.0)[:2] == (Health.IDLE, "unknown_screen")
    assert told(judge, 900.0)[0] is Health.IDLE


def test_a_dialog_beats_a_title_and_a_report_of_work():
    working = StatusReported("working")
    judge = judged(AGENT, (1.0, screen("Sure?", title="⠂", report=working, report_s=1.0)))

    assert told(judge, 1.1) == (Health.WAITING, "ask", 1.0)


def test_a_retry_line_beats_a_report_of_work():
    working = StatusReported("working")
    judge = judged(AGENT, (1.0, screen("retrying", report=working, report_s=1.0)))

    assert told(judge, 1.5) == (Health.STUCK, "retry", 1.0)


KEEPER = profile_from_mapping("agent", {**AGENT.definition, "status_file": "claude"}, "k.toml")


def filed(state, at_s=1.0):
    return {"status_file": StatusFileRead(PaneId("%1"), 7, state), "status_file_s": at_s}


def test_a_status_file_tells_work_from_rest_where_a_prompt_or_a_marker_is_left_behind():
    draft = screen("> a draft", **filed("working"))
    assert told(judged(KEEPER, (1.0, draft)), 9.0)[:2] == (Health.OK, "status_file")

    left = (1.0, screen("busy, one agent")), (2.0, screen("busy, one agent", **filed("idle", 2.0)))
    assert told(judged(KEEPER, *left), 9.0)[:2] == (Health.IDLE, "status_file")

    again = screen("busy", **filed("idle", 2.0))
    assert (
        told(judged(KEEPER, (2.0, screen(**filed("idle", 2.0))), (3.0, again)), 3.0)[1] == "footer"
    )


def test_dialogs_and_errors_beat_a_status_file_and_it_beats_silence():
    assert told(judged(KEEPER, (1.0, screen("Sure?", **filed("working")))), 2.0)[1] == "ask"
    assert told(judged(KEEPER, (1.0, screen("retrying", **filed("working")))), 2.0)[1] == "retry"
    asks = judged(KEEPER, (1.0, screen("who knows", **filed("waiting"))))
    assert told(asks, 1.0) == (Health.WAITING, "status_file", 1.0)


def test_an_agent_at_work_by_its_status_file_whose_screen_stands_still_makes_no_progress():
    judge = judged(KEEPER, (1.0, screen("", **filed("working"))))

    assert told(judge, 121.0)[:2] == (Health.STUCK, "no_progress")


def test_the_status_file_of_an_agent_that_keeps_none_is_not_believed():
    assert told(judged(AGENT, (1.0, screen("> ", **filed("working")))), 9.0)[1] == "prompt"


def test_a_dialog_beats_a_report_of_rest():
    done = StatusReported("done")
    judge = judged(AGENT, (1.0, screen("Sure?", report=done, report_s=1.0)))

    assert told(judge, 1.1)[0] is Health.WAITING


def test_a_title_beats_an_idle_screen():
    judge = judged(AGENT, (1.0, screen(">", title="⠂")))

    assert told(judge, 5.0)[:2] == (Health.OK, "title")


@pytest.mark.parametrize("state", ["working", "blocked"])
def test_an_idle_screen_beats_a_stale_report_after_a_second(state):
    report = StatusReported(state)
    judge = judged(AGENT, (1.0, screen("x", report=report, report_s=1.0)))
    judge.look(5.0, screen(">", report=report, report_s=1.0))

    assert told(judge, 5.9)[1] == "report"
    assert told(judge, 6.0)[:2] == (Health.IDLE, "prompt")


def test_a_screen_at_work_beats_a_stale_report_of_a_question_after_a_second():
    report = StatusReported("blocked", "permission")
    judge = judged(AGENT, (1.0, screen("Sure?", report=report, report_s=1.0)))
    judge.look(5.0, screen("busy", report=report, report_s=1.0))

    assert told(judge, 5.9)[0] is Health.WAITING
    assert told(judge, 6.1)[0] is Health.OK


def test_a_report_that_was_outweighed_does_not_come_back():
    report = StatusReported("blocked", "permission")
    judge = judged(AGENT, (1.0, screen("x", report=report, report_s=1.0)))
    judge.look(5.0, screen(">", report=report, report_s=1.0))
    judge.look(7.0, screen("x", report=report, report_s=1.0))
    assert told(judge, 7.5)[0] is not Health.WAITING

    judge.look(8.0, screen("x", report=report, report_s=8.0))
    assert told(judge, 8.1)[0] is Health.WAITING


def test_a_report_of_a_question_tells_its_kind():
    report = StatusReported("blocked", "permission")
    judge = judged(AGENT, (1.0, screen("x", report=report, report_s=0.9)))

    verdict = judge.verdict(1.0)
    assert (verdict.health, verdict.reason, verdict.since_s) == (Health.WAITING, "permission", 0.9)


def test_while_something_stronger_is_coming_the_opinion_stays():
    judge = judged(AGENT, (1.0, screen(">")), (3.0, screen("Sure?", "busy")))

    assert told(judge, 3.009)[:2] == (Health.IDLE, "prompt")
    assert told(judge, 3.01)[:2] == (Health.WAITING, "ask")


def test_a_torn_frame_changes_nothing():
    judge = judged(AGENT, (1.0, screen("Sure?")))
    judge.verdict(2.0)
    judge.look(3.0, screen("busy"))
    judge.look(3.05, screen("Sure?"))

    assert told(judge, 3.2) == (Health.WAITING, "ask", 1.0)


def test_what_a_stronger_claim_hid_is_told_since_it_is_believed():
    judge = judged(AGENT, (1.0, screen("busy")), (2.0, screen("Sure?", "busy")))
    assert told(judge, 2.1)[0] is Health.WAITING

    judge.look(9.0, screen("busy"))

    assert told(judge, 9.4) == (Health.OK, "footer", 9.4)


def test_the_shell_is_back_with_the_last_words():
    judge = judged(AGENT, (1.0, screen("busy")), (5.0, screen("Resume x", "$", command="bash")))

    verdict = judge.verdict(5.3)
    assert (verdict.health, verdict.reason, verdict.rule) == (
        Health.EXITED,
        "shell-back",
        "agent/shell_back",
    )
    assert (verdict.evidence, verdict.since_s) == ("Resume x", 5.0)


def test_an_agent_that_is_started_again_lives():
    judge = judged(AGENT, (1.0, screen("x")), (2.0, screen("$", command="bash")))
    assert told(judge, 5.0)[0] is Health.EXITED

    judge.look(6.0, screen("busy"))
    assert told(judge, 6.0)[0] is Health.OK


# ------------------------------------------------------------------ no progress


def test_work_without_news_is_no_progress():
    judge = judged(AGENT, (1.0, screen("text", "busy 1s")), (100.0, screen("text", "busy 99s")))
    judge.active(100.0)

    assert told(judge, 120.9)[0] is Health.OK
    assert told(judge, 121.0) == (Health.STUCK, "no_progress", 121.0)
    assert judge.verdict(121.0).reason == "no-progress"


def test_news_are_progress():
    judge = judged(AGENT, (1.0, screen("text", "busy")), (100.0, screen("text", "more", "busy")))

    assert told(judge, 219.9)[0] is Health.OK
    assert told(judge, 220.0)[0] is Health.STUCK


def test_a_running_tool_is_given_more_time():
    judge = judged(AGENT, (1.0, screen("text", "busy", children=1)))

    assert told(judge, 600.9)[0] is Health.OK
    assert told(judge, 601.0)[0] is Health.STUCK


def test_children_that_an_idle_agent_has_are_no_tools():
    judge = judged(AGENT, (1.0, screen(">", children=2)))
    judge.verdict(9.0)
    judge.look(10.0, screen("busy", children=2))

    assert told(judge, 130.0)[:2] == (Health.STUCK, "no_progress")


def test_work_that_only_the_title_shows_has_its_own_clock():
    judge = judged(AGENT, (1.0, screen(">")), (500.0, screen(">", title="⠂")))

    assert told(judge, 619.9)[0] is Health.OK
    assert told(judge, 620.0)[:2] == (Health.STUCK, "no_progress")


def test_rest_between_two_works_sets_the_clock_back():
    judge = judged(AGENT, (1.0, screen(">", title="⠂")), (50.0, screen(">")))
    assert told(judge, 60.0)[0] is Health.IDLE

    judge.look(500.0, screen(">", title="⠂"))

    assert told(judge, 619.9)[0] is Health.OK


# ------------------------------------------------------------------ explain


def test_everything_that_was_seen_is_explained():
    judge = judged(AGENT, (1.0, screen("Sure?", "busy", title="⠂")))

    seen = {sighting.rule: sighting for sighting in judge.explain(2.0)}

    assert seen["agent/ask"].lost == ""
    assert (seen["agent/ask"].line, seen["agent/ask"].text) == (0, "Sure?")
    assert seen["agent/title"].lost == "gives way to agent/ask"
    assert seen["agent/footer"].line == 1
    assert seen["agent/idle_warning"].lost == "counts in 58.0 s, if it stays"


def test_an_old_error_that_came_to_light_again_is_explained():
    judge = judged(FAILING, (1.0, screen("ERR", ">")), (2.0, screen("ERR", "busy")))
    assert told(judge, 3.0)[:2] == (Health.OK, "footer")

    judge.look(9.0, screen("ERR", ">"))

    assert told(judge, 10.0)[:2] == (Health.IDLE, "prompt")
    seen = {sighting.rule: sighting for sighting in judge.explain(10.0)}
    assert seen["agent/error"].lost == "is an old one that came to light again"


# ------------------------------------------------------------------ economy


def test_activity_says_whether_the_opinion_may_be_another():
    judge = judged(AGENT, (1.0, screen("text")))

    assert not judge.active(2.0)
    assert judge.deadline_s() == 62.0
    assert told(judge, 70.0)[0] is Health.IDLE
    assert judge.active(80.0)
    assert told(judge, 80.0)[0] is Health.OK


def test_a_look_at_nothing_new_says_the_same():
    judge = judged(GENERIC, (1.0, shown := screen("$", "error: no")))
    before = judge.explain(2.5)

    judge.look(2.5, shown)
    judge.look(2.5, attrs.evolve(shown))

    assert judge.explain(2.5) == before
    assert judge.deadline_s() == 60.0


@pytest.mark.parametrize(
    ("change", "t", "health"),
    [
        ({"lines": ("busy",)}, 3.0, Health.OK),
        ({"title": "⠂"}, 3.0, Health.OK),
        ({"command": "bash"}, 3.0, Health.EXITED),
        ({"report": StatusReported("blocked"), "report_s": 2.0}, 2.5, Health.WAITING),
        ({"cursor_row": 1}, 3.0, Health.WAITING),
    ],
)
def test_a_look_at_one_other_fact_is_one_at_something_new(change, t, health):
    asks = {"name": "c", "state": "waiting", "scope": "cursor_line", "any": "^\\?"}
    rules = [*AGENT.definition["rule"], asks]
    profile = profile_from_mapping("agent", {"rule": rules}, "c.toml")
    before = screen(">", "?", ">")
    judge = judged(profile, (1.0, before))
    assert told(judge, 2.0)[0] is Health.IDLE

    judge.look(2.0, attrs.evolve(before, **change))

    assert told(judge, t)[0] is health


def test_a_look_at_more_children_gives_a_working_agent_more_time():
    judge = judged(AGENT, (1.0, before := screen("busy")))
    judge.look(2.0, attrs.evolve(before, children=1))

    assert told(judge, 300.0)[0] is Health.OK


def test_a_look_at_the_same_report_sent_again_is_one_at_something_new():
    report = StatusReported("blocked")
    judge = judged(AGENT, (1.0, before := screen(">", report=report, report_s=1.0)))
    assert told(judge, 4.0)[0] is Health.IDLE

    judge.look(5.0, attrs.evolve(before, report_s=5.0))

    assert told(judge, 5.5)[0] is Health.WAITING


# ------------------------------------------------------------------ laws

LINES = st.sampled_from([">", "busy", "Sure?", "retrying", "error: no", "text", "more", ""])
REPORTS = st.sampled_from([None, *map(StatusReported, ("idle", "working", "blocked", "error"))])
LOOKS = st.builds(
    Evidence,
    lines=st.lists(LINES, max_size=4).map(tuple),
    cursor_row=st.just(0),
    cursor_column=st.just(0),
    title=st.sampled_from(["", "⠂ x"]),
    command=st.sampled_from(["agent", "agent", "bash", ""]),
    report=REPORTS,
    children=st.integers(0, 1),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.02, 0.1, 0.7, 1.3, 59.999999, 60.0, 400.0]),
        st.one_of(st.none(), LOOKS),
    ),
    max_size=8,
)
PROFILES = st.sampled_from([GENERIC, AGENT])


def act(judge, t, evidence):
    if evidence is None:
        judge.active(t)
    else:
        judge.look(t, evidence)


@settings(max_examples=60)
@given(PROFILES, STEPS)
def test_how_often_one_asks_changes_no_verdict(profile, steps):
    asked, unasked = (Judge(profile, Thresholds(), 0.0) for _ in range(2))
    t = 0.0
    for wait_s, evidence in [*steps, (999.0, None)]:
        t = round(t + wait_s, 6)
        while asked.deadline_s() <= t:
            asked.verdict(asked.deadline_s())
        asked.verdict(t)
        assert asked.verdict(t) == unasked.verdict(t)
        act(asked, t, evidence)
        act(unasked, t, evidence)
        assert asked.verdict(t) == unasked.verdict(t)
        assert asked.deadline_s() == unasked.deadline_s()
        assert asked.explain(t) == unasked.explain(t)


@settings(max_examples=60)
@given(PROFILES, STEPS)
def test_a_verdict_changes_at_calls_and_deadlines_only(profile, steps):
    judge = Judge(profile, Thresholds(), 0.0)
    t = 0.0
    for wait_s, evidence in steps:
        t = round(t + wait_s, 6)
        act(judge, t, evidence)
        for _ in range(30):
            verdict, due_s = judge.verdict(t), judge.deadline_s()
            assert due_s > t
            if due_s == math.inf:
                break
            just_before_s = max(t, due_s - 0.000001)
            assert judge.verdict(just_before_s) == verdict
            assert judge.deadline_s() == due_s
            t = due_s
        else:
            pytest.fail("the deadlines do not end")


@pytest.fixture(scope="module")
def slow():
    """An agent whose prompt has to stand for half a second."""
    rule = {"name": "prompt", "state": "idle", "scope": "bottom:1", "any": "^>", "hold_ms": 500}
    busy = {"name": "footer", "state": "working", "scope": "bottom:1", "any": "busy"}
    return profile_from_mapping("slow", {"rule": [rule, busy]}, "s.toml")


@pytest.mark.parametrize(
    ("silent_s", "firm_s"), [(0.0, 0.5), (0.6, 0.5), (1.2, 0.3), (1.5, 0.0), (400.0, 0.0)]
)
def test_what_the_first_look_sees_has_stood_since_the_last_activity(slow, silent_s, firm_s):
    # tmux tells whole seconds: up to one may have to be taken off.
    judge = Judge(slow, Thresholds(), -silent_s)
    assert not judge.has_looked

    judge.look(0.0, screen(">"))

    assert judge.has_looked
    assert judge.is_settling(0.0) == (firm_s > 0)
    assert judge.verdict(firm_s).rule == "slow/prompt"
    assert not judge.is_settling(firm_s)


def test_what_a_later_look_sees_has_not_stood(slow):
    judge = Judge(slow, Thresholds(), -30.0)
    judge.look(0.0, screen("text"))

    judge.look(1.0, screen(">"))

    assert judge.is_settling(1.4)
    assert told(judge, 1.5) == (Health.IDLE, "prompt", 1.0)


def test_one_look_takes_what_matches(slow):
    judge = Judge(slow, Thresholds(), 0.0, at_once=True)

    judge.look(0.0, screen(">"))

    assert judge.verdict(0.0).rule == "slow/prompt"
    assert not judge.is_settling(0.0)


def test_a_screen_that_stood_still_before_the_first_look_made_no_progress(slow):
    judge = Judge(slow, Thresholds(), -500.0)

    judge.look(0.0, screen("busy"))

    verdict = judge.verdict(0.0)
    assert (verdict.health, verdict.reason) == (Health.STUCK, "no-progress")
    assert verdict.since_s == -499.0 + slow.no_progress_s


def headless(*lines, command="agent", **facts):
    return screen(*lines, command=command, headless="agent -p go", **facts)


def test_a_run_that_nobody_looks_at_works_whatever_it_prints_and_however_long_it_is_silent():
    asked = headless("Sure?", title="⠂")
    failed = headless(
        "ERR", "retrying", report=StatusReported("agent", "waiting", "?"), report_s=9.0
    )
    judge = judged(AGENT, (1.0, headless()), (5.0, asked), (9.0, failed))

    assert told(judge, 5000.0)[:2] == (Health.OK, "headless")
    assert judge.verdict(5000.0).evidence == "agent -p go"
    assert judge.outlook(5000.0) is None
    assert "agent/headless" in [item.rule for item in judge.explain(5000.0)]


def test_a_run_that_nobody_looks_at_has_exited_when_the_shell_is_back():
    judge = judged(AGENT, (1.0, headless()), (5.0, headless("Sure?", command="bash")))

    assert told(judge, 6.0)[:2] == (Health.EXITED, "shell_back")


def test_an_error_text_that_comes_or_goes_is_something_new_and_its_number_is_not():
    thresholds = Thresholds(error_patterns=("error",), error_settle_s=0.0)
    judge = judged(GENERIC, (1.0, screen("all is well")), thresholds=thresholds)

    assert judge.look(2.0, screen("all is well, again"))
    assert not judge.look(3.0, screen("error: try 1"))
    assert judge.look(4.0, screen("error: try 2"))
    assert not judge.look(5.0, screen("all is well"))
