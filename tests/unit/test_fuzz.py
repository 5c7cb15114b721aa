import random

import pytest

from tests.support.fuzzing import TARGETS, mutated

INPUTS = 1500
"""For each target; `tests/bench/fuzz.py` takes as many as one likes."""


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_its_own_error_leaves_a_reader_of_hostile_input(name):
    source, target = random.Random(name), TARGETS[name]
    for _ in range(max(100, INPUTS * min(target.share, 10) // 10)):
        data = mutated(source, target)
        try:
            target.execute(data)
        except BaseException as failure:
            failure.add_note(f"input: {data!r}")
            raise
