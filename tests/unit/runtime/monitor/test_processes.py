import os
import subprocess

import attrs
import pytest

from oma.runtime.monitor.processes import RESTING_PERCENT, ProcessTable
from oma.runtime.process_tree import children_of, command_line, usage_of
from tests.support.fleet_play import PANE


@attrs.define
class Programs:
    """The programs of panes, and what was sampled of them."""

    programs: dict
    sampled: list = attrs.Factory(list)

    def append(self, event):
        self.sampled += event.samples


@pytest.fixture
def shell():
    """A shell with a program below it."""
    process = subprocess.Popen(
        ["sh", "-c", "cat; true"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    # A child is the shell's own copy until it runs its program.
    while ("cat",) not in map(command_line, children_of(process.pid)):
        pass
    yield process.pid
    process.communicate()


async def test_the_agent_of_a_pane_is_the_first_that_is_no_shell(shell):
    programs = Programs({PANE: (shell, None)})

    await ProcessTable().sample_into(programs)

    (sample,) = programs.sampled
    assert (sample.pane, sample.argv, sample.children) == (PANE, ("cat",), 0)
    assert sample.rss_bytes > 0
    assert sample.cpu_percent is None, "nothing is known of a time before"


async def test_cpu_is_told_from_one_pass_to_the_next(shell):
    programs, table = Programs({PANE: (shell, None)}), ProcessTable()
    assert not await table.sample_into(programs)  # nothing is known of a time before
    rests = await table.sample_into(programs)

    assert programs.sampled[1].cpu_percent >= 0.0
    assert rests == (programs.sampled[1].cpu_percent < RESTING_PERCENT)


async def test_what_was_read_ahead_counts_for_one_pass(shell):
    programs, table = Programs({PANE: (shell, None)}), ProcessTable()
    await table.read_ahead()

    await table.sample_into(programs)

    assert programs.sampled[0].argv == ("cat",)


async def test_a_pane_whose_process_is_gone_has_no_sample():
    programs = Programs({PANE: (2**22 + 1, None)})

    await ProcessTable().sample_into(programs)

    assert programs.sampled == []


def test_usage_is_summed_and_one_that_is_gone_counts_nothing():
    ours = usage_of([os.getpid()])

    assert ours.cpu_s > 0
    assert ours.rss_bytes > 1_000_000
    assert usage_of([2**22 + 1]).rss_bytes == 0
    assert children_of(2**22 + 1) == []
