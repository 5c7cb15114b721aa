"""The git checkout that an agent works in: a fact that is logged, and what views see of it.

>>> Changes(dirty=3, ahead=2, behind=0).words
'+2 *3'
"""

import attrs

from oma.model.ids import PaneId


@attrs.frozen
class Changes:
    """How a checkout differs from what is committed and from its upstream."""

    dirty: int
    """Files that are changed, new or in conflict."""
    conflicts: int = 0
    ahead: int | None = None
    """Commits that the upstream lacks; `None` where the branch has none."""
    behind: int | None = None

    @property
    def words(self) -> str:
        """Ahead `+`, behind `-`, not committed `*`, in conflict `!`; empty where there is nothing of it."""
        counts = (("+", self.ahead), ("-", self.behind), ("*", self.dirty), ("!", self.conflicts))
        return " ".join(f"{sign}{count}" for sign, count in counts if count)


@attrs.frozen
class CheckoutSeen:
    """The git checkout that the directory of a watched pane is in: logged when first seen, and at each change."""

    pane: PaneId
    project: str
    """The repository's directory, of the main checkout where this is a worktree; empty for none."""
    branch: str = ""
    """Empty where none is checked out."""
    dirty: int | None = None
    """As in `Changes`; `None` where it was not looked at, or could not be."""
    conflicts: int = 0
    ahead: int | None = None
    behind: int | None = None

    @property
    def changes(self) -> Changes | None:
        """What was seen of the files; `None` where nothing was."""
        if self.dirty is None:
            return None
        return Changes(self.dirty, self.conflicts, self.ahead, self.behind)

    def with_changes(self, changes: Changes | None) -> "CheckoutSeen":
        """Return the same with what was seen of the files."""
        if changes is None:
            return CheckoutSeen(self.pane, self.project, self.branch)
        return attrs.evolve(self, **attrs.asdict(changes))
