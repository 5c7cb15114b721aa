"""A plan in one line for a user."""

from oma.placement.plan import Action, Plan


def summary(plan: Plan, elsewhere: int = 0) -> str:
    """Return how many agents have panes, how many have none, and why the first of these.

    Args:
        plan: The latest.
        elsewhere: So many agents have no session of their own that a pane could show.
    """
    shown = [d for d in plan.decisions if d.action is Action.KEEP and d.session is not None]
    without = [d for d in plan.decisions if d.action in {Action.DEFER, Action.DROP, Action.SKIP}]
    words = f"{len(shown)} in panes" if shown else "no agent in a pane"
    words = f"{words}, {len(without)} without: {without[0].reason}" if without else words
    return f"{words}; {elsewhere} in sessions of yours" if elsewhere else words
