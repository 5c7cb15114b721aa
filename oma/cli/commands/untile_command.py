"""`oma untile`: the agent panes go, and the window is as it was found."""

import argparse

import trio

from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.option_values import GlobalOptions
from oma.cli.tiling_policy import policy_of
from oma.runtime.display.host_pane import find_host_pane
from oma.runtime.display.untile import untile


def add_arguments(parser: argparse.ArgumentParser) -> None:  # it takes none
    """Add nothing: `oma untile` takes only the options of all."""


def run(options: GlobalOptions) -> int:
    """End the tiling of the window that this is run in."""
    context = read_context(options)

    async def end() -> bool:
        host = await find_host_pane(context.socket, "oma untile")
        return await untile(host, context.socket, policy_of(context.config.layout))

    print("untiled" if trio.run(end) else "nothing is tiled here")
    return DONE
