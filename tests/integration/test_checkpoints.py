"""Checkpoints of recordings of real agents: whoever comes later believes the same from then on."""

import random
from pathlib import Path

import attrs
import pytest

from oma.cli.log_source import open_source
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.thresholds import Thresholds
from oma.model.events import Record
from oma.recording.recording_format import decode_record, encode_record
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules

pytestmark = pytest.mark.slow

REAL = Path(__file__).parents[2] / "fixtures" / "recordings" / "real"
FILES = sorted([*REAL.glob("*.jsonl.zst"), *REAL.glob("*.ctl")])
MOMENTS = 5


def told(transitions):
    return [attrs.evolve(transition, seq=0) for transition in transitions]


def begun(fleet, t):
    other = Fleet(fleet.rules)
    for seq, event in enumerate(fleet.checkpoint(), start=1):
        other.fold(decode_record(encode_record(Record(seq, t, event))))
    return other


def known(fleet, t):
    agents = fleet.snapshot().agents
    return [(agent, fleet.shown(agent.id), fleet.explain(agent.id, t)) for agent in agents]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_fold_that_begins_in_the_middle_says_the_same_to_the_end(path):
    profiles = packaged_profiles()
    with open_source(path, Config(), profiles) as source:
        records = list(source.records)
    chance = random.Random(path.stem)
    moments = set(chance.sample(range(len(records)), min(MOMENTS, len(records))))
    fleet, others = Fleet(Rules(profiles, Thresholds())), []
    for place, record in enumerate(records):
        said = told(fleet.advance(record.t) + fleet.fold(record))
        for other in others:
            assert told(other.advance(record.t) + other.fold(record)) == said
        if place in moments:
            others.append(begun(fleet, record.t))
            assert known(others[-1], record.t) == known(fleet, record.t)
    said = told(fleet.advance(records[-1].t + 1000.0))
    assert all(told(other.advance(records[-1].t + 1000.0)) == said for other in others)
