import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.hooks.hook_command import hook_command, is_hook_command

PATHS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(PATHS, min_size=1, max_size=3))
def test_the_shell_gets_back_what_was_meant(oma):
    command = hook_command(oma, "claude")

    assert shlex.split(command) == [*oma, "report", "--from-hook", "claude", "||", "true"]
    assert is_hook_command(command, "claude")
    assert not is_hook_command(command, "gemini")


@pytest.mark.parametrize(
    "command",
    [
        "",
        "true",
        "/opt/oma report idle",
        "/opt/oma report --from-hook claude",
        "oma watch || true",
    ],
)
def test_what_a_user_wrote_is_not_ours(command):
    assert not is_hook_command(command, "claude")
