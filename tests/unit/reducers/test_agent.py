import math

import pytest

from oma.config.profiles import packaged_profiles
from oma.detection.thresholds import Thresholds
from oma.model.events import AgentEnded, AgentFound, PaneResized, ProcessSample, SessionOpened
from oma.model.health import Health
from oma.model.ids import AgentId, PaneId
from oma.reducers.agent import GONE_LINGER_S, AgentFold
from oma.reducers.agent_state import state_of
from oma.reducers.rules import Rules
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen

SECOND = PaneId("%2")
PROFILES = packaged_profiles()


def agent(forced=None, **facts):
    """An agent whose first pane was seen at the start."""
    fold = unseen(forced)
    fold.seen(0.0, seen(idle_s=0.0, **facts))
    return fold


def unseen(forced=None):
    return AgentFold(
        AgentId(SESSION), SESSION, "oma-agent-1", Rules(PROFILES, Thresholds(), forced), 0.0
    )


def kind(fold):
    return fold.judge.profile.name


def sample(argv, pane=PANE, children=0):
    return ProcessSample(pane, tuple(argv), children, 1.5, 1000)


def tell(fold, t):
    """Publish the verdict as the fleet does."""
    fold.published, fold.is_told = fold.verdict(t), True


def health(fold, t):
    fold.look(t)
    return fold.verdict(t).health


def test_nothing_is_believed_of_an_agent_without_a_pane():
    fold = unseen()

    assert fold.verdict(0.0) is None
    assert fold.deadline_s() == math.inf
    assert fold.primary_pane is None


def test_an_agent_was_active_when_tmux_says_it_was():
    fold = unseen()

    fold.seen(100.0, seen(idle_s=30.0))

    assert fold.active_s == 70.0
    assert fold.deadline_s() <= 130.0


def test_a_later_word_of_tmux_on_activity_never_sets_the_clock_back():
    fold = agent()
    fold.output(50.0, PANE, b"x")

    fold.seen(60.0, seen(pane=SECOND, idle_s=55.0))

    assert fold.active_s == 50.0


def test_a_fact_about_a_pane_is_no_activity():
    fold = agent()

    fold.seen(50.0, seen(title="other"))
    fold.captured(51.0, captured(b"text\n"))
    fold.sampled(52.0, sample(["bash"]))
    fold.resized(53.0, PaneResized(PANE, 90, 30))
    fold.output(53.5, PANE, b"repaint")

    assert fold.active_s == 0.0


def test_the_first_pane_speaks_until_one_of_a_known_kind_is_there():
    fold = agent(command="bash")
    assert (state_of(fold).pane, kind(fold)) == (PANE, "generic")

    fold.seen(1.0, seen(pane=SECOND, command="claude"))

    assert (state_of(fold).pane, kind(fold)) == (SECOND, "claude")


def test_an_agent_keeps_its_kind_when_a_shell_comes_back_under_it():
    fold = agent(command="claude")

    fold.seen(1.0, seen(command="bash"))

    assert kind(fold) == "claude"


@pytest.mark.parametrize("told", ["argv", "title", "report"])
def test_the_kind_of_an_agent_is_known_by_what_its_launcher_hides(told):
    fold = agent(command="node")
    assert kind(fold) == "generic"

    if told == "argv":
        fold.sampled(1.0, sample(["node", "/usr/bin/codex"]))
        expected = "codex"
    elif told == "title":
        fold.output(1.0, PANE, "\x1b]2;✳ Claude Code\x07".encode())
        expected = "claude"
    else:
        fold.output(1.0, PANE, b"\x1b]7501;state=working:app=codex\x07")
        expected = "codex"

    assert kind(fold) == expected


def test_a_forced_kind_is_that_of_every_agent():
    aider = next(profile for profile in PROFILES if profile.name == "aider")

    assert kind(agent(forced=aider, command="claude")) == "aider"


def test_a_title_that_tmux_repeats_does_not_undo_what_the_program_said_since():
    fold = agent(title="old")
    fold.output(1.0, PANE, b"\x1b]2;new\x07")

    fold.seen(2.0, seen(title="old"))
    assert fold.primary_pane.title == "new"
    fold.seen(3.0, seen(title="newer"))

    assert fold.primary_pane.title == "newer"


