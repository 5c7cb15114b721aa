"""What a tmux client says of itself before it is a client, put in an order that is safe. Sans I/O.

A client introduces itself with a series of imsg messages, among them its standard input and output
as descriptors. Up to 3.6b the server takes it for a control client from the message with its flags
on, though it has no state of one before the last message; any notification in between ends the
server (tmux issues 4980, 5004). The flags are therefore sent after all else, in one piece with the
message that ends the handshake: the server reads such a piece without looking up.

Facts (3.2 to 3.7 and the development head, on little-endian machines): a message begins with 16
bytes, its type in 4 and its length in 2; a bit of the next 2 says that a descriptor comes with it,
the lowest up to 3.5a, the highest from 3.6 on. Types: 100 and 111 flags, 106 the end.
"""

import struct

import attrs

_HEADER = struct.Struct("<IHH8x")
_HAS_DESCRIPTOR = 0x8001
_FLAGS = frozenset({100, 111})
_DONE = 106

MAX_BYTES = 4 << 20
"""More than any environment; a client that says more is passed on as it is."""


@attrs.frozen
class HandshakePart:
    """Bytes to send at once, with the descriptor that goes along, if any."""

    data: bytes
    descriptor: int | None = None


@attrs.define
class Handshake:
    """One client's handshake, while it arrives."""

    complete: bool = False
    """Nothing has to be held back any more; `pieces` is the whole in its safe order."""
    _unread: bytes = b""
    _descriptors: list[int] = attrs.Factory(list)
    _plain: list[HandshakePart] = attrs.Factory(list)
    _last: list[bytes] = attrs.Factory(list)
    _bytes: int = 0

    def feed(self, data: bytes, descriptors: list[int]) -> None:
        """Take what one read brought."""
        self._unread += data
        self._descriptors += descriptors
        self._bytes += len(data)
        while not self.complete and len(self._unread) >= _HEADER.size:
            kind, length, marks = _HEADER.unpack_from(self._unread)
            if length < _HEADER.size or self._bytes > MAX_BYTES:
                self.complete = True  # not a language that we know: it is not ours to change
                return
            if len(self._unread) < length:
                return
            message, self._unread = self._unread[:length], self._unread[length:]
            self._sort(kind, message, bool(marks & _HAS_DESCRIPTOR))

    def pieces(self) -> list[HandshakePart]:
        """Return everything that was fed, to be sent in this order, each at once."""
        rest = b"".join(self._last) + self._unread
        descriptor = self._descriptors[0] if self._descriptors else None
        return [*self._plain, *([HandshakePart(rest, descriptor)] if rest else [])]

    def _sort(self, kind: int, message: bytes, has_descriptor: bool) -> None:  # noqa: FBT001  # a fact of the message, not a switch
        if has_descriptor and self._descriptors:
            self._plain.append(HandshakePart(message, self._descriptors.pop(0)))
        elif kind in _FLAGS:
            self._last.append(message)
        elif kind == _DONE:
            self._last.append(message)
            self.complete = True
        else:
            self._plain.append(HandshakePart(message))
