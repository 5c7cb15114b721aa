"""The first frame of a dashboard without a service: what one look shows, while the rest is imported.

To import the event loop and all that watches takes longer than the look. The watch, which sees the same and
more, replaces the frame as soon as it knows the agents.
"""

import io
import os
from collections.abc import Mapping
from contextlib import redirect_stderr

import attrs

from oma.cli.cli_context import CliContext, read_context
from oma.cli.frame_answer import frame_answer
from oma.cli.global_options import GlobalOptions
from oma.cli.one_look import look_now
from oma.errors import OmaError, ProtocolError
from oma.model.ids import PaneId, parse_pane_id
from oma.runtime.client.tmux_process import start_tmux
from oma.runtime.display.own_sessions import OWN_SESSIONS
from oma.tmux.address import parse_own_server
from oma.tmux.commands.control import Print
from oma.tmux.commands.render import to_argv

PATIENCE_S = 1.0
"""How long tmux may take; who waits for a dashboard is told by it that tmux does not answer."""


def looked_frame(
    options: GlobalOptions, asked: Mapping[str, object]
) -> Mapping[str, object] | None:
    """Return what a service would answer; `None` where there is no server, or it does not answer.

    Args:
        options: Of the dashboard.
        asked: As a service is asked.

    Raises:
        ConfigError: The configuration is wrong.
    """
    context = read_context(options)
    try:
        context = attrs.evolve(context, exclude=OWN_SESSIONS | _own_session(context))
        with redirect_stderr(io.StringIO()):  # the watch says what is wrong with profiles
            look = look_now(context, PATIENCE_S)
    except OmaError:
        return None  # the watch meets it as well
    if not look.store.state.has_server:
        return None
    return frame_answer(context, look.store, look.clock, asked)


def _own_session(context: CliContext) -> frozenset[str]:
    """Return the name of the session that we run in: we would see ourselves draw, and draw that."""
    pane = _own_pane(context)
    if pane is None:
        return frozenset()
    told = start_tmux(to_argv(Print("#{session_name}", pane), context.server)).answer(PATIENCE_S)
    return frozenset({told.text.strip()})


def _own_pane(context: CliContext) -> PaneId | None:
    own = parse_own_server(os.environ)
    if own is None or os.path.realpath(own.socket) != os.path.realpath(context.socket):
        return None
    try:
        return parse_pane_id(os.environ.get("TMUX_PANE", ""))
    except ProtocolError:
        return None
