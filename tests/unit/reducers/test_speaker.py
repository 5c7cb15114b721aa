"""The pane that speaks for an agent."""

import attrs

from oma.config.profiles import packaged_profiles
from oma.detection.recognition import Recognition
from oma.detection.thresholds import Thresholds
from oma.model.events import AgentFound
from oma.model.ids import PaneId
from oma.reducers.pane import PaneFold
from oma.reducers.rules import Rules
from oma.reducers.speaker import headless_line, kind_of, recognise_pane, speaker
from tests.support.fleet_play import PANE, sampled, seen

SECOND = PaneId("%2")
RULES = Rules(packaged_profiles(), Thresholds())


def pane(command, pane_id=PANE):
    return PaneFold(seen=seen(pane=pane_id, command=command), title="")


def test_what_was_found_says_the_kind_where_nothing_else_does():
    found = AgentFound(PANE, "codex", "screen", "› go")

    assert kind_of(RULES, pane("ssh"), found).name == "codex"
    assert kind_of(RULES, pane("claude"), found).name == "claude"
    assert kind_of(RULES, pane("ssh", SECOND), found).name == "generic"
    assert kind_of(RULES, pane("ssh"), None).name == "generic"
    assert kind_of(RULES, pane("ssh"), AgentFound(PANE, "gone", "title", "")).name == "generic"


def test_what_was_found_tells_of_the_kind_where_it_is_the_same():
    found = AgentFound(PANE, "codex", "process", "node /x/codex.js")

    assert recognise_pane(RULES, pane("codex"), found).evidence == "node /x/codex.js"
    assert recognise_pane(RULES, pane("claude"), found).evidence == "claude"
    assert recognise_pane(RULES, pane("vim"), None) is None


def test_a_kind_that_the_user_gave_is_told_as_such():
    forced = attrs.evolve(RULES, forced_profile=kind_of(RULES, pane("claude"), None))

    assert recognise_pane(forced, pane("codex"), None) == Recognition("claude", "option", "")


def test_a_run_that_nobody_looks_at_is_told_by_its_process_or_by_what_was_found():
    claude = kind_of(RULES, pane("claude"), None)
    sampled_pane = pane("claude")
    sampled_pane.sample = sampled(argv=("claude", "-p", "go")).samples[0]
    found = AgentFound(PANE, "claude", "process", "claude -p go", headless=True)

    assert headless_line(claude, sampled_pane, None) == "claude -p go"
    assert headless_line(claude, pane("python3"), found) == "claude -p go"
    assert headless_line(claude, pane("python3", SECOND), found) == ""
    assert headless_line(claude, pane("claude"), None) == ""
    assert headless_line(claude, pane("claude"), attrs.evolve(found, headless=False)) == ""


def test_the_pane_in_which_an_agent_was_found_speaks():
    panes = {PANE: pane("claude"), SECOND: pane("bash", SECOND)}
    found = AgentFound(SECOND, "codex", "screen", "› go")

    chosen, kind = speaker(RULES, panes, found, PANE, was_known=True)

    assert (chosen, kind.name) == (SECOND, "codex")


def test_without_a_find_the_first_of_a_known_kind_speaks_then_the_one_before_then_a_program():
    panes = {PANE: pane("bash"), SECOND: pane("vim", SECOND)}

    assert speaker(RULES, panes, None, None, was_known=False) == (SECOND, None)
    assert speaker(RULES, panes, None, PANE, was_known=True) == (PANE, None)
    known = {**panes, PaneId("%3"): pane("claude", PaneId("%3"))}
    assert speaker(RULES, known, None, PANE, was_known=True)[0] == PaneId("%3")
    assert speaker(RULES, {}, None, None, was_known=False) == (None, None)
