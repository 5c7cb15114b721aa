"""`oma score`: how right the verdicts on a labelled recording are, by the rules of today."""

import argparse
import json
from pathlib import Path

from oma.cli.context import profiles_in_force, read_context
from oma.cli.rules import chosen_profiles, forced_profile
from oma.cli.scores import Scorer, score_json, score_text


def run(arguments: argparse.Namespace) -> int:
    """Print the score of one recording."""
    profiles = chosen_profiles(arguments) or profiles_in_force()
    scorer = Scorer(read_context(arguments).config, profiles)
    forced = forced_profile(scorer.profiles, arguments.profile)
    scored = scorer.score(Path(arguments.recording), Path(arguments.truth), forced)
    print(json.dumps(score_json(scored)) if arguments.json else score_text(scored))
    return 0
