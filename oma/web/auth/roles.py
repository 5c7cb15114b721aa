"""Who may do what: decisions over values, without a request or a clock.

>>> denial_reason(Principal(Role.VIEWER), Permission.ACT, "fix-login")
'this needs the role operator: yours is viewer'
>>> denial_reason(Principal(Role.ADMIN), Permission.ACT, "fix-login")
''
"""

from enum import StrEnum

import attrs


class Role(StrEnum):
    """What somebody is trusted with; each includes the ones before it."""

    VIEWER = "viewer"  # sees
    OPERATOR = "operator"  # also starts, ends, answers, types
    ADMIN = "admin"  # also lets others in, and opens programs on this machine


class Permission(StrEnum):
    """What a request is about, as far as permission goes."""

    READ = "read"
    ACT = "act"
    ADMINISTER = "administer"


_NEEDED = {
    Permission.READ: Role.VIEWER,
    Permission.ACT: Role.OPERATOR,
    Permission.ADMINISTER: Role.ADMIN,
}
_RANK = {role: rank for rank, role in enumerate(Role)}


@attrs.frozen
class Principal:
    """What somebody holds: a role, and where it counts."""

    role: Role
    agent: str | None = None
    """The name of the only agent it is about; `None` for all of them and what is beside them."""
    read_only: bool = False
    """The whole server is."""


def denial_reason(principal: Principal, permission: Permission, agent: str | None) -> str:
    """Return why this must not be done, on one line; empty where it may.

    Args:
        principal: Who asks.
        permission: What is asked.
        agent: The name of the agent it is about; `None` for what is about no single one.
    """
    if principal.agent is not None and principal.agent != agent:
        return f"this login is for {principal.agent} alone"
    if permission is not Permission.READ and principal.read_only:
        return "this server is read-only: start it without --read-only"
    needed = _NEEDED[permission]
    if _RANK[principal.role] < _RANK[needed]:
        return f"this needs the role {needed}: yours is {principal.role}"
    return ""
