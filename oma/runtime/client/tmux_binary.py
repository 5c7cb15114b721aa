"""Which tmux is run: the one on the `PATH`, or the one that `OMA_TMUX` names.

A user may have two, and a server may not understand a client of another version.
"""

from collections.abc import Mapping, Sequence

from oma.runtime.client.working_directory import absolute
from oma.tmux.address import TMUX

VARIABLE = "OMA_TMUX"


def tmux_binary(environ: Mapping[str, str]) -> str:
    """Return the name on the `PATH`, or the absolute path, of the tmux to run.

    An empty `OMA_TMUX` counts as unset.

    Raises:
        OmaError: It is relative to a directory that was removed.
    """
    named = environ.get(VARIABLE) or TMUX
    return str(absolute(named)) if "/" in named else named


def with_tmux_binary(argv: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    """Return a command line of `oma.tmux` with the file to run as its first word."""
    first, *rest = argv
    return [tmux_binary(environ) if first == TMUX else first, *rest]


def missing_tmux(environ: Mapping[str, str]) -> str:
    """Return what to say when the tmux to run is not there."""
    named = environ.get(VARIABLE)
    if named:
        return f"{VARIABLE} = {named!r}: no such program; name a tmux, or unset it"
    return "tmux is not installed: install tmux 3.2 or newer"
