"""How many connections there may be, of one address and in all; who says nothing makes room."""

from ipaddress import IPv6Address, ip_address

import attrs

MOST_CONNECTIONS = 512
"""At once."""

MOST_EACH = 400
"""Of one address. Many users may have one: behind a proxy, a tunnel, or on this machine."""

_V6_NETWORK_BITS = 64
"""Who has one address of IPv6 usually has its whole network."""


@attrs.define(eq=False)
class LimitedConnection:
    """One connection."""

    source: str
    """What is counted as one address."""
    has_asked: bool = False
    """It has sent something."""


@attrs.define
class ConnectionLimits:
    """Who is connected.

    Args:
        most: Connections in all.
        most_each: Connections of one address.
    """

    most: int = MOST_CONNECTIONS
    most_each: int = MOST_EACH
    _open: list[LimitedConnection] = attrs.Factory(list)
    """In the order in which they came."""

    def admit(self, connection: LimitedConnection) -> LimitedConnection | None:
        """Take a connection in, and return the one that has to be closed for it: it, where none may.

        Of those that have sent nothing so far, the oldest makes room: of the same address, where that
        has too many, else of any.
        """
        self._open.append(connection)
        same = [each for each in self._open if each.source == connection.source]
        if len(same) > self.most_each:
            crowd = same
        elif len(self._open) > self.most:
            crowd = self._open
        else:
            return None
        silent = next((each for each in crowd[:-1] if not each.has_asked), connection)
        self._open.remove(silent)
        return silent

    def leave(self, connection: LimitedConnection) -> None:
        """Take note that a connection has ended."""
        if connection in self._open:
            self._open.remove(connection)


def source_of(address: str) -> str:
    """Return what is counted as one address: an IPv4 address, a network of IPv6, else itself.

    >>> source_of("2001:db8::1") == source_of("2001:db8::2")
    True
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{int(found) >> (128 - _V6_NETWORK_BITS):x}::"
