"""What becomes of the agents of a file, as it is told and asked about."""

import pytest

from oma.cli.fleet_plan import Becomes, Difference, FleetStep, FoundAgent, fleet_plan
from oma.config.agents_file import FleetAgent
from oma.model.health import Health
from tests.unit.tui.fleets import agent

A, B = FleetAgent("a", command="sh"), FleetAgent("b")
SAME = FoundAgent(agent(1, name="b"))
ENDED = FoundAgent(agent(1, name="b", health=Health.EXITED))
REGROUPED = FoundAgent(agent(1, name="b"), Difference("group", "", "day"))
MOVED = FoundAgent(agent(1, name="b"), None, (Difference("directory", "/x", "/y"),))
LEFT = "oma-x is not in the file: it stays; --prune ends it"


def test_those_that_the_file_does_not_name_come_first_then_those_of_the_file_in_its_order():
    planned = fleet_plan({"oma-a": A, "oma-b": B}, {"oma-b": SAME}, ["oma-b", "oma-x"])
    assert planned == (
        FleetStep("oma-x", Becomes.LEFT),
        FleetStep("oma-a", Becomes.STARTED, A),
        FleetStep("oma-b", Becomes.STAYS, B, SAME),
    )


@pytest.mark.parametrize(
    ("found", "options", "words", "is_asked"),
    [
        (SAME, {}, "oma-b is there", False),
        (SAME, {"restart": True}, "oma-b is there", False),
        (REGROUPED, {}, "oma-b is there; group is none, in the file day: that is changed", False),
        (
            MOVED,
            {},
            "oma-b is there; directory is /x, in the file /y; --restart starts it again",
            False,
        ),
        (
            MOVED,
            {"restart": True},
            "oma-b is restarted, and begins anew; directory is /x, in the file /y; now it is ok",
            True,
        ),
        (ENDED, {}, "oma-b is there; it has ended: --restart starts it again", False),
        (ENDED, {"restart": True}, "oma-b has ended, and is started again", True),
    ],
)
def test_what_only_a_restart_changes_is_done_where_that_was_asked_for(
    found, options, words, is_asked
):
    (step,) = fleet_plan({"oma-b": B}, {"oma-b": found}, ["oma-b"], **options)
    assert (step.words, step.is_asked) == (words, is_asked)


def test_another_agent_is_ended_where_that_was_asked_for():
    (left,) = fleet_plan({}, {"oma-x": SAME}, ["oma-x"])
    assert (left.words, left.is_asked) == (LEFT, False)
    (ended,) = fleet_plan({}, {"oma-x": SAME}, ["oma-x"], prune=True)
    assert ended.words == "oma-x is not in the file, and is ended; now it is ok"
    assert ended.is_asked
