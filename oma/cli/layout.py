"""What `[layout]` asks for: a policy, the clients in agent panes, and who tiles by them."""

from oma.cli.setting import Setting
from oma.config.schema import Layout
from oma.placement.policy import Arrangement, Policy, WhenFull
from oma.runtime.inside import Inside
from oma.runtime.tiler import Tiler
from oma.runtime.tiling_round import TilingRound, WhyNot
from oma.runtime.view import view_flags
from oma.store.store import Store


def policy_of(layout: Layout, arrangement: str | None = None) -> Policy:
    """Return the policy that the configuration asks for, in another arrangement where given."""
    return Policy(
        arrangement=Arrangement(arrangement or layout.layout),
        main_percent=layout.main_pane_size,
        main_min_columns=layout.main_pane_min_width,
        agent_min_columns=layout.agent_pane_min_width,
        min_rows=layout.agent_pane_min_height,
        most_panes=layout.max_panes,
        enabled=layout.enabled,
        when_full=WhenFull(layout.when_full),
        defer_limit=layout.defer_limit,
        defer_s=layout.defer_seconds,
    )


def tiler_of(
    setting: Setting,
    inside: Inside,
    store: Store,
    policy: Policy,
    why_not: WhyNot,
    *,
    hands_off: bool = False,
) -> Tiler:
    """Return who tiles around a pane.

    Args:
        setting: Which agents, and how they are shown.
        inside: The pane.
        store: What is known of agents, and where decisions are logged.
        policy: The person's wishes.
        why_not: Says why an agent is not to be shown.
        hands_off: Only decide.
    """
    layout = setting.config.layout
    rounds = TilingRound(
        socket=setting.socket,
        same_server=inside.same_server,
        flags=view_flags(layout),
        store=store,
        policy=policy,
        linger_s=layout.linger_seconds,
        why_not=why_not,
        journal=None if hands_off else inside.seat(inside.pane).journal,
        hands_off=hands_off,
    )
    return Tiler(inside.access, inside.pane, rounds)
