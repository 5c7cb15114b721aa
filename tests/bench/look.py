"""Cost of a look: what a changed screen costs the judge of an agent, over the looks of recordings.

    python tests/bench/look.py [--rounds 3] [--profile] FILE...

Prints for each recording how many looks there were and their CPU time; `--profile` where it goes. The first
round warms what is remembered of lines, and does not count.
"""

import argparse
import cProfile
import pstats
import time
from pathlib import Path
from statistics import fmean, median

from oma.cli.log_source import open_source
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.judge import Judge
from oma.detection.thresholds import Thresholds
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    options = parser.parse_args()
    profiles = packaged_profiles()
    for path in options.files:
        with open_source(path, Config(), profiles) as source:
            records = list(source.records)
        fold(profiles, records)
        if options.profile:
            profile = cProfile.Profile()
            profile.runcall(fold, profiles, records)
            pstats.Stats(profile).sort_stats("tottime").print_stats(40)
        else:
            show(path, [measured(profiles, records) for _ in range(options.rounds)])


def fold(profiles, records):
    fleet = Fleet(Rules(profiles, Thresholds()))
    for record in records:
        fleet.advance(record.t)
        fleet.fold(record)


def measured(profiles, records):
    """Return the CPU time of all of it, and that of each look, in microseconds."""
    took_us, look = [], Judge.look

    def timed(judge, t, evidence):
        began_ns = time.thread_time_ns()
        is_as_before = look(judge, t, evidence)
        took_us.append((time.thread_time_ns() - began_ns) / 1000)
        return is_as_before

    Judge.look = timed
    try:
        began_ns = time.process_time_ns()
        fold(profiles, records)
        return (time.process_time_ns() - began_ns) / 1000, took_us
    finally:
        Judge.look = look


def show(path, rounds):
    # The least of all rounds: what else runs on the machine only ever adds.
    looks = sorted(map(min, zip(*(took_us for _, took_us in rounds), strict=True)))
    p90 = looks[int(0.9 * (len(looks) - 1))]
    print(
        f"{path.name}: {len(looks)} looks of {fmean(looks):.1f} us, median {median(looks):.1f}, "
        f"p90 {p90:.1f}, max {looks[-1]:.0f}; all of the fold {min(r for r, _ in rounds) / 1e6:.3f} s"
    )


if __name__ == "__main__":
    main()
