"""Templates of `oma status --format`."""

import pytest

from oma.cli.status_format import FIELDS, StatusFormat
from oma.errors import ConfigError
from oma.model.documents import agent_document
from oma.model.wall_time import log_calendar
from tests.unit.tui.fleets import agent as an_agent

AGENT = {
    "agent": "修正",
    "health": "waiting",
    "idle_s": 2.5,
    "branch": "",
    "pid": None,
    "title": "x\x1b[2J",
    "until": {"text": "3pm", "at": None},
    "dialog": {"question": "Go on?", "options": []},
}


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{agent}", "修正"),
        ("{agent:<6}|{agent:>6}|{agent:.3}|{agent:2}", "修正  |  修正|修…|修正"),
        ("{health:<3}|{idle_s}", "waiting|2.5"),
        (r"{agent}\t{branch}{pid}\n{{x}}", "修正\t\n{x}"),
        ("{title}", "x␛[2J"),
        ("{until} {question} {dialog}", "3pm Go on? Go on?"),
        ("{host}{cwd}", ""),
        ("no field", "no field"),
    ],
)
def test_a_template_is_filled_in_by_the_cells_of_the_terminal(template, line):
    assert StatusFormat.of(template).line(AGENT) == line


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{helth}", "unknown field 'helth'; did you mean 'health'"),
        ("{}", "unknown field ''"),
        ("{agent.__class__}", "unknown field 'agent.__class__'"),
        ("{dialog[question]}", "unknown field"),
        ("{agent!r}", "agent!r: expected a width"),
        ("{agent:{health}}", "expected a width"),
        ("{agent:>9999}", "expected a width"),
        ("{agent", "--format"),
    ],
)
def test_what_is_no_name_of_a_field_is_refused(template, words):
    with pytest.raises(ConfigError, match="--format") as refused:
        StatusFormat.of(template)
    assert words in str(refused.value)


def test_every_field_of_an_agent_may_be_named():
    told = agent_document(an_agent(1), 1.0, log_calendar("2026-11-20T20:00:00Z"))

    assert set(told) < set(FIELDS)
    for name in FIELDS:
        StatusFormat.of(f"{{{name}}}").line(told)
