import pytest

from oma.web.connection_limits import ConnectionLimits, LimitedConnection, source_of


def came(limits, source, count, *, asks):
    connections = [LimitedConnection(source, asks) for _ in range(count)]
    assert [limits.admit(each) for each in connections] == [None] * count
    return connections


def test_who_says_nothing_makes_room_the_oldest_first():
    limits = ConnectionLimits(most=5, most_each=4)
    silent = came(limits, "a", 2, asks=False)
    came(limits, "b", 3, asks=True)

    assert [limits.admit(LimitedConnection("c")) for _ in range(2)] == silent


def test_an_address_that_has_too_many_makes_room_for_itself_and_no_other_does():
    limits = ConnectionLimits(most=9, most_each=3)
    other = came(limits, "b", 1, asks=False)
    first, *_ = came(limits, "a", 3, asks=False)

    assert limits.admit(LimitedConnection("a")) is first
    assert limits.admit(LimitedConnection("b")) is None
    assert other[0] in limits._open


def test_where_everybody_asked_something_a_newcomer_is_closed():
    limits = ConnectionLimits(most=2, most_each=2)
    leaving, _ = came(limits, "a", 2, asks=True)
    newcomer = LimitedConnection("b")

    assert limits.admit(newcomer) is newcomer
    limits.leave(newcomer)
    limits.leave(leaving)
    assert limits.admit(LimitedConnection("b")) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8::1", "2001:db8:0:0:ffff::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("unix", "unix", True),
    ],
)
def test_an_address_is_one_of_ipv4_or_a_network_of_ipv6(one, other, same):
    assert (source_of(one) == source_of(other)) is same
