"""The files of a worktree that git does not carry: copied, linked, and known again. All of it blocks."""

import filecmp
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from oma.errors import ConfigError, OmaError

MOST_COMPARED = 20_000
"""Files in one directory; where there are more, it is no copy."""


def carry_files(
    source: Path, target: Path, copied: Iterable[str], linked: Iterable[str]
) -> list[str]:
    """Copy and link files of the main working tree into a new one; return those that were.

    What is not there is left out, and what the new one has already stays. No link is followed.

    Args:
        source: The main working tree.
        target: The new one.
        copied: Paths in both, of files or directories.
        linked: The same, of which the new one gets links.

    Raises:
        ConfigError: A path leads out of the working tree.
        OmaError: One cannot be read or written.
    """
    done = []
    for path, links in (*((path, False) for path in copied), *((path, True) for path in linked)):
        if os.path.isabs(path) or ".." in Path(path).parts:
            raise ConfigError(f"[worktree] {path!r}: expected a path within the repository")
        old, new = source / path, target / path
        if not os.path.lexists(old) or os.path.lexists(new):
            continue
        try:
            new.parent.mkdir(parents=True, exist_ok=True)
            if links:
                new.symlink_to(old)
            elif old.is_dir() and not old.is_symlink():
                shutil.copytree(old, new, symlinks=True)
            else:
                shutil.copy2(old, new, follow_symlinks=False)
        except (OSError, shutil.Error) as failure:
            raise OmaError(f"cannot carry {path!r} into the worktree: {failure}") from None
        done.append(path)
    return done


def copies_among(source: Path, target: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Return those of the paths whose whole content `source` has in the same place.

    A link to that place is one, too.
    """
    return tuple(path for path in paths if _is_copy(source / path, target / path))


def remove_copies(target: Path, paths: Iterable[str]) -> None:
    """Remove what `copies_among` returned.

    Raises:
        OmaError: One cannot be removed.
    """
    for path in paths:
        place = target / path.rstrip("/")
        try:
            if place.is_symlink() or not place.is_dir():
                place.unlink(missing_ok=True)
            else:
                shutil.rmtree(place)
        except OSError as failure:
            raise OmaError(f"cannot remove {path!r}: {failure.strerror}") from None


def _is_copy(old: Path, new: Path) -> bool:
    try:
        if new.is_symlink() and os.path.realpath(new) == os.path.realpath(old):
            return old.exists()
        if not _is_directory(new):
            return _is_same_file(old, new)
        entries = list(_entries(new))
        return len(entries) <= MOST_COMPARED and all(
            _is_directory(old / entry)
            if _is_directory(new / entry)
            else _is_same_file(old / entry, new / entry)
            for entry in entries
        )
    except OSError:
        return False


def _is_directory(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)


def _is_same_file(old: Path, new: Path) -> bool:
    kinds = stat.S_IFMT(old.lstat().st_mode), stat.S_IFMT(new.lstat().st_mode)
    if kinds == (stat.S_IFLNK, stat.S_IFLNK):
        return os.readlink(old) == os.readlink(new)
    return kinds == (stat.S_IFREG, stat.S_IFREG) and filecmp.cmp(old, new, shallow=False)


def _entries(directory: Path) -> Iterator[str]:
    found = 0
    for folder, names, files in os.walk(directory):
        for name in (*names, *files):
            found += 1
            yield os.path.relpath(os.path.join(folder, name), directory)
            if found > MOST_COMPARED:
                return
