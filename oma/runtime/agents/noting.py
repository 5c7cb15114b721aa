"""Tells whoever watches a server that an agent was given another name, or another group."""

import os

from oma.tmux.commands.server_settings import SetGlobalOption
from oma.tmux.queries.panes import NOTED


def noted() -> SetGlobalOption:
    """Return the command that is to follow when the name or the group of an agent was set."""
    return SetGlobalOption(NOTED, os.urandom(4).hex())
