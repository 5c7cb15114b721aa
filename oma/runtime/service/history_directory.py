"""The directory of histories: one recording after another, of each tmux server, for this user alone."""

import os
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.recording.segments import SUFFIX, Segment, expired, parse_segment, segment_name


def changes_path(recording: Path) -> Path:
    """Return the file beside a recording of a history that holds what changed in it."""
    return recording.with_name(f"{recording.name.removesuffix(SUFFIX)}.changes")


def summary_path(recording: Path) -> Path:
    """Return the file beside a recording of a history in which its changes are summed up."""
    return recording.with_name(f"{recording.name.removesuffix(SUFFIX)}.summary")


def history_name(service_socket: Path) -> str:
    """Return what the names of recordings begin with, of the service on a socket."""
    return service_socket.stem.removeprefix("serve-")


@attrs.frozen
class HistoryDirectory:
    """The history of one tmux server.

    Args:
        path: Of the directory; it is made when something is written.
        server: What the names of its recordings begin with.
    """

    path: Path
    server: str

    def segments(self) -> list[Segment]:
        """Return the recordings that there are, the oldest first; what is beside one counts as a part of it.

        Raises:
            OmaError: The directory cannot be read.
        """
        try:
            with os.scandir(self.path) as entries:
                sizes = {each.name: each.stat(follow_symlinks=False).st_size for each in entries}
        except FileNotFoundError:
            return []
        except OSError as failure:
            raise OmaError(f"cannot read {self.path}: {failure.strerror}") from None
        found = (
            parse_segment(self.server, name, sum(sizes.get(each, 0) for each in _files(name)))
            for name in sizes
        )
        return sorted(segment for segment in found if segment is not None)

    def told(self) -> list[Segment]:
        """Return those that hold something: one is empty while it begins, or for good where its service was killed then.

        Raises:
            OmaError: The directory cannot be read.
        """
        return [segment for segment in self.segments() if segment.size_bytes]

    def new(self, now_s: float) -> Path:
        """Return the path of a recording that begins now; the directory is made if need be.

        Raises:
            OmaError: It cannot be made.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as failure:
            raise OmaError(f"cannot make {self.path}: {failure.strerror}") from None
        while (path := self.path / segment_name(self.server, now_s)).exists():
            now_s += 1.0
        return path

    def prune(self, now_s: float, keep_s: float, most_bytes: int) -> None:
        """Remove what is too old or too much.

        Raises:
            OmaError: It cannot be removed.
        """
        for segment in expired(self.segments(), now_s, keep_s, most_bytes):
            try:
                for name in _files(segment.name):
                    (self.path / name).unlink(missing_ok=True)
            except OSError as failure:
                raise OmaError(f"cannot remove {segment.name}: {failure.strerror}") from None


def _files(recording: str) -> tuple[str, ...]:
    """Return the names of a recording and of what is beside it."""
    path = Path(recording)
    return recording, changes_path(path).name, summary_path(path).name
