"""Server-Sent Events as bytes, and the number by which a browser resumes a stream. Pure."""

import secrets

import attrs

from oma.web.serialize import encode


def frame(event: str, data: object, ident: str = "") -> bytes:
    """Return one event; its data is JSON in ASCII, hence on one line."""
    head = f"id: {ident}\n" if ident else ""
    return f"{head}event: {event}\ndata: ".encode() + encode(data) + b"\n\n"


PULSE = b":\n\n"
"""A comment: shows whether the other end still lives."""


@attrs.frozen
class Numbering:
    """Names the places of one stream; those of another run are not taken for them."""

    run: str = attrs.Factory(lambda: secrets.token_hex(4))

    def ident(self, number: int) -> str:
        """Return the name of a place."""
        return f"{self.run}-{number}"

    def number(self, ident: str) -> int | None:
        """Return the place of that name; `None` for what names none."""
        run, _, digits = ident.partition("-")
        fits = run == self.run and digits.isascii() and digits.isdigit() and len(digits) < 16
        return int(digits) if fits else None
