"""The process that floods a terminal.

python -m oma.bench.flooding TERMINAL MEGABYTES
"""

import os
import sys

LINE = b"%08d the quick brown fox \x1b[32mjumps over\x1b[0m the lazy dog and on to the end of the line\r\n"
END = b"^"
"""The last byte, which is in no line: of more than one, tmux may send a part on its own."""
_LINES = 500
"""That are written at once."""


def main() -> None:
    """Write so much, as fast as the terminal takes it."""
    terminal = os.open(sys.argv[1], os.O_WRONLY | os.O_NOCTTY)
    left_bytes, number = float(sys.argv[2]) * 1e6, 0
    while left_bytes > 0:
        data = b"".join(LINE % each for each in range(number, number + _LINES))
        write(terminal, data)
        number += _LINES
        left_bytes -= len(data)
    write(terminal, END)


def write(terminal: int, data: bytes) -> None:
    """Write all of it."""
    while data:
        data = data[os.write(terminal, data) :]


if __name__ == "__main__":
    main()
