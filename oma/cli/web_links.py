"""`oma web link`: another address that logs in once, of a server that runs."""

import importlib.util
import json
from pathlib import Path

from oma.cli.option_values import ServeOptions
from oma.cli.printed_shapes import LinkDocument
from oma.cli.web_tokens import session_file
from oma.errors import ConfigError
from oma.web.auth.roles import Role
from oma.web.auth.session_file import LINK_S, RunningServer


def print_link(options: ServeOptions, role: Role, *, as_json: bool, as_qr: bool) -> None:
    """Print an address that logs in once, in a role; the server need not be told.

    Raises:
        ConfigError: No server runs, or several do and the options name none of them; or the
            package that draws QR codes is not installed.
    """
    if as_qr and importlib.util.find_spec("segno") is None:
        raise ConfigError("--qr needs the package segno: install 'oma-tmux[web]' anew")
    file = session_file()
    server = _chosen(file.running(), options)
    url = login_address(server.origin, file.add_link(server, role))
    if as_json:
        told: LinkDocument = {"url": url, "role": role, "expires_s": LINK_S}
        print(json.dumps(told))
        return
    print(f"open {url}")
    if as_qr:
        from oma.cli.qr_code import qr_code  # its package is of an extra

        print(qr_code(url))


def login_address(origin: str, code: str) -> str:
    """Return the address that logs in with a code."""
    return f"{origin}/login?code={code}"


def _chosen(running: tuple[RunningServer, ...], options: ServeOptions) -> RunningServer:
    if not running:
        raise ConfigError("no 'oma web' of yours runs: start one, and it prints an address")
    if len(running) == 1:
        return running[0]
    if options.unix is None:
        fits = [server for server in running if server.place.endswith(f":{options.port}")]
    else:
        path = str(Path(options.unix).resolve())
        fits = [server for server in running if server.place == path]
    if len(fits) == 1:
        return fits[0]
    places = ", ".join(server.place for server in running)
    raise ConfigError(f"several 'oma web' run, at {places}: say which with --port or --unix")
