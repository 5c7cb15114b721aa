"""The address of an engine that carries what machines publish: Valkey or Redis.

>>> parse_engine("rediss://box@fleet.example:6380/1", {}).words
'rediss://fleet.example:6380/1'
"""

from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

import attrs

from oma.errors import ConfigError

PASSWORD = "OMA_FLEET_PASSWORD"  # the name of a variable
"""Of the environment: others of the machine can read what stands on a command line."""

_PLAIN, _SECURE, _SOCKET = ("redis", "valkey"), ("rediss", "valkeys"), ("unix",)
_HERE = ("localhost", "127.0.0.1", "::1")
_PORT = 6379
_EXPECTED = "expected rediss://[USER@]HOST[:PORT][/DB], redis:// on this machine, or unix:///PATH"


@attrs.frozen
class EngineAddress:
    """Where an engine is, and who we are there."""

    words: str
    """For users: without the password."""
    host: str = ""
    port: int = _PORT
    path: str = ""
    """Of a Unix socket."""
    database: int = 0
    user: str | None = None
    password: str | None = attrs.field(default=None, repr=False)
    is_secure: bool = False


def parse_engine(url: str, environ: Mapping[str, str]) -> EngineAddress:
    """Return the engine that a URL names.

    Raises:
        ConfigError: It names none, or one to which all would go readable for others.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ConfigError(f"the address of the engine: {_EXPECTED}") from None
    password = unquote(parts.password) if parts.password else environ.get(PASSWORD) or None
    user = unquote(parts.username) if parts.username else None
    if parts.scheme in _SOCKET and parts.path:
        return EngineAddress(f"unix://{parts.path}", path=parts.path, user=user, password=password)
    host = parts.hostname or ""
    if parts.scheme not in _PLAIN + _SECURE or not host:
        raise ConfigError(f"the address of the engine: {_EXPECTED}")
    if parts.scheme in _PLAIN and host not in _HERE:
        raise ConfigError(f"{parts.scheme}://{host} would send all of it readable: rediss://")
    return EngineAddress(
        _words(parts, host, port),
        host,
        port or _PORT,
        database=_database(parts.path),
        user=user,
        password=password,
        is_secure=parts.scheme in _SECURE,
    )


def _words(parts: SplitResult, host: str, port: int | None) -> str:
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{named}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def _database(path: str) -> int:
    text = path.strip("/")
    if not text:
        return 0
    if text.isascii() and text.isdigit() and len(text) < 4:
        return int(text)
    raise ConfigError(f"the address of the engine: {_EXPECTED}")
