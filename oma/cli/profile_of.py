"""The profile of an agent, of those in force."""

from oma.cli.cli_context import profiles_in_force
from oma.detection.profile import Profile
from oma.model.state import AgentState


def profile_of(agent: AgentState) -> Profile:
    """Return it; the generic one where its own is not in force any more."""
    profiles = profiles_in_force()
    return next((each for each in profiles if each.name == agent.profile), profiles[-1])
