from oma.model.events import PaneResized, SessionClosed, SessionOpened
from oma.model.explanation import Outlook, Recognised
from oma.model.health import Health
from tests.support.fleet_play import PANE, SESSION, captured, empty, play, seen

DIALOG = "─" * 20 + "\r\nDo you want to proceed?\r\n❯ 1. Yes\r\n"


def asking():
    """An agent that has asked since 10 s."""
    opened = empty().at(0.0, SessionOpened(SESSION, "a"), seen(command="claude"), captured())
    return opened.prints(10.0, DIALOG).at(12.0)


def explained(played, name="a"):
    return played.fleet.explain(name, played.fleet.snapshot().t)


def test_a_verdict_is_told_with_the_line_it_rests_on_and_what_lost():
    told = explained(asking())

    assert (told.t, told.agent, told.profile) == (12.0, "a", "claude")
    assert (told.verdict.health, told.verdict.since_s) == (Health.WAITING, 10.0)
    assert (told.decisive.rule, told.decisive.line) == ("claude/permission", 1)
    assert told.successor.rule == "claude/dialog-shape"
    assert {s.rule: s.lost for s in told.seen}["claude/active"] == (
        "gives way to claude/permission"
    )
    assert told.sees_screen


def test_a_dialog_stays_however_long_nothing_happens():
    assert explained(asking()).outlook is None


def test_what_time_alone_will_change_is_told():
    silent = play().prints(5.0, "hello").at(20.0)

    told = explained(silent, "oma-agent-1")

    assert told.outlook == Outlook(65.0, Health.IDLE, "silent", "generic/idle_warning")
    assert silent.at(70.0).healths[-1][0] == 65.0


def test_what_told_of_its_kind_is_told_while_it_is_there():
    told = explained(asking())
    assert (told.recognised, told.pane, told.is_session) == (
        Recognised("process", "claude"),
        PANE,
        True,
    )

    back = explained(asking().at(13.0, seen(command="bash")))
    assert (back.profile, back.recognised) == ("claude", None)
    assert explained(play(), "oma-agent-1").recognised is None


def test_asking_changes_nothing():
    asked, unasked = play().prints(5.0, "error"), play().prints(5.0, "error")
    explained(asked, "oma-agent-1")

    assert asked.at(400.0).said == unasked.at(400.0).said


def test_a_dead_pane_beats_whatever_its_screen_still_shows():
    told = explained(asking().at(13.0, seen(command="claude", dead=True, dead_status=3)))

    assert (told.decisive.rule, told.decisive.text) == ("process/pane", "exit status 3")
    assert {s.rule: s.lost for s in told.seen}["claude/permission"] == "gives way to process/pane"
    assert told.outlook is None


def test_why_an_agent_is_not_watched_is_told():
    opened = empty().at(0.0, SessionOpened(SESSION, "a", "it would end"), seen())

    told = explained(opened.at(500.0))

    assert (told.decisive.rule, told.decisive.text) == ("process/session", "it would end")
    assert told.outlook is None


def test_of_a_session_that_is_gone_nothing_else_is_told():
    told = explained(asking().at(13.0, SessionClosed(SESSION)))

    assert [s.rule for s in told.seen] == ["process/session"]
    assert (told.outlook, told.sees_screen) == (None, False)


def test_a_screen_that_is_not_known_is_said_to_be_so():
    assert not explained(asking().at(13.0, PaneResized(PANE, 90, 30))).sees_screen


def test_an_agent_is_explained_by_its_id_as_by_its_name():
    assert explained(asking(), SESSION) == explained(asking(), "a")


def test_an_agent_that_was_not_seen_is_not_explained():
    assert explained(asking(), "b") is None
    assert explained(empty().at(0.0, SessionOpened(SESSION, "a"))) is None
