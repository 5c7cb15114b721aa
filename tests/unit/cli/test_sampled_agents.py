from datetime import UTC, datetime

import attrs

from oma.cli.sampled_agents import SAMPLED, sampled_document, sampled_findings
from oma.model.wall_time import WallTime
from tests.unit.tui.fleets import agent, state

BEGAN = WallTime(datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC))


def test_who_is_sampled_is_told_with_the_reason_and_since_when():
    agents = [attrs.evolve(agent(1), sampled="to keep tmux fast", sampled_s=3.0), agent(2)]

    told = sampled_document(state(*agents), BEGAN)

    assert told == [
        {
            "agent": agents[0].name,
            "since": "2026-11-20T12:00:03+00:00",
            "reason": "to keep tmux fast",
        }
    ]


def test_the_doctor_names_some_for_each_reason():
    def of(number, reason):
        return {"agent": f"a{number}\x1b", "since": BEGAN.began.isoformat(), "reason": reason}

    found = sampled_findings({SAMPLED: [*(of(n, "slow") for n in range(5)), of(7, "refused")]})

    assert [each.text.partition(":")[0] for each in found] == [
        "5 sampled, slow",
        "1 sampled, refused",
    ]
    assert found[0].text.endswith("and 2 more")
    assert "\x1b" not in found[0].text


def test_without_a_service_there_is_nothing_to_say():
    assert sampled_findings(None) == sampled_findings({"agents": []}) == []
