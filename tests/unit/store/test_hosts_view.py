"""What is known of several machines has the same members, however it comes here."""

import inspect

import attrs
import pytest

from oma.store.fleets import Fleets
from oma.store.hosts_view import FleetNews, HostsView
from oma.store.published_hosts import PublishedHosts

MEMBERS = [name for name in vars(HostsView) if not name.startswith("_")]


@pytest.mark.parametrize("view", [Fleets, PublishedHosts])
def test_a_view_has_every_member(view):
    fields = {field.name for field in attrs.fields(view)}
    assert {"clock", "told"} <= fields
    for name in MEMBERS:
        ours, theirs = vars(HostsView)[name], vars(view)[name]
        if not isinstance(ours, property):
            assert list(inspect.signature(ours).parameters) == list(
                inspect.signature(theirs).parameters
            )


def test_news_is_of_a_host():
    assert FleetNews("box", None).transitions == ()
