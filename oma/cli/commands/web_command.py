"""`oma web`: the agents in a browser, and who may see them."""

import argparse
import os
import sys
from functools import partial
from pathlib import Path

import attrs
import trio

from oma.cli.arguments import WEB_PORT, add_flag, add_hosts, add_json, add_record
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.live import Run, RunContext, recording_for
from oma.cli.option_values import WEB_HOST, HostOptions, ServeOptions, TokenOptions
from oma.cli.quantities import duration, port
from oma.cli.web_extra import check_packages, serving_for, wrong_words
from oma.errors import ConfigError, OmaError
from oma.runtime.client.runtime_directory import runtime_directory
from oma.runtime.stdout import write_stdout

NO_PAGE = "this oma was installed without node and has no page; the address says how to get it"


@attrs.frozen(kw_only=True)
class WebOptions(HostOptions):
    """What is done: serve, or see to tokens and links."""

    words: tuple[str, ...] = ()
    serve: ServeOptions = attrs.Factory(ServeOptions)
    open: bool = False
    record: str | None = None
    token: TokenOptions = attrs.Factory(TokenOptions)
    json: bool = False
    qr: bool = False
    """A link is shown as a QR code, too."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma web`."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WHAT",
        help="'link': another login address of a server that runs; 'tokens add NAME', "
        "'tokens list', 'tokens revoke NAME' (of shared links, too); nothing serves",
    )
    _add_place(parser)
    add_flag(parser, "--read-only", "nobody may change anything")
    add_flag(parser, "--open", "open it in the browser of this machine")
    add_record(parser)
    add_hosts(parser.add_argument_group("whose agents, if not those of this machine"))
    token = parser.add_argument_group("a token that is added, or a link")
    token.add_argument(
        "--role",
        choices=("viewer", "operator", "admin"),
        help="sees; also starts, ends, answers and types; also lets others in "
        "(default viewer, admin for a link)",
    )
    token.add_argument("--agent", metavar="NAME", help="a token is about this agent alone")
    token.add_argument(
        "--expires", type=duration, default="12h", metavar="TIME", help="90s, 30m, 12h, 7d"
    )
    add_flag(token, "--qr", "show a link as a QR code, too")
    add_json(token)


def _add_place(parser: argparse.ArgumentParser) -> None:
    place = parser.add_argument_group("where it is reached")
    place.add_argument("--host", default=WEB_HOST, help=f"to listen on (default {WEB_HOST})")
    place.add_argument(
        "--port", type=port, default=WEB_PORT, help=f"0 is any (default {WEB_PORT})"
    )
    place.add_argument("--unix", metavar="PATH", help="listen on a Unix socket instead")
    place.add_argument("--certfile", metavar="FILE", help="certificate for TLS, in PEM")
    place.add_argument("--keyfile", metavar="FILE", help="its key")
    place.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="URL",
        help="an address it is known by, such as https://oma.example.org; may be repeated",
    )
    add_flag(place, "--behind-proxy", "a proxy stands before it and does TLS")
    place.add_argument(
        "--base-path", default="", metavar="PATH", help="a proxy shows it under this path: /oma"
    )


def run(options: WebOptions) -> int:
    """Serve until interrupted, or see to tokens and links.

    Raises:
        ConfigError: The extra is not installed, or an option is wrong.
    """
    match options.words:
        case []:
            return _serve(options)
        case ["link"]:
            from oma.cli.web_links import print_link  # the server that it is for runs elsewhere
            from oma.web.auth.roles import Role

            role = Role(options.token.role or Role.ADMIN)
            print_link(options.serve, role, as_json=options.json, as_qr=options.qr)
        case ["tokens", *words]:
            from oma.cli.web_tokens import edit_tokens  # no server is needed for them

            edit_tokens(words, read_context(options), options.token, as_json=options.json)
        case words:
            raise ConfigError(wrong_words(words))
    return DONE


def _serve(options: WebOptions) -> int:
    told = partial(_tell, opens=options.open)
    if options.are_several:
        if options.record is not None:
            raise ConfigError("--record is for the agents of one machine: 'oma record' there")
        check_packages()
        from oma.cli.hosts_web import web_of_hosts  # with the web alone

        return web_of_hosts(options, options.serve, told)
    context = read_context(options)
    server = serving_for(context, options.serve)

    async def frontend(live: RunContext) -> None:
        await server.show(live, told)

    record = recording_for(options.record)
    return trio.run(Run(context, frontend, record, uses_service=True).run)


async def _tell(url: str, *, opens: bool) -> None:
    from oma.web.assets import has_page  # with the web alone

    await write_stdout(f"open {url}\n")
    if not has_page():
        print(f"oma: {NO_PAGE}", file=sys.stderr)
    if opens:
        try:
            await _open(url)
        except OmaError as error:
            print(f"oma: {error}", file=sys.stderr)


async def _open(url: str) -> None:
    import webbrowser  # for this alone

    # Through a file: a code on the command line of a browser could be read by other users.
    path = runtime_directory(os.environ) / f"login-{os.getpid()}.html"
    page = f'<!doctype html><meta http-equiv="refresh" content="0; url={url}"><title>oma</title>\n'
    _write(path, page)
    try:
        # In a thread: a browser in the terminal returns when the user leaves it.
        if not await trio.to_thread.run_sync(
            webbrowser.open, path.as_uri(), abandon_on_cancel=True
        ):
            raise OmaError("no browser was found on this machine: open the address yourself")
        await trio.sleep_forever()
    finally:
        path.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    try:
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(text)
    except OSError as failure:
        raise OmaError(f"cannot write {path}: {failure.strerror}") from None
