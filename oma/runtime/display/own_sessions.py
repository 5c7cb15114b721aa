"""The names of the sessions that are ours. Light: what one look shows of a dashboard needs them."""

DASHBOARD_SESSION = "oma-dashboard"
"""The session of the dashboard; never an agent."""

SERVICE_SESSION = "oma-serve"
"""Of the session in which the service runs, where the dashboard has started it."""

OWN_SESSIONS = frozenset({DASHBOARD_SESSION, SERVICE_SESSION})
"""Sessions that are no agents, whatever is watched."""
