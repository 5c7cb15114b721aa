"""The options of `oma web`: many, and about one thing."""

import argparse

HOST, PORT = "127.0.0.1", 8420


def add_web(web: argparse.ArgumentParser) -> None:
    """Add the options of `oma web` to its parser."""
    place = web.add_argument_group("where it is reached")
    place.add_argument("--host", default=HOST, help=f"to listen on (default {HOST})")
    place.add_argument("--port", type=int, default=PORT, help=f"0 is any (default {PORT})")
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
    web.add_argument("--read-only", action="store_true", help="nobody may change anything")
    web.add_argument("--open", action="store_true", help="open it in the browser of this machine")
    web.add_argument("--record", metavar="FILE", help="record what happens, too")
