"""Where the server is reached: what a browser may name as its host and as a page's origin."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import attrs

from oma.errors import ConfigError

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


_PATH_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")

_EVERY_INTERFACE = frozenset({"0.0.0.0", "::", ""})


@attrs.frozen
class Address:
    """The origins of the server, the one to tell users first: `http://127.0.0.1:8420`."""

    origins: tuple[str, ...]
    local: bool
    """Only this machine can reach it, and no proxy stands before it."""
    proxied: bool = False
    """A proxy stands before it, which says who asks."""
    base_path: str = ""
    """Under which a proxy shows it, such as `/oma`; empty for the root of the host."""

    @property
    def hosts(self) -> frozenset[str]:
        """What the `Host` of a request may be."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)

    @property
    def root(self) -> str:
        """The path of the page."""
        return f"{self.base_path}/"

    @property
    def url(self) -> str:
        """What users open, without a slash at its end."""
        return self.origins[0] + self.base_path

    def knows_host(self, host: str) -> bool:
        """Say whether a request may name this host.

        A server of this machine alone is known by every port: `ssh -L` and its like choose another.
        """
        return host in self.hosts or (self.local and _is_loopback_host(host))

    def knows_origin(self, origin: str, host: str) -> bool:
        """Say whether a page of this origin is ours, when it names this host: its own, exactly."""
        parts = urlsplit(origin)
        if parts.netloc != host or origin != f"{parts.scheme}://{parts.netloc}":
            return False
        own_scheme = parts.scheme == urlsplit(self.origins[0]).scheme
        return origin in self.origins or (self.local and own_scheme and _is_loopback_host(host))

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


def _is_loopback_host(host: str) -> bool:
    name, colon, port = host.rpartition(":")
    if not colon or "]" in port:
        name, port = host, "80"
    return name in LOOPBACK_NAMES and port.isascii() and port.isdigit() and len(port) <= 5


def parse_base_path(text: str) -> str:
    """Return a path without a slash at its end; empty for the root.

    Raises:
        ConfigError: It is no path.
    """
    path = text.rstrip("/")
    parts = path.split("/")[1:]
    fits = all(part.strip(".") and set(part) <= _PATH_CHARACTERS for part in parts)
    if path and not (path.startswith("/") and fits):
        raise ConfigError(f"--base-path {text!r}: expected a path such as /oma")
    return path


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
            f"--origin {text!r}: an origin has no path: give {parts.path!r} as --base-path"
        )
    if usual is None or not host or parts.path.strip("/") or parts.query or parts.username:
        message = f"--origin {text!r}: expected an address such as 'https://oma.example.org'"
        raise ConfigError(message)
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + ("" if port in {None, usual} else f":{port}")


def address_of(
    host: str,
    port: int,
    origins: tuple[str, ...],
    *,
    tls: bool,
    proxied: bool,
    base_path: str = "",
) -> Address:
    """Return how a server that listens there is reached.

    Args:
        host: A name or number to listen on.
        port: The one it listens on.
        origins: Under which it is known elsewhere; needed where `host` does not tell.
        tls: It has a certificate.
        proxied: A proxy that users log in through stands before it.
        base_path: Under which it is shown, as `Address.base_path`.

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
    local = loopback and not proxied
    return Address((*known, *own), local=local, proxied=proxied, base_path=base_path)


def _names(host: str) -> tuple[str, ...]:
    if is_loopback(host):
        return tuple(dict.fromkeys((host, *LOOPBACK_NAMES)))
    return () if host in _EVERY_INTERFACE else (host,)


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
