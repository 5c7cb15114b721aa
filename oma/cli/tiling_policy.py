"""What `[layout]` asks for: a policy, the clients in agent panes, and who tiles by them."""

from oma.cli.cli_context import CliContext
from oma.config.schema import LayoutSection
from oma.placement.policy import Arrangement, Policy, WhenFull
from oma.runtime.display.host_pane import HostPane
from oma.runtime.display.session_view import view_flags
from oma.runtime.display.tiler import Tiler
from oma.runtime.display.tiling_reconciler import TilingReconciler, WhyNot
from oma.store.store import Store


def policy_of(layout: LayoutSection, arrangement: str | None = None) -> Policy:
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
    context: CliContext,
    inside: HostPane,
    store: Store,
    policy: Policy,
    exclusion_reason: WhyNot,
    *,
    dry_run: bool = False,
) -> Tiler:
    """Return who tiles around a pane.

    Args:
        context: Which agents, and how they are shown.
        inside: The pane.
        store: What is known of agents, and where decisions are logged.
        policy: The user's wishes.
        exclusion_reason: Says why an agent is not to be shown.
        dry_run: Only decide.
    """
    layout = context.config.layout
    rounds = TilingReconciler(
        socket=context.socket,
        same_server=inside.same_server,
        flags=view_flags(layout),
        store=store,
        policy=policy,
        linger_s=layout.linger_seconds,
        exclusion_reason=exclusion_reason,
        journal=None if dry_run else inside.tiling_lock(inside.pane).journal,
        dry_run=dry_run,
    )
    return Tiler(inside.access, inside.pane, rounds)