def test_output_says_when_the_agent_is_to_be_judged():
    fold = agent()
    fold.captured(0.0, captured())
    fold.look(0.0)

    assert fold.output(10.0, PANE, b"x") == 10.0
    assert fold.output(10.0, SECOND, b"x") == math.inf
    assert fold.look(10.0) == {}


def test_an_agent_that_floods_is_judged_when_its_screen_is_looked_at():
    fold = agent()
    for step in range(10):
        fold.output(10.0 + step / 1000, PANE, b"x")
        fold.look(10.0 + step / 1000)

    judged_s = fold.output(10.01, PANE, b"x")

    assert judged_s == fold.panes[PANE].look_due_s
    assert judged_s > 10.01


def test_lost_output_leaves_the_screen_unknown_and_is_no_work_by_itself():
    fold = agent()
    fold.captured(1.0, captured(b"text\n"))

    fold.lost(PANE)

    assert fold.active_s == 0.0
    assert fold.panes[PANE].rows() is None


def test_a_screen_that_differs_after_lost_output_is_work():
    fold = agent()
    fold.captured(1.0, captured(b"text\n"))
    fold.lost(PANE)

    fold.captured(9.0, captured(b"another text\n"))

    assert fold.active_s == 9.0


def test_what_another_pane_shows_is_no_evidence():
    fold = agent()
    fold.captured(0.0, captured())
    fold.sampled(0.0, sample(["bash"]))
    fold.seen(0.0, seen(pane=SECOND))
    fold.captured(0.0, captured(pane=SECOND))

    fold.output(1.0, SECOND, b"error: it broke\r\n")

    assert health(fold, 1.0) is Health.OK
    assert health(fold, 5.0) is Health.OK
    fold.captured(6.0, captured(b"error: it broke\n", cursor_row=1))
    health(fold, 6.0)
    assert health(fold, 9.0) is Health.STUCK


def test_an_agent_that_did_its_work_exits_with_nothing():
    fold = agent()

    fold.seen(5.0, seen(dead=True, dead_status=0))

    assert fold.verdict(5.0).evidence == "exit status 0"


def test_a_dead_pane_has_exited_since_it_was_first_seen_so():
    fold = agent()
    fold.seen(5.0, seen(dead=True))
    tell(fold, 5.0)

    fold.seen(6.0, seen(dead=True, dead_status=3))
    verdict = fold.verdict(6.0)

    assert fold.published.evidence == "its process ended"
    assert (verdict.health, verdict.reason, verdict.rule) == (
        Health.EXITED,
        "process-ended",
        "process/pane",
    )
    assert (verdict.evidence, verdict.since_s) == ("exit status 3", 5.0)


def test_an_agent_whose_session_ended_has_exited_and_lingers():
    fold = agent()

    fold.ended(7.0, "session-closed")
    fold.ended(9.0, "server-gone")

    assert fold.verdict(10.0).reason == "session-closed"
    assert fold.verdict(10.0).since_s == 7.0
    assert fold.deadline_s() == 7.0 + GONE_LINGER_S
    assert state_of(fold).gone
    assert state_of(fold).pane is None
    assert fold.panes == {}


def test_what_is_known_of_an_agent_stands_when_its_last_pane_closes():
    fold = agent()
    fold.captured(0.0, captured())
    fold.look(0.0)
    tell(fold, 0.0)

    fold.closed(PANE)

    assert fold.verdict(1.0) == fold.published
    assert state_of(fold).command == ""


def test_a_sample_that_changes_nothing_asks_for_no_look():
    fold = agent()
    fold.captured(1.0, captured())
    fold.sampled(1.0, sample(["bash"]))
    fold.look(1.0)

    fold.sampled(2.0, sample(["bash"]))
    assert fold.panes[PANE].look_due_s == math.inf
    fold.sampled(3.0, sample(["bash"], children=1))

    assert fold.panes[PANE].look_due_s == 3.0
    state = state_of(fold)
    assert (state.cpu_percent, state.rss_bytes) == (1.5, 1000)


