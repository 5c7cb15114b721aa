"""Where `oma web` listens, and how users reach it: what its options say."""

import socket
from functools import partial
from pathlib import Path

from oma.cli.option_values import ServeOptions
from oma.errors import ConfigError
from oma.web.auth.web_address import Address, address_of, parse_base_path, parse_origin
from oma.web.server import Certificate, listen_tcp, listen_unix


def bound(options: ServeOptions, certificate: Certificate | None) -> tuple[socket.socket, Address]:
    """Return a socket that listens there, and how users reach it.

    Raises:
        ConfigError: An option is wrong, or nothing can listen there.
    """
    origins, proxied = options.origin, options.behind_proxy
    base = parse_base_path(options.base_path)
    if options.unix is not None:
        known = tuple(map(parse_origin, origins)) or ("http://localhost",)
        return listen_unix(Path(options.unix)), Address(known, not proxied, proxied, base)
    host = options.host
    of_port = partial(
        address_of,
        host,
        origins=origins,
        tls=certificate is not None,
        proxied=proxied,
        base_path=base,
    )
    of_port(1)  # refused before anything listens
    listening = listen_tcp(host, options.port)
    return listening, of_port(listening.getsockname()[1])


def place_of(options: ServeOptions, listening: socket.socket) -> str:
    """Return where a server listens, as `oma web link` tells it from others."""
    if options.unix is not None:
        return str(Path(options.unix).resolve())
    return f"{options.host.strip('[]')}:{listening.getsockname()[1]}"


def certificate_of(options: ServeOptions) -> Certificate | None:
    """Return what TLS needs; `None` without it.

    Raises:
        ConfigError: Half of it is given.
    """
    if options.certfile is not None and options.keyfile is not None:
        return Certificate(Path(options.certfile), Path(options.keyfile))
    if options.certfile is not None or options.keyfile is not None:
        raise ConfigError("--certfile and --keyfile go together; give both")
    return None
