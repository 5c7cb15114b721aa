"""The grounds of a verdict."""

import attrs

from oma.model.explanation import EvidenceItem, Explanation, Outlook, Recognised
from oma.model.health import Ending, Health
from oma.tui.cells import Size, line_cells
from oma.tui.why_panel import why_panel
from tests.unit.tui.fleets import agent, render_input, text_of, verdict

STUCK = agent(1, verdict=verdict(Health.STUCK, "error-text", "Error: no " + "z" * 50, 40.0))
WHY = Explanation(
    t=100.0,
    agent=STUCK.name,
    profile="generic",
    verdict=STUCK.verdict,
    seen=(
        EvidenceItem(Health.STUCK, "generic/error", 3, "Error", 40.0, counts=True, lost=""),
        EvidenceItem(
            Health.OK, "generic/active", None, "output", 1.0, counts=False, lost="too old"
        ),
    ),
    outlook=Outlook(160.0, Health.IDLE, "silent", "generic/idle"),
    sees_screen=True,
    recognised=Recognised("process", "node cli.js"),
)


def words(shown, columns=60, height=40):
    return [text_of(line) for line in why_panel(shown, STUCK, Size(columns, height))]


def test_the_verdict_is_told_with_rule_evidence_and_moment():
    text = "\n".join(words(render_input(STUCK)))

    for part in ("STUCK", "20:00:40, 1m ago", "error-text", "generic/active", "Error: no zzz"):
        assert part in text


def test_evidence_that_is_too_long_goes_on_in_the_next_line():
    lines = words(render_input(STUCK), columns=30)

    assert sum(line.count("z") for line in lines) == 50
    assert max(map(len, lines)) <= 30


def test_what_else_was_seen_and_what_time_will_change_are_told():
    text = "\n".join(words(render_input(STUCK, explanation=WHY)))

    assert "IDLE (silent) at 20:02:40 if nothing happens" in text
    assert "generic/active: output (too old)" in text
    assert "its process: node cli.js" in text
    assert "generic/error:" not in text


def test_a_wide_character_in_a_column_of_one_cell_ends_the_text():
    wide = attrs.evolve(STUCK, verdict=verdict(Health.STUCK, "日本", "日本"))

    for line in why_panel(render_input(wide), wide, Size(15, 40)):
        assert line_cells(line) <= 15


def test_nobody_selected_has_no_grounds():
    assert why_panel(render_input(), None, Size(60, 9)) == []


def test_when_a_failure_ends_is_told():
    fails = attrs.evolve(STUCK, verdict=attrs.evolve(STUCK.verdict, ending=Ending("3:45pm")))

    text = [text_of(line) for line in why_panel(render_input(fails), fails, Size(60, 40))]

    assert [line.split() for line in text if "ends" in line] == [["ends", "until", "3:45pm"]]
