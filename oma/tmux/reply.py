"""What a command printed on a control client: apart from all else that is said there, for who reads nothing else."""

import attrs


@attrs.frozen
class Reply:
    """A finished block: what one command printed."""

    number: int
    """Counted by the server over all clients: it has gaps."""
    time_s: int
    """The server's clock at the command, in seconds of the epoch."""
    asked: bool
    """A line of our own standard input was executed; else the attach itself, or a hook."""
    ok: bool
    """The block ended in `%end`, not in `%error`."""
    data: bytes
    """What is between the guards, each line with its newline."""

    def lines(self) -> list[str]:
        """Return the lines without their newlines."""
        lines = self.data.decode(errors="replace").split("\n")
        lines.pop()
        return lines
