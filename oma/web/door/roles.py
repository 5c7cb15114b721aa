"""Who may do what: decisions over values, no request and no clock in sight."""

from enum import StrEnum

import attrs


class Role(StrEnum):
    """What somebody is trusted with; each includes the ones before it."""

    VIEWER = "viewer"  # sees
    OPERATOR = "operator"  # also starts, ends, answers, types
    ADMIN = "admin"  # also lets others in, and opens programs on this machine


class Deed(StrEnum):
    """What a request is about, as far as permission goes."""

    READ = "read"
    ACT = "act"
    ADMINISTER = "administer"


_NEEDED = {Deed.READ: Role.VIEWER, Deed.ACT: Role.OPERATOR, Deed.ADMINISTER: Role.ADMIN}
_RANK = {role: rank for rank, role in enumerate(Role)}


@attrs.frozen
class Standing:
    """What somebody holds: a role, and where it counts."""

    role: Role
    agent: str | None = None
    """The name of the only agent it is about; `None` for all of them and what is beside them."""
    read_only: bool = False
    """The whole server is."""


def objection(standing: Standing, deed: Deed, agent: str | None) -> str:
    """Return why this must not be done, on one line; empty where it may.

    Args:
        standing: Of who asks.
        deed: What is asked.
        agent: The name of the agent it is about; `None` for what is about no single one.
    """
    if standing.agent is not None and standing.agent != agent:
        return f"this login is for {standing.agent} alone"
    if deed is not Deed.READ and standing.read_only:
        return "this server is read-only: start it without --read-only"
    needed = _NEEDED[deed]
    if _RANK[standing.role] < _RANK[needed]:
        return f"this needs the role {needed}: yours is {standing.role}"
    return ""
