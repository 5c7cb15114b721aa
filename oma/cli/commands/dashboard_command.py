"""`oma`: the live dashboard.

Light until the first frame stands there, where a service has one: the rest is imported behind it.
"""

import argparse
import os

from oma.cli.arguments import add_dashboard_options
from oma.cli.dashboard_terminal import need_terminal
from oma.cli.first_frame import first_frame
from oma.cli.garbage import no_garbage
from oma.cli.option_values import DashboardOptions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the dashboard."""
    add_dashboard_options(parser, "the dashboard")


def run(options: DashboardOptions) -> int:
    """Show the dashboard until the user leaves it.

    Raises:
        ConfigError: There is no terminal to show it on.
    """
    need_terminal()
    if options.are_several:
        with no_garbage():
            from oma.cli.hosts_dashboard import show_hosts
        return show_hosts(options)
    with first_frame(options, os.environ, ascii_only=options.ascii) as terminal:
        with no_garbage():
            from oma.cli.live_dashboard import show_dashboard  # heavy, as said above
        return show_dashboard(options, terminal)
