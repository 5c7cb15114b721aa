"""The options of worktrees: where they are made, and with what."""

import attrs

from oma.config.kinds import Switch, Text, Texts, option


@attrs.frozen
class WorktreeSection:
    """The git worktrees of agents."""

    directory: str = option(
        "{repository}-worktrees/{branch}",
        Text(),
        "Where a worktree is made; of {repository}, its {name}, the {branch} and the {agent}.",
    )
    copy: tuple[str, ...] = option(
        (),
        Texts(),
        "Files and directories that are copied from the repository into a new worktree.",
    )
    link: tuple[str, ...] = option((), Texts(), "As copy, of which a new worktree gets links.")
    status: bool = option(
        default=True,
        kind=Switch(),
        about="Whether git is asked what is changed in an agent's directory when the agent rests.",
    )
    setup: tuple[str, ...] = option(
        (),
        Texts(),
        "Program and arguments that are run in a new worktree before the agent starts.",
    )
