"""The options of `oma web`: many, and about one thing."""

import argparse

from oma.cli.quantities import port

HOST, PORT = "127.0.0.1", 8420


def add_web(web: argparse.ArgumentParser) -> None:
    """Add the options of `oma web` to its parser."""
    web.add_argument(
        "words",
        nargs="*",
        metavar="WHAT",
        help="'link': another login address of a server that runs; 'tokens add NAME', "
        "'tokens list', 'tokens revoke NAME'; nothing serves",
    )
    _add_place(web)
    web.add_argument("--read-only", action="store_true", help="nobody may change anything")
    web.add_argument("--open", action="store_true", help="open it in the browser of this machine")
    web.add_argument("--record", metavar="FILE", help="record what happens, too")
    token = web.add_argument_group("a token that is added")
    token.add_argument(
        "--role",
        choices=("viewer", "operator", "admin"),
        default="viewer",
        help="sees; also starts, ends, answers and types; also lets others in (default viewer)",
    )
    token.add_argument("--agent", metavar="NAME", help="it is about this agent alone")
    token.add_argument("--expires", default="12h", metavar="TIME", help="90s, 30m, 12h, 7d")
    token.add_argument("--json", action="store_true", help="for machines")


def web_beside(number: int) -> argparse.Namespace:
    """Return the options of `oma web` as they are beside the dashboard."""
    parser = argparse.ArgumentParser()
    add_web(parser)
    return parser.parse_args(["--port", str(number)])


def _add_place(web: argparse.ArgumentParser) -> None:
    place = web.add_argument_group("where it is reached")
    place.add_argument("--host", default=HOST, help=f"to listen on (default {HOST})")
    place.add_argument("--port", type=port, default=PORT, help=f"0 is any (default {PORT})")
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
    place.add_argument(
        "--behind-proxy", action="store_true", help="a proxy stands before it and does TLS"
    )
