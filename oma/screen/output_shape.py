r"""What stays of a pane's output when a spinner turns and a clock runs: the shape of a frame.

>>> output_shape(b"\x1b[3;1H\x1b[38;5;9m* Baking (3s)") == output_shape(b"\x1b[4;1H\x1b[36m\xc2\xb7 Baking (12s)")
True
"""

import re
from zlib import crc32

_COLOURS = re.compile(rb"\x1b\[[\d;:]*m")

# Digits, blanks, ASCII spinners, and two bytes that begin marks, arrows and braille. Every byte behind the first of a
# character falls, too: of a letter that is not ASCII its first byte is left.
_TURNING = b"0123456789;:., *|/\\-\xc2\xe2" + bytes(range(0x80, 0xC0))


def output_shape(data: bytes) -> int:
    """Return a number that is the same for output which differs in digits, marks, blanks and colours alone.

    The same in every process; of 32 bits, so that it may be the same for others by chance.
    """
    return crc32(_COLOURS.sub(b"", data).translate(None, _TURNING))
