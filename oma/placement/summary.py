"""A plan in one line for a user."""

from oma.placement.plan import Action, Plan


def summary(plan: Plan) -> str:
    """Return how many agents have panes, how many have none, and why the first of these."""
    shown = [d for d in plan.decisions if d.action is Action.KEEP and d.agent is not None]
    without = [d for d in plan.decisions if d.action in {Action.DEFER, Action.DROP, Action.SKIP}]
    words = f"{len(shown)} in panes" if shown else "no agent in a pane"
    return f"{words}, {len(without)} without: {without[0].reason}" if without else words
