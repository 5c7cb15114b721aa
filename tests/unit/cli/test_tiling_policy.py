"""What `[layout]` asks for."""

import attrs
import pytest

from oma.cli.tiling_policy import policy_of
from oma.config.schema import LayoutSection
from oma.placement.policy import Arrangement


def test_every_option_reaches_the_policy():
    layout = LayoutSection(
        main_pane_size=60,
        main_pane_min_width=81,
        agent_pane_min_width=33,
        agent_pane_min_height=7,
        max_panes=5,
        enabled=False,
        when_full="replace",
        defer_limit=9,
        defer_seconds=3.0,
    )

    policy = policy_of(layout)

    assert attrs.astuple(
        policy, filter=lambda a, v: a.name not in {"arrangement", "when_full"}
    ) == (
        tuple(
            {
                "main_percent": 60,
                "main_min_columns": 81,
                "agent_min_columns": 33,
                "min_rows": 7,
                "most_panes": 5,
                "enabled": False,
                "defer_limit": 9,
                "defer_s": 3.0,
            }[field.name]
            for field in attrs.fields(type(policy))
            if field.name not in {"arrangement", "when_full"}
        )
    )
    assert policy.when_full == "replace"


@pytest.mark.parametrize("arrangement", Arrangement)
def test_another_arrangement_may_be_asked_for(arrangement):
    assert policy_of(LayoutSection(), arrangement.value).arrangement is arrangement
    assert policy_of(LayoutSection(layout=arrangement.value)).arrangement is arrangement
