"""Scores recordings by the rules of today, whatever rules the recordings carry."""

from pathlib import Path

import attrs

from oma.cli.cli_context import thresholds
from oma.cli.log_source import open_source, read_bytes
from oma.config.schema import Config
from oma.detection.profile import Profile
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.scoring.health_timeline import timeline
from oma.scoring.score import weigh
from oma.scoring.score_report import Scored
from oma.scoring.truth import parse_truth


@attrs.frozen
class Scorer:
    """What recordings are scored by: the rules of today, whatever the recordings carry."""

    config: Config
    profiles: tuple[Profile, ...]

    def score(self, path: Path, truth_path: Path, forced: Profile | None) -> Scored:
        """Fold a recording and weigh the verdicts.

        Raises:
            RecordingError: one of the files cannot be read, or is of another kind.
        """
        truth = parse_truth(read_bytes(truth_path), str(truth_path))
        end_s = max((interval.end_s for interval in truth.intervals), default=0.0)
        rules = Rules(self.profiles, thresholds(self.config), forced)
        with open_source(path, self.config, self.profiles) as source:
            spans = timeline(Fleet(rules), source.records, truth.pane, end_s)
        name = None if forced is None else forced.name
        return Scored(path.name, name, weigh(truth.intervals, spans))
