"""`oma score`: how right the verdicts on a labelled recording are, by the rules of today."""

import argparse
import json
from pathlib import Path

import attrs

from oma.cli.arguments import add_json, add_rule_options
from oma.cli.cli_context import profiles_in_force, read_context
from oma.cli.exit_codes import DONE
from oma.cli.option_values import GlobalOptions, RuleOptions
from oma.cli.recording_rules import chosen_profiles, forced_profile
from oma.cli.scorer import Scorer
from oma.scoring.score_report import score_json, score_text


@attrs.frozen(kw_only=True)
class ScoreOptions(GlobalOptions):
    """What is scored against which truth, and by which rules."""

    recording: str
    truth: str
    rules: RuleOptions = attrs.Factory(RuleOptions)
    json: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma score`."""
    parser.add_argument("recording", help="a recording, or a transcript NAME.ctl")
    parser.add_argument("--truth", required=True, metavar="FILE", help="what was true, and when")
    add_rule_options(parser, "take the agent to be of this kind")
    add_json(parser)


def run(options: ScoreOptions) -> int:
    """Print the score of one recording."""
    profiles = chosen_profiles(options.rules) or profiles_in_force()
    scorer = Scorer(read_context(options).config, profiles)
    forced = forced_profile(scorer.profiles, options.rules.profile)
    scored = scorer.score(Path(options.recording), Path(options.truth), forced)
    print(json.dumps(score_json(scored)) if options.json else score_text(scored))
    return DONE
