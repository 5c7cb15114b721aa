r"""Octal escapes in what tmux prints, and the quoting of what it reads.

tmux writes a byte below 0x20, and the backslash, as `\ooo`; every other byte goes out raw, valid
UTF-8 or not (3.2a to 3.7c). What it reads back depends on who parses it: a command line, a format,
or the arguments of a process; each has its one function here.
"""

import codecs
import re

from oma.errors import CommandError

_OCTAL = re.compile(rb"\\([0-3][0-7][0-7])")
# ASCII but for these; the same as one negated class, which takes 3 ms of each start to compile.
_NEEDS_QUOTE = re.compile(r"(?![A-Za-z0-9 _./:=@%+,-])[\x00-\x7f]")
_HASHES = re.compile(r"#+\[?")


def unescape(data: bytes) -> bytes:
    r"""Return the bytes that tmux escaped.

    Total: a backslash that begins no `\ooo` of a byte stands for itself.
    """
    escapes = data.count(b"\\")
    if not escapes:
        return data
    # escape_decode is seven times faster than the expression, but knows escapes that tmux does not
    # write. All that tmux writes begin with `\0` or `\1`, and each makes one byte of four.
    if data.count(b"\\0") + data.count(b"\\1") == escapes:
        plain, _ = codecs.escape_decode(data)
        if len(plain) + 3 * escapes == len(data):
            return plain
    return _unescape_slowly(data)


def _unescape_slowly(data: bytes) -> bytes:
    return _OCTAL.sub(lambda match: bytes((int(match[1], 8),)), data)


def quote(text: str) -> str:
    """Return `text` as one argument of a control-mode command line, whatever it holds.

    Raises:
        CommandError: `text` holds a NUL, or a lone surrogate, which tmux cannot be given.
    """
    # Octal inside double quotes is the one notation in which no character means anything else:
    # `$`, `~`, `;` and a newline followed by spaces or `#` are all read specially otherwise.
    refuse_unsendable(text)
    return '"' + _NEEDS_QUOTE.sub(lambda match: f"\\{ord(match[0]):03o}", text) + '"'


def quote_format(text: str) -> str:
    """Return a format that tmux expands to `text`; still to be quoted for its way there.

    Only for arguments that are expanded without `strftime` (names, directories): these keep `%`.
    """
    # tmux keeps any number of `#` before a `[` as they are: that is a style, for a later reader.
    return _HASHES.sub(lambda m: m[0] if m[0].endswith("[") else m[0] * 2, text)


def quote_message(text: str) -> str:
    """Return a format that tmux shows as `text` on a message line; still to be quoted for its way there.

    For arguments that are expanded with `strftime` and may hold styles. A `#[` gets a space in between;
    of several `#` one after the other, some versions show half.
    """
    return quote_format(text.replace("#[", "# [")).replace("%", "%%")


def argv_argument(text: str) -> str:
    r"""Return `text` as an argument of a tmux process: a `;` at its end would end the command.

    Raises:
        CommandError: `text` holds a NUL, or a lone surrogate, which tmux cannot be given.
    """
    refuse_unsendable(text)
    return text[:-1] + "\\;" if text.endswith(";") else text


def refuse_unsendable(text: str) -> None:
    """See that tmux can be given a text.

    Raises:
        CommandError: It holds a NUL, or a lone surrogate.
    """
    try:
        is_sendable = b"\0" not in text.encode()
    except UnicodeEncodeError:
        is_sendable = False  # a lone surrogate
    if not is_sendable:
        raise CommandError(f"tmux cannot be given this text: {text!r}")
