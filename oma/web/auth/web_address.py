"""Where the server is reached: what a browser may name as its host and as a page's origin."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import attrs

from oma.errors import ConfigError

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


_EVERY_INTERFACE = frozenset({"0.0.0.0", "::", ""})


@attrs.frozen
class Address:
    """The origins of the server, the one to tell users first: `http://127.0.0.1:8420`."""

    origins: tuple[str, ...]
    local: bool
    """Only this machine can reach it, and no proxy stands before it."""
    proxied: bool = False
    """A proxy stands before it, which says who asks."""

    @property
    def hosts(self) -> frozenset[str]:
        """What the `Host` of a request may be."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)

    @property
    def secure(self) -> bool:
        """It is reached by TLS alone."""
        return all(origin.startswith("https:") for origin in self.origins)


def is_loopback(host: str) -> bool:
    """Say whether a name or number is this machine's own, whatever a resolver says."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def parse_origin(text: str) -> str:
    """Return an origin as browsers write it: scheme and host, the port unless it is the usual one.

    Raises:
        ConfigError: It is none.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    host = parts.hostname
    if usual is not None and host and parts.path.strip("/"):
        raise ConfigError(
            f"--origin {text!r}: oma is served at the root of a host, and not under "
            f"{parts.path!r}: give it a name or a port of its own"
        )
    if usual is None or not host or parts.path.strip("/") or parts.query or parts.username:
        message = f"--origin {text!r}: expected an address such as 'https://oma.example.org'"
        raise ConfigError(message)
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + ("" if port in {None, usual} else f":{port}")


def address_of(
    host: str, port: int, origins: tuple[str, ...], *, tls: bool, proxied: bool
) -> Address:
    """Return how a server that listens there is reached.

    Args:
        host: A name or number to listen on.
        port: The one it listens on.
        origins: Under which it is known elsewhere; needed where `host` does not tell.
        tls: It has a certificate.
        proxied: A proxy that users log in through stands before it.

    Raises:
        ConfigError: What goes over a network would be seen by others, or nothing says how it is
            reached.
    """
    loopback = is_loopback(host)
    if not (loopback or tls or proxied):
        raise ConfigError(
            f"--host {host}: others on the network could read along; give --certfile and "
            "--keyfile, or --behind-proxy where a proxy does TLS"
        )
    known = tuple(parse_origin(origin) for origin in origins)
    scheme = "https" if tls else "http"
    own = tuple(parse_origin(f"{scheme}://{_named(name)}:{port}") for name in _names(host))
    if proxied and known:
        own = ()  # who came past the proxy would be taken for it
    if not known and not own:
        message = f"--host {host}: say how it is reached with --origin https://NAME:{port}"
        raise ConfigError(message)
    return Address((*known, *own), local=loopback and not proxied, proxied=proxied)


def _names(host: str) -> tuple[str, ...]:
    if is_loopback(host):
        return tuple(dict.fromkeys((host, *LOOPBACK_NAMES)))
    return () if host in _EVERY_INTERFACE else (host,)


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
