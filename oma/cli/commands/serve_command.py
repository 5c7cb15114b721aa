"""`oma serve`: one process that watches the server for all who want to know."""

import argparse
import os
import sys

import attrs
import trio

from oma.cli.arguments import add_flag, add_record
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.live import Run, recording_for
from oma.cli.metrics_task import METRICS_PORT, metrics_task
from oma.cli.option_values import GlobalOptions
from oma.cli.otlp_task import otlp_task
from oma.cli.publishing import publish_task
from oma.cli.service_frontend import TASKS, ServiceFrontend
from oma.cli.service_install import install, installation_of, uninstall
from oma.model.printable import printable
from oma.runtime.display.own_sessions import OWN_SESSIONS
from oma.runtime.service.service_address import service_address


@attrs.frozen(kw_only=True)
class ServiceOptions(GlobalOptions):
    """What is done beside the watch."""

    record: str | None = None
    metrics: str | None = None
    """The address on which Prometheus is answered."""
    wait: bool = False
    """Where a service runs already, it takes over from that."""
    install: bool = False
    uninstall: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma serve`."""
    add_record(parser)
    add_flag(parser, "--wait", "where one runs already, wait until that has ended")
    add_flag(
        parser, "--install", "write the file that starts it at login, and say what to do then"
    )
    add_flag(parser, "--uninstall", "remove that file")
    parser.add_argument(
        "--metrics",
        metavar="ADDRESS",
        help=f"answer Prometheus there: HOST:PORT, or a port of this machine such as {METRICS_PORT}",
    )


def run(options: ServiceOptions) -> int:
    """Watch until interrupted, or see to the file that starts the service.

    Raises:
        OmaError: A service of this tmux server runs already, or the file cannot be written.
    """
    context = attrs.evolve(read_context(options), exclude=OWN_SESSIONS)
    if options.install or options.uninstall:
        see_to = install if options.install else uninstall
        more = () if options.metrics is None else ("--metrics", options.metrics)
        see_to(installation_of(context, os.environ, more))
        return DONE
    otlp, publishing = otlp_task(context.config.otlp), publish_task(context.config.fleet)
    with service_address(context.socket, os.environ).held(_say_waits if options.wait else None):
        metrics = None if options.metrics is None else metrics_task(options.metrics)
        tasks = (*TASKS, *(task.run for task in (metrics, otlp) if task is not None))
        tasks += () if publishing is None else (publishing.publish_beside,)
        service = Run(
            context=context,
            frontend=ServiceFrontend(context, tasks).show,
            record=recording_for(options.record),
        )
        print(f"oma: watching {printable(str(context.socket))} until interrupted", file=sys.stderr)
        if metrics is not None:
            print(f"oma: metrics at {metrics.url}", file=sys.stderr)
        return trio.run(service.run)


def _say_waits(why: str) -> None:
    print(f"oma: {why}: waiting until that has ended", file=sys.stderr)
