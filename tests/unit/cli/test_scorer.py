from oma.cli.scorer import Scorer
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.scoring.score import GETTING_ON
from tests.unit.cli.recordings import TRANSCRIPT


def test_a_transcript_is_scored_by_the_rules_given():
    profiles = tuple(packaged_profiles())
    aider = next(profile for profile in profiles if profile.name == "aider")
    truth = TRANSCRIPT.with_suffix(".json")

    right = Scorer(Config(), profiles).score(TRANSCRIPT, truth, aider)
    chosen = Scorer(Config(), profiles).score(TRANSCRIPT, truth, None)

    assert (right.name, right.profile) == ("aider-main.ctl", "aider")
    assert chosen.profile is None
    assert right.score.labelled_s() == chosen.score.labelled_s() > 0
    assert right.score.accuracy(GETTING_ON) > 0.9
