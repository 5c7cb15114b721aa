"""The command lines that run `oma` on another machine.

ssh's own configuration decides about users, keys, ports and jumps. Nothing is asked for, as nobody would
see it, or in a window that comes again and again: a host that wants a password refuses.
"""

import re
import shlex
import sys
from collections.abc import Mapping, Sequence

from oma.errors import ConfigError

HERE = "."
"""Names this machine, which needs no ssh."""

_UNTIL_LET_GO = '"$@" </dev/null & exec >&- 2>&-; read -r _; kill "$!"; wait "$!"'
"""For `sh -c`: runs a command until it ends or the end of what `sh` reads, and ends as it does.

`ssh` beside silent agents does not notice that `oma` was killed. `sh` does: nobody holds its standard input
any more.
"""

_HOST = re.compile(r"[A-Za-z0-9_\[][A-Za-z0-9_.@:%\[\]-]*")
_BY_A_JUMP = " UNKNOWN port "
"""In what ssh says of a connection that another ssh made for it: why that has ended stands before."""

_CONNECT_S = 10
_ALIVE_S = 5
_ALIVE_COUNT = 3
"""A connection on which nothing comes for their product is given up."""


def parse_hosts(text: str) -> tuple[str, ...]:
    """Return the hosts of a list with commas, each once.

    Raises:
        ConfigError: One is no host that ssh could be given.
    """
    hosts = [name.strip() for name in text.split(",") if name.strip()]
    for host in hosts:
        if host != HERE and _HOST.fullmatch(host) is None:
            raise ConfigError(
                f"{host!r} is no host: expected HOST, USER@HOST or a name of ssh_config"
            )
    if not hosts:
        raise ConfigError("no host: expected HOST[,HOST…]")
    return tuple(dict.fromkeys(hosts))


def far_argv(
    host: str, oma: str, arguments: Sequence[str], *, terminal: bool = False
) -> list[str]:
    """Return what runs `oma` on a host.

    Args:
        host: As `parse_hosts` returns it.
        oma: What `oma` is called there.
        arguments: Of it; they reach it as they are, whatever is in them.
        terminal: It gets the user's terminal.
    """
    if host == HERE:
        return [sys.executable, "-m", "oma", *arguments]
    options = ["-t"] if terminal else ["-T", "-o", f"ConnectTimeout={_CONNECT_S}"]
    alive = ["-o", f"ServerAliveInterval={_ALIVE_S}", "-o", f"ServerAliveCountMax={_ALIVE_COUNT}"]
    shared = ["-o", "BatchMode=yes", *alive, "-o", "ControlMaster=no", "-o", "ControlPath=none"]
    # The shell of the user there reads it; `exec` leaves nothing between ssh and `oma`.
    return ["ssh", *options, *shared, "--", host, f"exec {oma} {shlex.join(arguments)}"]


def ended_with_us(argv: Sequence[str]) -> list[str]:
    """Return what runs a command that is asked to end when nobody holds our end of its standard input."""
    return ["sh", "-c", _UNTIL_LET_GO, "sh", *argv]


def asking_nobody(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment in which ssh opens no window to ask in.

    `BatchMode` is not handed on to the ssh that it starts for a jump.
    """
    return {**environ, "SSH_ASKPASS_REQUIRE": "never"}


def why_it_ended(host: str, oma: str, code: int, errors: bytes) -> str:
    """Return why a command on a host ended, in words for a user.

    Args:
        host: Where it ran.
        oma: What `oma` is called there.
        code: Its exit code; 255 is ssh's own.
        errors: What it said on stderr.
    """
    lines = [line.strip() for line in errors.decode(errors="replace").splitlines() if line.strip()]
    if code == 255 and lines and _BY_A_JUMP in lines[-1]:
        lines = [line for line in lines[:-1] if not line.startswith("kex_exchange_")] or lines
    last = lines[-1] if lines else ""
    if code in (126, 127):
        return f"no {oma!r} there that can be run: install it, or set [fleet] command"
    if code == 255 and "Permission denied" in last:
        return f"it asks for a password, or knows none of your keys: try 'ssh {host}' ({last})"
    if code == 255 and "Host key verification failed" in last:
        return f"its host key is not known, or another: try 'ssh {host}'"
    return last.removeprefix("oma: ") or f"it ended with {code}"