def test_panes_that_are_not_known_are_passed_over():
    fold = agent()

    fold.captured(1.0, captured(pane=SECOND))
    fold.lost(SECOND)
    fold.resized(1.0, PaneResized(SECOND, 1, 1))
    fold.sampled(1.0, sample(["x"], pane=SECOND))
    fold.closed(SECOND)

    assert list(fold.panes) == [PANE]
    assert fold.active_s == 0.0


def test_a_screen_that_cannot_be_relied_on_is_told_with_the_reason():
    fold = agent()
    fold.captured(1.0, captured(alternate=True))
    assert fold.look(1.0) == {}

    fold.output(2.0, PANE, b"\x1b[?1049l")

    assert fold.look(2.0) == {PANE: "the alternate screen was left"}


def test_nothing_is_made_of_the_silence_of_an_agent_that_nobody_listens_to():
    fold = agent()
    fold.unwatchable = "it would end"

    verdict = fold.verdict(1000.0)

    assert (verdict.health, verdict.reason, verdict.evidence) == (
        Health.OK,
        "unwatched",
        "it would end",
    )
    assert verdict.since_s == 0.0


def test_an_agent_that_was_looked_at_once_is_judged_by_what_was_seen():
    fold = agent()
    fold.unwatchable = "it would end"

    fold.captured(1.0, captured(b"words\n"))
    fold.sampled(1.0, sample(["bash"]))
    fold.look(1.0)

    assert fold.verdict(1.0).reason == "active"


def test_an_agent_that_nobody_listens_to_has_exited_when_its_process_has():
    fold = agent()
    fold.unwatchable = "it would end"

    fold.seen(5.0, seen(dead=True, dead_status=3))

    assert fold.verdict(5.0).evidence == "exit status 3"


def speaks(fold):
    """The pane that is judged, and acted on."""
    fold.look(100.0)
    return state_of(fold).pane


def two_panes(first, second, **facts):
    """An agent whose session has two panes, with the arguments of what runs in them."""
    fold = unseen()
    for pane, argv in ((PANE, first), (SECOND, second)):
        command = argv[0].rpartition("/")[2].removeprefix("-")
        fold.seen(0.0, seen(pane=pane, command=command, **facts))
        fold.sampled(0.0, sample(argv, pane))
    return fold


def test_an_agent_of_no_known_kind_is_never_the_shell_beside_it():
    assert speaks(two_panes(["bash", "--norc"], ["/opt/myagent", "go"])) == SECOND
    assert speaks(two_panes(["-zsh"], ["python3", "agent.py"])) == SECOND
    assert speaks(two_panes(["/opt/myagent"], ["bash"])) == PANE


def test_a_shell_that_runs_a_script_is_an_agent():
    assert speaks(two_panes(["bash", "agent.sh"], ["vim", "notes"])) == PANE


def test_of_shells_alone_the_first_speaks():
    assert speaks(two_panes(["bash"], ["bash"])) == PANE


def test_an_agent_behind_a_launcher_is_found_in_any_pane():
    fold = two_panes(["bash"], ["node", "/usr/lib/node_modules/@openai/codex/bin/codex"])

    assert (speaks(fold), kind(fold)) == (SECOND, "codex")


def test_the_pane_of_an_agent_that_ended_goes_on_to_speak():
    fold = two_panes(["bash"], ["claude"])
    assert speaks(fold) == SECOND

    fold.seen(1.0, seen(pane=SECOND, command="bash"))
    fold.sampled(1.0, sample(["bash"], SECOND))

    assert (speaks(fold), kind(fold)) == (SECOND, "claude")


def test_an_agent_that_left_its_pane_has_no_moment_but_that_at_which_it_leaves_the_list():
    found = AgentFound(PANE, "claude", "process", "claude")
    opened = SessionOpened(SESSION, "a", is_agent=False)
    fleet = empty().at(0.0, opened, found, seen(command="sh", idle_s=0.0), captured(), sampled())

    fleet.at(30.0, AgentEnded(PANE)).at(89.0)  # it was silent for a minute at 60 s

    assert fleet.fleet.next_deadline_s == 90.0
    assert fleet.healths[-1] == (30.0, "exited", "shell-back")
    assert fleet.at(90.0).fleet.snapshot().agents == ()
