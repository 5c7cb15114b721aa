"""Who may do what, as one table."""

import itertools

import pytest

from oma.web.auth.roles import Permission, Principal, Role, denial_reason

ALLOWED = {
    (Role.VIEWER, Permission.READ),
    (Role.OPERATOR, Permission.READ),
    (Role.OPERATOR, Permission.ACT),
    (Role.ADMIN, Permission.READ),
    (Role.ADMIN, Permission.ACT),
    (Role.ADMIN, Permission.ADMINISTER),
}


@pytest.mark.parametrize(("role", "permission"), list(itertools.product(Role, Permission)))
def test_a_role_may_do_what_the_table_says(role, permission):
    assert (denial_reason(Principal(role), permission, None) == "") is (
        (role, permission) in ALLOWED
    )


@pytest.mark.parametrize("role", Role)
def test_on_a_read_only_server_nobody_does_anything_but_read(role):
    principal = Principal(role, read_only=True)

    assert denial_reason(principal, Permission.READ, "a") == ""
    assert "read-only" in denial_reason(principal, Permission.ACT, "a")
    assert "read-only" in denial_reason(principal, Permission.ADMINISTER, None)


def test_a_login_for_one_agent_is_for_nothing_else():
    principal = Principal(Role.ADMIN, agent="oma-agent-1")

    assert denial_reason(principal, Permission.ACT, "oma-agent-1") == ""
    assert "oma-agent-1 alone" in denial_reason(principal, Permission.READ, "oma-agent-2")
    assert "oma-agent-1 alone" in denial_reason(principal, Permission.READ, None)
    assert "oma-agent-1 alone" in denial_reason(principal, Permission.ADMINISTER, None)
