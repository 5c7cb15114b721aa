"""`oma web link`: another address that logs in once, of a server that runs."""

import json
from pathlib import Path

from oma.cli.option_values import ServeOptions
from oma.cli.web_tokens import web_state
from oma.errors import ConfigError
from oma.runtime.clock import epoch_s
from oma.web.auth.session_file import LINK_S, RunningServer, SessionFile


def print_link(options: ServeOptions, *, as_json: bool) -> None:
    """Print an address that logs in once; the server need not be told.

    Raises:
        ConfigError: No server runs, or several do and the options name none of them.
    """
    file = session_file()
    server = _chosen(file.running(), options)
    url = login_address(server.origin, file.add_link(server))
    print(json.dumps({"url": url, "expires_s": LINK_S}) if as_json else f"open {url}")


def session_file() -> SessionFile:
    """Return the sessions of this user's servers.

    Raises:
        ConfigError: There is no place for them.
    """
    return SessionFile(web_state() / "web-sessions.json", epoch_s)


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
