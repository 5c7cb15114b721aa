"""Where the directory of a new worktree is: a template, filled in. Pure."""

import os
import re

from oma.errors import ConfigError

FIELDS = ("repository", "name", "branch", "agent")
"""What may stand in braces in a template."""

_FIELD = re.compile(r"\{([^{}]*)\}")


def worktree_path(template: str, repository: str, branch: str, agent: str) -> str:
    """Return the absolute path of a new worktree.

    Args:
        template: `{repository}` is the path of the main working tree, `{name}` the last part of that,
            `{branch}` the branch with `-` for `/`, `{agent}` the name of the agent without the prefix.
            A relative path starts beside the repository.
        repository: The path of the main working tree.
        branch: Of the worktree.
        agent: Its name.

    Raises:
        ConfigError: The template has another field, or names the repository itself.
    """
    values = {
        "repository": repository.rstrip("/"),
        "name": os.path.basename(repository.rstrip("/")),
        "branch": branch.replace("/", "-"),
        "agent": agent,
    }
    unknown = [name for name in _FIELD.findall(template) if name not in values]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise ConfigError(f"[worktree] directory: no field {unknown[0]!r}; there are {known}")
    filled = _FIELD.sub(lambda found: values[found[1]], template)
    path = os.path.normpath(os.path.join(os.path.dirname(values["repository"]), filled))
    if path == os.path.normpath(repository):
        raise ConfigError("[worktree] directory: that is the repository itself")
    return path
