"""Where a worktree is made: the template, filled in."""

import pytest

from oma.errors import ConfigError
from oma.git.worktree_place import worktree_path


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("{repository}-worktrees/{branch}", "/src/app-worktrees/fix-it"),
        ("{name}.{agent}", "/src/app.bob"),
        ("{repository}/.trees/{branch}", "/src/app/.trees/fix-it"),
        ("/trees/{name}/{branch}", "/trees/app/fix-it"),
        ("../{branch}", "/fix-it"),
    ],
)
def test_fields_are_filled_in(template, path):
    assert worktree_path(template, "/src/app", "fix/it", "bob") == path


def test_a_value_with_braces_is_filled_in_once():
    assert worktree_path("{branch}", "/src/app", "{agent}", "bob") == "/src/{agent}"


@pytest.mark.parametrize("template", ["{what}/x", "{}", "{repository}", "app"])
def test_what_is_no_place_is_refused(template):
    with pytest.raises(ConfigError, match=r"\[worktree\] directory"):
        worktree_path(template, "/src/app", "fix", "bob")
