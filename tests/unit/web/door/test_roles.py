"""Who may do what, as one table."""

import itertools

import pytest

from oma.web.door.roles import Deed, Role, Standing, objection

ALLOWED = {
    (Role.VIEWER, Deed.READ),
    (Role.OPERATOR, Deed.READ),
    (Role.OPERATOR, Deed.ACT),
    (Role.ADMIN, Deed.READ),
    (Role.ADMIN, Deed.ACT),
    (Role.ADMIN, Deed.ADMINISTER),
}


@pytest.mark.parametrize(("role", "deed"), list(itertools.product(Role, Deed)))
def test_a_role_may_do_what_the_table_says(role, deed):
    assert (objection(Standing(role), deed, None) == "") is ((role, deed) in ALLOWED)


@pytest.mark.parametrize("role", Role)
def test_on_a_read_only_server_nobody_does_anything_but_read(role):
    standing = Standing(role, read_only=True)

    assert objection(standing, Deed.READ, "a") == ""
    assert "read-only" in objection(standing, Deed.ACT, "a")
    assert "read-only" in objection(standing, Deed.ADMINISTER, None)


def test_a_login_for_one_agent_is_for_nothing_else():
    standing = Standing(Role.ADMIN, agent="oma-agent-1")

    assert objection(standing, Deed.ACT, "oma-agent-1") == ""
    assert "oma-agent-1 alone" in objection(standing, Deed.READ, "oma-agent-2")
    assert "oma-agent-1 alone" in objection(standing, Deed.READ, None)
    assert "oma-agent-1 alone" in objection(standing, Deed.ADMINISTER, None)
