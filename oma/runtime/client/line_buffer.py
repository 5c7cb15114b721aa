"""Cuts what comes from a socket into lines of a bounded length."""

import attrs


class LongLineError(ValueError):
    """A line is longer than it may be; whoever reads closes the connection."""


@attrs.define
class BoundedLineBuffer:
    """What has come of a line that is not whole yet.

    Args:
        most_bytes: Of one line.
    """

    most_bytes: int
    _parts: list[bytes] = attrs.Factory(list)
    _size: int = 0

    def feed(self, data: bytes) -> list[bytes]:
        """Return the lines that `data` completes, without their line feeds.

        Raises:
            LongLineError: One is too long.
        """
        *whole, rest = data.split(b"\n")
        if whole:
            whole[0] = b"".join([*self._parts, whole[0]])
            self._parts, self._size = [], 0
        if rest:
            self._parts.append(rest)
            self._size += len(rest)
        if self._size > self.most_bytes or any(len(line) > self.most_bytes for line in whole):
            raise LongLineError
        return whole
