import json

import pytest

from oma.cli.commands.score_command import ScoreOptions, run
from oma.cli.option_values import RuleOptions
from oma.errors import ConfigError
from tests.unit.cli.parsing import parsed
from tests.unit.cli.recordings import TRANSCRIPT

TRUTH = str(TRANSCRIPT.with_suffix(".json"))


def test_its_words_become_options():
    assert parsed(*["score", "f", "--truth", "t", "--json", "--profile", "p"]) == ScoreOptions(
        recording="f", truth="t", json=True, rules=RuleOptions(profile="p")
    )


def test_the_profile_that_is_asked_for_judges(capsys):
    rules = RuleOptions(profile="aider")

    run(ScoreOptions(recording=str(TRANSCRIPT), truth=TRUTH, rules=rules, json=True))
    assert json.loads(capsys.readouterr().out)["profile"] == "aider"
    run(ScoreOptions(recording=str(TRANSCRIPT), truth=TRUTH, rules=rules))
    assert capsys.readouterr().out.startswith("aider-main.ctl, profile aider\nTRUTH")


def test_a_profile_that_is_not_there_is_refused():
    with pytest.raises(ConfigError, match="unknown profile"):
        run(
            ScoreOptions(
                recording=str(TRANSCRIPT), truth=TRUTH, rules=RuleOptions(profile="nobody")
            )
        )
