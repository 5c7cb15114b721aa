r"""What `git status --porcelain=v2 --branch -z` says of one working tree. Pure.

>>> parse_status(b"# branch.head fix\0# branch.ab +2 -1\0? new file\0")
GitStatus(branch='fix', ahead=2, behind=1, changed=(), conflicts=(), untracked=('new file',), ignored=())
"""

import attrs

_CHANGED_FIELDS = {"1": 8, "2": 9, "u": 10}
"""Kind of a line → how many fields stand before the path."""


@attrs.frozen
class GitStatus:
    """One working tree. Paths are relative to it and hostile; those of directories end in `/`."""

    branch: str = ""
    """Empty where none is checked out."""
    ahead: int | None = None
    """Commits that the upstream lacks; `None` where the branch has none."""
    behind: int | None = None
    changed: tuple[str, ...] = ()
    """Of what git follows; those in conflict are not among them."""
    conflicts: tuple[str, ...] = ()
    untracked: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def dirty(self) -> int:
        """How many paths are changed or new."""
        return len(self.changed) + len(self.conflicts) + len(self.untracked)


def parse_status(output: bytes) -> GitStatus:
    """Return what the output says; a line of another kind says nothing."""
    status = GitStatus()
    found: dict[str, list[str]] = {"changed": [], "conflicts": [], "?": [], "!": []}
    lines = iter(output.decode(errors="surrogateescape").split("\0"))
    for line in lines:
        kind, _, rest = line.partition(" ")
        if kind == "#":
            status = _headed(status, rest)
        elif kind in {"?", "!"}:
            found[kind].append(rest)
        elif kind in _CHANGED_FIELDS:
            path = line.split(" ", _CHANGED_FIELDS[kind])[-1]
            found["conflicts" if kind == "u" else "changed"].append(path)
            if kind == "2":
                next(lines, None)  # the path that it had
    return attrs.evolve(
        status,
        changed=tuple(found["changed"]),
        conflicts=tuple(found["conflicts"]),
        untracked=tuple(found["?"]),
        ignored=tuple(found["!"]),
    )


def _headed(status: GitStatus, header: str) -> GitStatus:
    name, _, value = header.partition(" ")
    if name == "branch.head":
        return attrs.evolve(status, branch="" if value == "(detached)" else value)
    if name == "branch.ab":
        ahead, _, behind = value.partition(" ")
        return attrs.evolve(status, ahead=_number(ahead, "+"), behind=_number(behind, "-"))
    return status


def _number(text: str, sign: str) -> int | None:
    digits = text.removeprefix(sign)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
