"""`oma why`."""

import json

import pytest

from oma.cli.commands.why_command import WhyOptions, run
from oma.cli.option_values import RuleOptions
from oma.errors import ConfigError, OmaError
from tests.support.fleet_play import PANE, SESSION
from tests.unit.cli.parsing import parsed
from tests.unit.cli.recordings import write


def test_its_words_become_options():
    line = "why bob --recording f --at 5 --profile p --profiles d --config c --json"
    assert parsed(*line.split()) == WhyOptions(
        config="c",
        agent="bob",
        recording="f",
        at=5.0,
        rules=RuleOptions(config="c", profile="p", profiles="d"),
        json=True,
    )
    assert parsed("why", "--pane", "%1", "--record", "f") == WhyOptions(pane="%1", record="f")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (WhyOptions(), "give an agent, or --pane"),
        (WhyOptions(agent="a", pane="%1"), "give an agent, or --pane"),
        (WhyOptions(agent="a", recording="f", record="g"), "give one"),
        (WhyOptions(agent="a", at=1.0), "--at needs --recording"),
        (WhyOptions(agent="a", rules=RuleOptions(profile="p")), "--profile needs --recording"),
        (WhyOptions(agent="a", rules=RuleOptions(profiles="d")), "--profiles needs --recording"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options, words):
    with pytest.raises(ConfigError, match=words):
        run(options)


@pytest.mark.parametrize("name", ["a", "oma-agent-a", PANE, SESSION, "oma-ag"])
def test_a_recording_tells_why_at_its_end_and_at_any_moment(tmp_path, capsys, name):
    path = str(write(tmp_path / "f.jsonl"))

    assert run(WhyOptions(agent=name, recording=path, json=True)) == 0
    end = json.loads(capsys.readouterr().out)
    assert run(WhyOptions(agent=name, recording=path, json=True, at=2.0)) == 0
    early = json.loads(capsys.readouterr().out)
    assert run(WhyOptions(agent=name, recording=path)) == 0

    assert (early["t"], end["t"]) == (2.0, 400.0)
    assert early["health"] != end["health"]
    assert capsys.readouterr().out.startswith("oma-agent-a is ")


def test_a_moment_or_an_agent_that_the_recording_has_not_is_said(tmp_path):
    path = str(write(tmp_path / "f.jsonl"))

    with pytest.raises(ConfigError, match="--at 500: the recording ends at 400 s"):
        run(WhyOptions(agent="a", recording=path, at=500.0))
    with pytest.raises(OmaError, match="no agent 'bob' at 400 s; there are: oma-agent-a"):
        run(WhyOptions(agent="bob", recording=path))


def test_an_agent_that_is_not_there_is_said():
    with pytest.raises(OmaError, match="no agent 'bob'"):
        run(WhyOptions(agent="bob"))
